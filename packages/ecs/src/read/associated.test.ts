/** Tests the faults and warnings about capacity providers that a cluster cannot use. */
import { describe, expect, it } from 'vitest'
import { complaints, forFargate, input, inSubnets, service, task } from '../plan/plan.fixture.js'

const strategy = (...names: readonly string[]) => ({
  capacityProviderStrategy: names.map((capacityProvider) => ({ capacityProvider, weight: 1 })),
})
const cluster = (more: object = { capacityProviders: ['gen'] }) => ({
  ...{ clusterName: 'shop', clusterArn: 'arn:aws:ecs:r:1:cluster/shop', status: 'ACTIVE' },
  ...{ defaultCapacityProviderStrategy: [], ...more },
})
const provider = (name: string, status: string) => ({
  ...{ name, status, capacityProviderArn: `arn:aws:ecs:r:1:capacity-provider/${name}` },
  autoScalingGroupProvider: { autoScalingGroupArn: 'group' },
})
const own = (...names: readonly string[]) =>
  service('web', { cluster: 'shop', ...strategy(...names) })
const at = 'file 3, capacityProviderStrategy[0].capacityProvider'

describe('a provider that its cluster does not have', () => {
  it('is refused in a service and in a call, whether it is of Fargate or of instances', () => {
    expect(complaints(task('web'), cluster(), own('nope'))).toEqual([
      `${at}: found "nope", expected a capacity provider of the cluster shop: gen`,
    ])
    const onSpot = { cluster: 'shop', ...strategy('FARGATE_SPOT'), ...inSubnets('s') }
    expect(
      complaints(task('web', forFargate), cluster({ capacityProviders: [] }), {
        ...{ taskDefinition: 'web', count: 1, ...onSpot },
      }),
    ).toEqual([
      `${at}: found "FARGATE_SPOT", expected a capacity provider of the cluster shop: it has none`,
    ])
  })

  it('is told of in a service that exists, which is planned', () => {
    const { warnings } = input(task('web'), cluster(), { ...own('nope'), status: 'ACTIVE' })
    expect(warnings).toMatchObject([{ code: 'ProviderNotUsable', subject: 'service web' }])
    expect(warnings[0]!.detail).toBe(
      'found "nope", expected a capacity provider of the cluster shop: gen',
    )
  })

  it('is told of in a template, whose stack may associate it', () => {
    const properties = { Cluster: 'shop', DesiredCount: 1, TaskDefinition: { Ref: 'Task' } }
    const CapacityProviderStrategy = [{ CapacityProvider: 'late', Weight: 1 }]
    const Resources = {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Name: 'main', Image: 'i', Memory: 64 }] },
      },
      Web: {
        Type: 'AWS::ECS::Service',
        Properties: { ...properties, CapacityProviderStrategy },
      },
    }
    expect(input(cluster(), { Resources }).warnings.map(({ code }) => code)).toEqual([
      'ProviderNotUsable',
    ])
  })

  it.each([
    ['by its name', ['gen'], ['gen']],
    ['by its ARN', ['arn:aws:ecs:r:1:capacity-provider/gen'], ['gen']],
    ['beside others', ['other', 'gen'], ['arn:aws:ecs:r:1:capacity-provider/gen']],
  ])('is none that it has %s', (_, capacityProviders, names) => {
    expect(complaints(task('web'), cluster({ capacityProviders }), own(...names))).toEqual([])
  })

  it('is not known where the cluster is not described, or not with its providers', () => {
    expect(complaints(task('web'), own('nope'))).toEqual([])
    expect(complaints(task('web'), cluster({}), own('nope'))).toEqual([])
    const elsewhere = { ...cluster(), clusterName: 'other', clusterArn: undefined }
    expect(complaints(task('web'), elsewhere, own('nope'))).toEqual([])
  })
})

describe('a provider that is described', () => {
  it.each(['INACTIVE', 'PROVISIONING', 'DEPROVISIONING'])('starts no task when %s', (status) => {
    expect(complaints(task('web'), provider('gen', status), own('gen'))).toEqual([
      `${at}: found "gen", which is ${status}, expected a capacity provider that is ACTIVE`,
    ])
  })

  it('starts none in a service that uses the default strategy of its cluster', () => {
    const { capacityProviderStrategy } = strategy('gen')
    const used = cluster({ defaultCapacityProviderStrategy: capacityProviderStrategy })
    expect(
      complaints(
        task('web'),
        used,
        service('web', { cluster: 'shop' }),
        provider('gen', 'INACTIVE'),
      ),
    ).toEqual([
      `${at}: found "gen", which is INACTIVE, expected a capacity provider that is ACTIVE`,
    ])
  })

  it.each(['ACTIVE', 'UPDATING'])('starts tasks when %s', (status) => {
    expect(complaints(task('web'), provider('gen', status), own('gen'))).toEqual([])
  })

  it('starts tasks when one of its name, as in another region, is ACTIVE', () => {
    const both = [provider('gen', 'INACTIVE'), provider('gen', 'ACTIVE')]
    expect(complaints(task('web'), ...both, own('gen'))).toEqual([])
  })
})

/**
 * Tests Managed Instances capacity providers over time: which instances are launched, and when
 * instances are terminated.
 */
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { joined, openWorld, reported, type Fact } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { describeServices } from '../controller/describe-services.js'
import { managedInstancesPool } from '../memory/managed-instances.js'
import { callIn, refusalIn } from '../service-api/call-world.fixture.js'
import { describeCapacity } from './describe-capacity.js'

const withArchitecture = (zone: string, architecture: string) =>
  instance('', zone, {
    ec2InstanceId: undefined,
    attributes: [
      { name: 'ecs.availability-zone', value: zone },
      { name: 'ecs.instance-type', value: `t.${architecture}` },
      { name: 'ecs.cpu-architecture', value: architecture },
    ],
  })
const managed = {
  name: 'managed',
  offerings: ['a', 'b', 'c'].flatMap((zone) => [
    withArchitecture(zone, 'arm64'),
    withArchitecture(zone, 'x86_64'),
  ]) as never,
}
const options = { managedInstances: [managed] }
const provider = (more: object = {}) => ({
  ...{ name: 'managed', cluster: 'default' },
  managedInstancesProvider: {
    infrastructureRoleArn: 'arn:aws:iam::1:role/r',
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: 'arn:aws:iam::1:instance-profile/p',
      networkConfiguration: { subnets: ['subnet-1'] },
    },
    ...more,
  },
})
const definition: Fact = reported(
  'definition web:1',
  task('web', {
    containerDefinitions: [container({ cpu: 512 })],
    runtimePlatform: { cpuArchitecture: 'X86_64' },
  }),
)
const wish = (desiredCount: number, more: object = {}) =>
  service('web', {
    ...{ desiredCount, taskDefinition: 'web:1', ...more },
    capacityProviderStrategy: [{ capacityProvider: 'managed', weight: 1 }],
  })
const open = (more: object = {}) => {
  const pools = [managedInstancesPool(managed)]
  const delays = { start: [1000], stop: 500, buy: 60_000 }
  const world = openWorld(ecsController(options), delays, () => undefined, pools)
  return world.tell([definition, reported('capacity-provider managed', provider(more))]).run(1)
}

describe('a provider of Managed Instances', () => {
  it('launches at once, over three zones, the type that suits, and no more', () => {
    const world = open().tell([reported('service web', wish(6))], 10)
    world.run(100_000)
    expect(world.nodesOf('Buy')).toHaveLength(3)
    expect(new Set(world.active().map(({ node }) => node)).size).toBe(3)
    const [described] = describeServices(world.state())
    expect([described!.runningCount, described!.pendingCount]).toEqual([6, 0])
    const [{ messages, size } = { messages: [], size: 0 }] = describeCapacity(world.state())
    expect(messages).toEqual([
      'for 6 waiting tasks: launches 1 t.x86_64 in a, 1 t.x86_64 in b, 1 t.x86_64 in c',
    ])
    expect(size).toBe(3)
  })
  it.each([
    ['five minutes by default', {}, 300],
    ['as long as it says', { infrastructureOptimization: { scaleInAfter: 60 } }, 60],
    ['no time', { infrastructureOptimization: { scaleInAfter: 0 } }, 0],
  ])('keeps an idle instance %s', (_, more, seconds) => {
    const world = open(more).tell([reported('service web', wish(1))], 10)
    world.run(200_000)
    world.tell([reported('service web', wish(0))], 200_000).run(200_500)
    expect(world.nodesOf('Release')).toEqual([])
    world.run(200_500 + seconds * 1000 + 1)
    expect(world.nodesOf('Release')).toHaveLength(1)
  })
  it('keeps it for ever by -1', () => {
    const world = open({ infrastructureOptimization: { scaleInAfter: -1 } })
    world.tell([reported('service web', wish(1))], 10).run(200_000)
    world.tell([reported('service web', wish(0))], 200_000).run()
    expect(world.nodesOf('Release')).toEqual([])
  })
  it('says that no type suits, once', () => {
    const world = open()
    world.tell([
      reported(
        'definition web:2',
        task('web', { containerDefinitions: [container({ cpu: 9000 })] }),
      ),
    ])
    world.tell([reported('service web', wish(2, { taskDefinition: 'web:2' }))], 10).run(100_000)
    world.tell([joined('i-9', instance('i-9'))], 100_000).run()
    expect(world.nodesOf('Buy')).toEqual([])
    expect(describeCapacity(world.state())[0]!.messages).toEqual([
      'for 2 waiting tasks: no instance type suits them',
    ])
  })
})

describe('calls', () => {
  const called = { controller: options }
  const fresh = () =>
    openWorld(ecsController(options), undefined, undefined, [managedInstancesPool(managed)])
      .tell([definition])
      .run(1)
  it('create, answer, update and delete it', () => {
    const world = fresh()
    const { capacityProvider } = callIn(world, 'CreateCapacityProvider', provider(), called)
    expect(capacityProvider).toMatchObject({
      ...{ name: 'managed', type: 'MANAGED_INSTANCES', status: 'ACTIVE' },
      ...{ updateStatus: 'CREATE_COMPLETE', managedInstancesProvider: {} },
    })
    const managedInstancesProvider = { infrastructureOptimization: { scaleInAfter: 7 } }
    const update = { name: 'managed', managedInstancesProvider }
    expect(
      callIn(world, 'UpdateCapacityProvider', update, called).capacityProvider
        .managedInstancesProvider,
    ).toMatchObject(managedInstancesProvider)
    const deletion = { capacityProvider: 'managed' }
    expect(callIn(world, 'DeleteCapacityProvider', deletion, called).capacityProvider.status).toBe(
      'INACTIVE',
    )
  })
  const wrong = (change: (one: ReturnType<typeof provider>) => object) => change(provider())
  it.each<[string, object, string, string]>([
    ['no cluster', wrong(({ cluster: _, ...one }) => one), 'InvalidParameterException', 'cluster'],
    [
      'both kinds',
      wrong((one) => ({ ...one, autoScalingGroupProvider: { autoScalingGroupArn: 'a/asg' } })),
      ...(['InvalidParameterException', 'autoScalingGroupProvider'] as const),
    ],
    [
      'an unknown provider',
      wrong((one) => ({ ...one, name: 'other' })),
      ...(['InvalidParameterException', 'managedInstancesProvider'] as const),
    ],
    [
      'a time that is too long',
      provider({ infrastructureOptimization: { scaleInAfter: 3601 } }),
      'InvalidParameterException',
      'managedInstancesProvider.infrastructureOptimization.scaleInAfter',
    ],
    [
      'a range that is none',
      provider({
        instanceLaunchTemplate: {
          ...{ ec2InstanceProfileArn: 'arn', networkConfiguration: { subnets: ['s'] } },
          instanceRequirements: { vCpuCount: { min: 4, max: 2 }, memoryMiB: { min: 0 } },
        },
      }),
      'InvalidParameterException',
      'managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.vCpuCount.max',
    ],
  ])('refuse %s', (_, request, exception, at) => {
    expect(refusalIn(fresh(), 'CreateCapacityProvider', request, called)).toEqual([exception, at])
  })
  it('refuse strategies of a service on it', () => {
    const world = fresh()
    callIn(world, 'CreateCapacityProvider', provider(), called)
    const request = wish(1, { placementStrategy: [{ type: 'binpack', field: 'cpu' }] })
    expect(refusalIn(world, 'CreateService', request, called)).toEqual([
      ...['InvalidParameterException', 'placementStrategy'],
    ])
  })
})

/**
 * Tests the calls about capacity providers, deployments and revisions, partly against answers
 * worked out by hand from AWS's documents.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openWorld, type World } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { autoScalingGroupPool } from '../memory/auto-scaling-group.js'
import type { ServiceActionName } from './call-service.js'
import { callIn, refusalIn, webDefinition } from './call-world.fixture.js'

const groups = ['one', 'two'].map((AutoScalingGroupName) => ({
  ...{ AutoScalingGroupName, MinSize: 0, MaxSize: 9 },
  offerings: [
    {
      registeredResources: [
        { name: 'CPU', integerValue: 1024 },
        { name: 'MEMORY', integerValue: 1024 },
      ],
    },
  ],
}))
const options = { controller: { groups } }
const open = (): World =>
  openWorld(
    ecsController({ groups }),
    { start: [1000], stop: 500 },
    undefined,
    groups.map(autoScalingGroupPool),
  )
    .tell([webDefinition(1), webDefinition(2)])
    .run()

const call = <Name extends ServiceActionName>(world: World, name: Name, request: object) =>
  callIn(world, name, request, options)
const refusal = (world: World, name: ServiceActionName, request: object): unknown =>
  refusalIn(world, name, request, options)
const arnOfGroup = (name: string) =>
  `arn:aws:autoscaling:us-east-1:1:autoScalingGroup:u:autoScalingGroupName/${name}`
const provider = (name: string, more: object = {}, group = 'one') => ({
  ...{ name, autoScalingGroupProvider: { autoScalingGroupArn: arnOfGroup(group), ...more } },
})
const scaled = { managedScaling: { status: 'ENABLED' } }
const web = { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 2 }
const arnOf = (kind: string, name: string) => `arn:aws:ecs:us-east-1:000000000000:${kind}/${name}`

const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/capacity-providers.json', import.meta.url),
    'utf8',
  ),
) as readonly {
  readonly name: string
  readonly given: object
  readonly answer?: object
  readonly field?: string
}[]

describe('CreateCapacityProvider', () => {
  it.each(rows)('of $name', ({ given, answer, field }) => {
    if (field !== undefined)
      expect(refusal(open(), 'CreateCapacityProvider', provider('cp', given))).toEqual([
        'InvalidParameterException',
        field,
      ])
    else
      expect(call(open(), 'CreateCapacityProvider', provider('cp', given))).toEqual({
        capacityProvider: {
          capacityProviderArn: arnOf('capacity-provider', 'cp'),
          ...{ name: 'cp', status: 'ACTIVE', type: 'EC2_AUTOSCALING', tags: [] },
          updateStatus: 'CREATE_COMPLETE',
          autoScalingGroupProvider: { autoScalingGroupArn: arnOfGroup('one'), ...answer },
        },
      })
  })
  it.each([
    ['nothing', {}, 'InvalidParameterException', 'name'],
    ['no group', { name: 'x' }, 'InvalidParameterException', 'autoScalingGroupProvider'],
    [
      'an unknown group',
      provider('x', {}, 'three'),
      ...(['InvalidParameterException', 'autoScalingGroupProvider.autoScalingGroupArn'] as const),
    ],
    ['a reserved name', provider('ecs-x'), 'InvalidParameterException', 'name'],
    ['a name that is taken', provider('cp'), 'ClientException', 'name'],
    [
      'a group that is taken',
      provider('x'),
      ...(['InvalidParameterException', 'autoScalingGroupProvider.autoScalingGroupArn'] as const),
    ],
  ])('refuses %s', (_, request, exception, field) => {
    const world = open()
    call(world, 'CreateCapacityProvider', provider('cp'))
    expect(refusal(world, 'CreateCapacityProvider', request)).toEqual([exception, field])
  })
})

it('UpdateCapacityProvider changes what it names', () => {
  const world = open()
  call(world, 'CreateCapacityProvider', provider('cp', { managedScaling: { targetCapacity: 70 } }))
  const update = { managedScaling: { instanceWarmupPeriod: 9 }, managedDraining: 'DISABLED' }
  const request = { name: 'cp', autoScalingGroupProvider: update }
  expect(call(world, 'UpdateCapacityProvider', request).capacityProvider).toMatchObject({
    updateStatus: 'UPDATE_COMPLETE',
    autoScalingGroupProvider: {
      managedScaling: { targetCapacity: 70, instanceWarmupPeriod: 9 },
      managedDraining: 'DISABLED',
    },
  })
  expect(refusal(world, 'UpdateCapacityProvider', { ...request, name: 'no' })).toEqual([
    'ClientException',
    'name',
  ])
  const bad = { managedScaling: { targetCapacity: 0 } }
  expect(
    refusal(world, 'UpdateCapacityProvider', { name: 'cp', autoScalingGroupProvider: bad }),
  ).toEqual(['InvalidParameterException', 'autoScalingGroupProvider.managedScaling.targetCapacity'])
})

describe('PutClusterCapacityProviders', () => {
  const put = {
    cluster: 'default',
    capacityProviders: ['cp', 'FARGATE'],
    defaultCapacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }],
  }
  const world = open()
  call(world, 'CreateCapacityProvider', provider('cp', scaled))
  it('answers the cluster, whose default strategy services use', () => {
    expect(call(world, 'PutClusterCapacityProviders', put).cluster).toEqual({
      clusterArn: arnOf('cluster', 'default'),
      ...{ clusterName: 'default', status: 'ACTIVE', registeredContainerInstancesCount: 0 },
      ...{ runningTasksCount: 0, pendingTasksCount: 0, activeServicesCount: 0 },
      ...{ capacityProviders: put.capacityProviders },
      defaultCapacityProviderStrategy: put.defaultCapacityProviderStrategy,
    })
    const { service } = call(world, 'CreateService', web)
    expect(service.capacityProviderStrategy).toEqual(put.defaultCapacityProviderStrategy)
    expect(world.run().active()).toHaveLength(2)
  })
  it.each([
    ['no cluster', { ...put, cluster: undefined }, 'InvalidParameterException', 'cluster'],
    ['another cluster', { ...put, cluster: 'blue' }, 'ClusterNotFoundException', 'cluster'],
    [
      'no strategy',
      { ...put, defaultCapacityProviderStrategy: undefined },
      ...(['InvalidParameterException', 'defaultCapacityProviderStrategy'] as const),
    ],
    [
      'an unknown provider',
      { ...put, capacityProviders: ['cp', 'no'] },
      ...(['InvalidParameterException', 'capacityProviders.1'] as const),
    ],
    [
      'a strategy beside the list',
      {
        ...put,
        capacityProviders: ['FARGATE', 'cp'],
        defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }],
      },
      ...([
        'InvalidParameterException',
        'defaultCapacityProviderStrategy.0.capacityProvider',
      ] as const),
    ],
    [
      'less than services use',
      { ...put, capacityProviders: [], defaultCapacityProviderStrategy: [] },
      ...(['ResourceInUseException', 'capacityProviders'] as const),
    ],
  ])('refuses %s', (_, request, exception, field) => {
    expect(refusal(world, 'PutClusterCapacityProviders', request)).toEqual([exception, field])
  })
  it('keeps services to the providers of the cluster', () => {
    const own = { ...web, serviceName: 'own' }
    const strategy = [{ capacityProvider: 'two', weight: 1 }]
    expect(refusal(world, 'CreateService', { ...own, capacityProviderStrategy: strategy })).toEqual(
      ['InvalidParameterException', 'capacityProviderStrategy.0.capacityProvider'],
    )
  })
  it('and DeleteCapacityProvider refuse one another', () => {
    const of = (capacityProvider: string) =>
      refusal(world, 'DeleteCapacityProvider', { capacityProvider })
    const inUse = ['ClientException', 'capacityProvider']
    expect([of('cp'), of('no'), of('FARGATE')]).toEqual([inUse, inUse, inUse])
  })
})

it('DeleteCapacityProvider answers it as INACTIVE, and it is gone', () => {
  const world = open()
  call(world, 'CreateCapacityProvider', provider('cp'))
  const named = { capacityProvider: arnOf('capacity-provider', 'cp') }
  const used = { ...web, capacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }] }
  const busy = open()
  call(busy, 'CreateCapacityProvider', provider('cp'))
  call(busy, 'CreateService', used)
  expect(refusal(busy, 'DeleteCapacityProvider', named)).toEqual([
    'ClientException',
    'capacityProvider',
  ])
  expect(call(world, 'DeleteCapacityProvider', named).capacityProvider).toMatchObject({
    ...{ name: 'cp', status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' },
  })
  const { capacityProviders, failures } = call(world, 'DescribeCapacityProviders', {
    capacityProviders: ['cp', 'FARGATE'],
  })
  expect(capacityProviders.map(({ name }) => name)).toEqual(['FARGATE'])
  expect(failures).toEqual([{ arn: arnOf('capacity-provider', 'cp'), reason: 'MISSING' }])
})

it('DescribeCapacityProviders lists all of them, page by page', () => {
  const world = open()
  call(world, 'CreateCapacityProvider', provider('cp'))
  const first = call(world, 'DescribeCapacityProviders', { maxResults: 2 })
  expect(first.capacityProviders.map(({ name }) => name)).toEqual(['FARGATE', 'FARGATE_SPOT'])
  const { nextToken } = first
  const next = call(world, 'DescribeCapacityProviders', { maxResults: 2, nextToken })
  expect(next).toMatchObject({ capacityProviders: [{ name: 'cp' }], failures: [] })
  expect(next.nextToken).toBeUndefined()
  expect(refusal(world, 'DescribeCapacityProviders', { maxResults: 11 })).toEqual([
    'InvalidParameterException',
    'maxResults',
  ])
})

describe('ListServiceDeployments and DescribeServiceRevisions', () => {
  const world = open()
  call(world, 'CreateCapacityProvider', provider('cp', scaled))
  const strategy = [{ capacityProvider: 'cp', weight: 1 }]
  call(world, 'CreateService', { ...web, capacityProviderStrategy: strategy })
  world.run()
  call(world, 'UpdateService', { service: 'web', taskDefinition: 'web:2' })
  it('list the newest first, with the revision of each', () => {
    const { serviceDeployments } = call(world, 'ListServiceDeployments', { service: 'web' })
    expect(
      serviceDeployments.map(({ status, serviceDeploymentArn, targetServiceRevisionArn }) => [
        ...[status, serviceDeploymentArn.split(':').at(-1)],
        targetServiceRevisionArn.split(':').at(-1),
      ]),
    ).toEqual([
      ['IN_PROGRESS', 'service-deployment/default/web/2', 'service-revision/default/web/2'],
      ['SUCCESSFUL', 'service-deployment/default/web/1', 'service-revision/default/web/1'],
    ])
    const arns = serviceDeployments.map((one) => one.targetServiceRevisionArn)
    const missing = arnOf('service-revision', 'default/web/9')
    const { serviceRevisions, failures } = call(world, 'DescribeServiceRevisions', {
      serviceRevisionArns: [...arns, missing],
    })
    expect(serviceRevisions.map((one) => one.taskDefinition.split('/').at(-1))).toEqual([
      'web:2',
      'web:1',
    ])
    expect(serviceRevisions[0]).toMatchObject({
      ...{ capacityProviderStrategy: strategy, loadBalancers: [], serviceRegistries: [] },
      clusterArn: arnOf('cluster', 'default'),
    })
    expect(failures).toEqual([{ arn: missing, reason: 'MISSING' }])
  })
  it('list by state, by time and by page', () => {
    const ids = (more: object) =>
      call(world, 'ListServiceDeployments', { service: 'web', ...more }).serviceDeployments.map(
        (one) => one.serviceDeploymentArn.at(-1),
      )
    expect(ids({ status: ['SUCCESSFUL'] })).toEqual(['1'])
    expect(ids({ createdAt: { after: 1 } })).toEqual(['2'])
    expect(ids({ createdAt: { before: 1 } })).toEqual(['1'])
    const { nextToken } = call(world, 'ListServiceDeployments', { service: 'web', maxResults: 1 })
    expect(ids({ maxResults: 1, nextToken })).toEqual(['1'])
  })
  it.each<[ServiceActionName, object, string, string]>([
    ['ListServiceDeployments', {}, 'InvalidParameterException', 'service'],
    ['ListServiceDeployments', { service: 'no' }, 'ServiceNotFoundException', 'service'],
    [
      'ListServiceDeployments',
      { service: 'web', status: ['DONE'] },
      ...(['InvalidParameterException', 'status.0'] as const),
    ],
    [
      'ListServiceDeployments',
      { service: 'web', maxResults: 0 },
      ...(['InvalidParameterException', 'maxResults'] as const),
    ],
    ['DescribeServiceRevisions', {}, 'InvalidParameterException', 'serviceRevisionArns'],
    [
      'DescribeServiceRevisions',
      { serviceRevisionArns: [] },
      ...(['InvalidParameterException', 'serviceRevisionArns'] as const),
    ],
  ])('%s refuses %j', (name, request, exception, field) => {
    expect(refusal(world, name, request)).toEqual([exception, field])
  })
})

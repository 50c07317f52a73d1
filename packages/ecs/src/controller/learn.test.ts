/**
 * Tests the reports to the controller: the error and its path for a wrong report; tasks that ran
 * before the simulation began; and which tasks stop when a service is scaled in.
 */
import { instant, startSteps, step, type StepEvent } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cluster, done } from '../api/call.fixture.js'
import { startTask } from '../api/start-task.js'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { tasksToStop } from '../service/to-stop.js'
import { lowerContainerInstance } from './container-instance-node.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type Fact } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'

const small = task('web', { containerDefinitions: [container({ cpu: 64, memory: 64 })] })
const definition = reported('definition web:1', small)
const web = (more: object = {}) => reported('service web', service('web', more))
const running = (more: object = {}) =>
  reported('task t1', {
    ...{ taskArn: 'arn:aws:ecs:us-east-1:0:task/default/t1', taskDefinitionArn: 'web:1' },
    ...{ containerInstanceArn: 'i-1', lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
    group: 'service:web',
    ...more,
  })

const faultOf = (facts: readonly Fact[]) => {
  const events = [
    { ...joined('i-1', instance('i-1')), at: instant(0) },
    ...facts.map((fact) => ({ ...fact, at: instant(1) })),
  ] as readonly StepEvent[]
  const result = step([ecsController()], { lowerNode: lowerContainerInstance })(
    startSteps(),
    events,
  )
  if (E.isRight(result)) return undefined
  const { _tag, at, found, expected } = result.left
  return [_tag, at.join('.'), found, expected]
}

it.each<readonly [string, readonly Fact[], readonly string[]]>([
  [
    'another kind',
    [reported('volume x', {})],
    [
      'BadReport',
      'report',
      'about "volume x"',
      'about an alarm, a capacity-provider, the cluster, a container-instance, a definition, a deployment, a hook, a service or a task, such as "service NAME"',
    ],
  ],
  [
    'a definition without revision',
    [reported('definition web', small)],
    ['BadReport', 'report', 'definition web', 'about "definition FAMILY:REVISION"'],
  ],
  [
    'a definition of another family',
    [reported('definition other:1', small)],
    ['BadReport', 'report.family', '"web"', 'other'],
  ],
  [
    'a definition of another revision',
    [reported('definition web:2', { ...small, revision: 3 })],
    ['BadReport', 'report.revision', '3', '2'],
  ],
  [
    'no definition',
    [reported('definition web:1', [])],
    ['BadReport', 'report', 'an empty list', 'a task definition'],
  ],
  [
    'a definition that changes',
    [definition, reported('definition web:1', { ...small, cpu: '512' })],
    [
      'BadReport',
      'report',
      'another web:1',
      'the web:1 that is known, or a new revision: a revision never changes',
    ],
  ],
  [
    'a service of an unknown definition',
    [web()],
    [
      'BadReport',
      'report.taskDefinition',
      '"web"',
      'the name of a task definition, of which none was given',
    ],
  ],
  [
    'a service of an inactive definition',
    [
      reported('definition web:1', { ...small, status: 'INACTIVE' }),
      web({ taskDefinition: 'web:1' }),
    ],
    [
      'BadReport',
      'report.taskDefinition',
      '"web:1"',
      'a task definition that is ACTIVE, as web:1 is not',
    ],
  ],
  [
    'a service of another name',
    [definition, reported('service other', service('web'))],
    ['BadReport', 'report.serviceName', '"web"', 'other'],
  ],
  [
    'a service without a count',
    [definition, web({ desiredCount: undefined })],
    ['BadReport', 'report.desiredCount', 'nothing', 'a whole number of tasks, 0 or more'],
  ],
  [
    'a provider',
    [definition, web({ capacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }] })],
    [
      'BadReport',
      'report.capacityProviderStrategy.0.capacityProvider',
      '"p"',
      'a pool of the option pools, which names none',
    ],
  ],
  [
    'Fargate without its pool',
    [definition, web({ launchType: 'FARGATE' })],
    ['BadReport', 'report.launchType', '"FARGATE"', 'EC2, or a pool FARGATE in the option pools'],
  ],
  [
    'machines outside AWS',
    [definition, web({ launchType: 'EXTERNAL' })],
    ['BadReport', 'report.launchType', '"EXTERNAL"', 'EC2 or FARGATE'],
  ],
  [
    'another controller',
    [definition, web({ deploymentController: { type: 'CODE_DEPLOY' } })],
    [
      'BadReport',
      'report.deploymentController.type',
      '"CODE_DEPLOY"',
      'ECS, the only controller that is run over time',
    ],
  ],
  [
    'a task set',
    [definition, web({ taskSet: 'ts-1' })],
    ['BadReport', 'report.taskSet', '"ts-1"', 'nothing: task sets are not run over time'],
  ],
  [
    'nothing to delete',
    [reported('service web', null)],
    ['BadReport', 'report', 'null', 'a service: no web is there to delete'],
  ],
  [
    'a task that stopped',
    [definition, running({ lastStatus: 'STOPPED' })],
    ['BadReport', 'report.lastStatus', '"STOPPED"', 'a task that has not stopped'],
  ],
  [
    'a task of another id',
    [definition, running({ taskArn: 'task/x' })],
    ['BadReport', 'report.taskArn', '"task/x"', 'the ARN of task t1'],
  ],
  [
    'a task elsewhere',
    [definition, running({ containerInstanceArn: 'i-9' })],
    ['BadReport', 'report.containerInstanceArn', '"i-9"', 'an instance that joined before'],
  ],
  [
    'a task of an unknown definition',
    [definition, running({ taskDefinitionArn: 'other:1' })],
    [
      'BadReport',
      'report.taskDefinitionArn',
      '"other:1"',
      'a task definition that was given, such as web',
    ],
  ],
  [
    'the health of no task',
    [reported('task x', { healthStatus: 'HEALTHY' })],
    [
      'BadReport',
      'report',
      '"task x"',
      'about "task ID", with the number of a replica or the id of a task that ran before',
    ],
  ],
  [
    'another health',
    [reported('task 1', { healthStatus: 'FINE' })],
    ['BadReport', 'report.healthStatus', '"FINE"', 'one of HEALTHY, UNHEALTHY'],
  ],
  [
    'an instance without memory',
    [joined('i-2', { registeredResources: [{ name: 'CPU', integerValue: 1 }] })],
    [
      'BadEvent',
      'node.registeredResources',
      'no MEMORY',
      'how much MEMORY there is, as its integerValue',
    ],
  ],
])('%s is refused', (_, facts, fault) => {
  expect(faultOf(facts)).toEqual(fault)
})

describe('tasks that ran before', () => {
  const arn = 'arn:aws:ecs:us-east-1:0:container-instance/default/c0ffee'
  const first = () =>
    openWorld(ecsController()).tell([
      definition,
      joined('i-1', instance('i-1', 'a', { containerInstanceArn: arn })),
      joined('i-2', instance('i-2', 'b')),
    ])

  it('are adopted by their service, by the ARN of their instance, and count at once', () => {
    const world = first().run()
    world.tell([web({ desiredCount: 2 }), running({ containerInstanceArn: arn })], 1).run(1)
    expect(describeServices(world.state())[0]).toMatchObject({ runningCount: 1, pendingCount: 1 })
    expect(world.nodesOf('Place')).toEqual(['i-2'])
    const again = world.tell([running({ containerInstanceArn: arn })]).run()
    expect(describeServices(again.state())[0]!.runningCount).toBe(2)
    again.tell([reported('task t1', { healthStatus: 'UNHEALTHY' })]).run()
    expect(again.nodesOf('Stop')).toEqual(['i-1'])
  })
  it.each<[string, Fact]>([
    ['as DescribeTasks prints it', running({ group: 'service:api', healthStatus: 'UNHEALTHY' })],
    ['its health', reported('task t1', { group: 'service:api', healthStatus: 'UNHEALTHY' })],
    ['its protection', reported('task t1', { group: 'service:api', protectionEnabled: true })],
  ])('stay as they are when one is reported as of another service: %s', (_, fact) => {
    const world = first().run()
    world.tell([web(), running()], 1).run()
    const before = describeServices(world.state())[0]!
    world.tell([fact]).run()
    const { events, ...after } = describeServices(world.state())[0]!
    expect({ ...after, events: [] }).toEqual({ ...before, events: [] })
    expect(events[0]!.message).toBe(
      '(service web) was told of (task t1) as a task of service api: this changes nothing.',
    )
    expect(world.nodesOf('Stop')).toEqual([])
  })
  it('of a task set are adopted by it', () => {
    const world = first().run()
    const set = service('web.7', { desiredCount: 1, taskDefinition: 'web', taskSet: '7' })
    world.tell([reported('service web.7', set), running({ startedBy: 'ecs-svc/7' })], 1).run()
    expect(describeServices(world.state())[0]).toMatchObject({ runningCount: 1 })
    expect(world.nodesOf('Place')).toEqual([])
  })
  it('of an older revision are replaced', () => {
    const world = first().run()
    const newer = reported('definition web:2', { ...small, memory: '128' })
    world.tell([newer, web(), running()], 1).run(1)
    expect(
      describeServices(world.state())[0]!.deployments.map((one) => [
        one.taskDefinition,
        one.runningCount,
        one.pendingCount,
      ]),
    ).toEqual([
      ['web:2', 0, 1],
      ['web:1', 1, 0],
    ])
    expect(world.run().nodesOf('Stop')).toEqual(['i-1'])
  })
  it('of no service take their room and stay', () => {
    const world = first().run()
    const large = reported(
      'definition big:1',
      task('big', { containerDefinitions: [container({ memory: 4000 })] }),
    )
    world.tell([large, running({ taskDefinitionArn: 'big:1', group: 'family:big' })], 1).run()
    world.tell([web({ desiredCount: 3 })]).run()
    expect(world.nodesOf('Place')).toEqual(['i-1', 'i-2', 'i-2'])
    world.tell([web({ desiredCount: 0 })]).run()
    expect(world.nodesOf('Stop')).toHaveLength(3)
  })
})

/** On which instances tasks are, and how the service places them. */
const anyScaleIn = fc.record({
  zones: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }),
  tasks: fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }),
  left: fc.nat(7),
  strategy: fc.constantFrom<readonly object[]>(
    [],
    [{ type: 'spread', field: 'host' }],
    [{ type: 'binpack', field: 'cpu' }],
    [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ],
  ),
})

const stopsAsBefore = (other: (strategy: readonly object[]) => readonly object[]) =>
  fc.property(anyScaleIn, ({ zones, tasks, left, strategy }) => {
    const on = tasks.map((nth) => `i-${nth % zones.length}`)
    const machines = zones.map((zone, i) => instance(`i-${i}`, zone))
    const world = openWorld(ecsController())
      .tell([definition, ...machines.map((node, i) => joined(`i-${i}`, node))])
      .run()
    const placementStrategy = other(strategy)
    world
      .tell([
        web({ desiredCount: on.length, placementStrategy }),
        ...on.map((name, i) => {
          const id = `t${i}`
          return reported(`task ${id}`, {
            ...{ taskArn: id, taskDefinitionArn: 'web:1', containerInstanceArn: name },
            ...{ lastStatus: 'RUNNING', desiredStatus: 'RUNNING', group: 'service:web' },
          })
        }),
      ])
      .run()
    world
      .tell([
        web({
          ...{ desiredCount: Math.min(left, on.length), placementStrategy },
          deploymentConfiguration: { minimumHealthyPercent: 0 },
        }),
      ])
      .run()
    let state = cluster([small, ...machines])
    for (const name of on)
      state = done(
        startTask(state, { taskDefinition: 'web', containerInstances: [name] }, instant(0)),
      )[0]
    const count = on.length - Math.min(left, on.length)
    const expected = tasksToStop(state, 'family:web', strategy as never, count).map(
      ({ containerInstanceArn = '' }) => containerInstanceArn.split('/').at(-1)!,
    )
    const sorted = (names: readonly string[]) =>
      (count === on.length ? [...names].sort() : names).join()
    return sorted(world.nodesOf('Stop')) === sorted(expected)
  })

describe('scaling in', () => {
  it('stops in the order in which a call of the service room does', () => {
    fc.assert(
      stopsAsBefore((strategy) => strategy),
      { numRuns: 200, seed: 18 },
    )
  })
  it('is refuted when the strategy is forgotten', () => {
    expect(
      isRefuted(
        stopsAsBefore(() => []),
        { runsMax: 200 },
      ),
    ).toBe(true)
  })
})

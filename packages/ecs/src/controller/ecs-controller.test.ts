/**
 * Tests services over time: they keep their desired count, and are updated, drained, deleted and
 * described.
 */
import {
  instant,
  logEnd,
  logHeader,
  logStep,
  replayLog,
  stateHash,
  step,
  startSteps,
} from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, forFargate, inSubnets, instance, service, task } from '../plan/plan.fixture.js'
import { fargatePool, lowerContainerInstance } from './container-instance-node.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type Fact, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'
import type { EcsMemory, ServiceRecord } from '../memory/memory.js'

const small = (more: object = {}) =>
  task('web', { containerDefinitions: [container({ cpu: 64, memory: 64, ...more })] })
const definition = (revision: number, more: object = {}): Fact =>
  reported(`definition web:${revision}`, small(more))
const web = (more: object = {}): Fact =>
  reported('service web', service('web', { desiredCount: 2, ...more }))
const instances = (...names: readonly string[]): readonly Fact[] =>
  names.map((name, i) => joined(name, instance(name, 'abc'[i % 3])))
const draining = (name: string): Fact => ({
  _tag: 'NodeChanged',
  name,
  node: instance(name, 'a', { status: 'DRAINING' }),
})
const described = (world: World) => describeServices(world.state())[0]!
const counts = (world: World) => {
  const { desiredCount, pendingCount, runningCount } = described(world)
  return [desiredCount, pendingCount, runningCount]
}
const memoryOf = (world: World) =>
  ecsController().toData(world.state().memories.get('ecs') as EcsMemory)
/** A world with the service in a steady state. */
const steady = (more: object = {}, names: readonly string[] = ['i-1', 'i-2']) =>
  openWorld(ecsController())
    .tell([definition(1), ...instances(...names), web(more)])
    .run()

describe('a service', () => {
  it('is described as it starts, moment by moment', () => {
    const world = openWorld(ecsController()).tell([
      definition(1),
      ...instances('i-1', 'i-2'),
      web(),
    ])
    expect(counts(world.run(0))).toEqual([2, 2, 0])
    expect(counts(world.run(1000))).toEqual([2, 0, 2])
    expect(described(world).deployments).toEqual([
      {
        ...{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: 'web:1', desiredCount: 2 },
        ...{ pendingCount: 0, runningCount: 2, failedTasks: 0 },
        ...{ createdAt: '1970-01-01T00:00:00.000Z', rolloutState: 'IN_PROGRESS' },
        rolloutStateReason: 'ECS deployment ecs-svc/1 in progress.',
      },
    ])
    const started = {
      createdAt: '1970-01-01T00:00:00.000Z',
      message: '(service web) has started 2 tasks: (task 0) (task 1).',
    }
    expect(described(world.run(40_999)).events).toEqual([started])
    expect(described(world.run(41_000)).events).toEqual([
      {
        createdAt: '1970-01-01T00:00:41.000Z',
        message: '(service web) has reached a steady state.',
      },
      {
        createdAt: '1970-01-01T00:00:41.000Z',
        message: '(service web) (deployment ecs-svc/1) deployment completed.',
      },
      started,
    ])
    expect(described(world).deployments[0]!.rolloutState).toBe('COMPLETED')
  })
  it('waits for instances, and starts what fits when they join', () => {
    const world = openWorld(ecsController())
      .tell([definition(1), web()])
      .run()
    expect(counts(world)).toEqual([2, 0, 0])
    expect(counts(world.tell(instances('i-1'), 5).run(5))).toEqual([2, 2, 0])
  })
  it('spreads by its strategy, as a plan does', () => {
    const placementStrategy = [{ type: 'binpack', field: 'memory' }]
    expect(steady({ desiredCount: 4 }).nodesOf('Place')).toEqual(['i-1', 'i-2', 'i-1', 'i-2'])
    expect(steady({ desiredCount: 4, placementStrategy }).nodesOf('Place')).toEqual(
      Array(4).fill('i-1'),
    )
  })
  it('is deleted with all its tasks, and its name is free then', () => {
    const world = steady().tell([reported('service web', null)], 100_000)
    expect(counts(world.run(100_000))).toEqual([0, 0, 0])
    expect(described(world).status).toBe('DRAINING')
    expect(() =>
      steady()
        .tell([reported('service web', null)])
        .run(41_000)
        .tell([web()])
        .run(),
    ).toThrow('another name, until the last task of web is gone')
    expect(describeServices(world.run().state())).toEqual([])
    expect(counts(world.tell([web()]).run())).toEqual([2, 0, 2])
  })
})

describe('an update', () => {
  it('of the definition makes a new deployment; of count, constraints and strategy it does not', () => {
    const world = steady()
      .tell([web({ desiredCount: 3 })])
      .run()
    expect(described(world).deployments).toHaveLength(1)
    world.tell([web({ desiredCount: 3, placementConstraints: [{ type: 'distinctInstance' }] })])
    expect(counts(world.run())).toEqual([3, 0, 3])
    expect(described(world).deployments.map(({ id }) => id)).toEqual(['ecs-svc/1'])
    world.tell([definition(2), web({ desiredCount: 3 })])
    expect(
      described(world.run(world.now())).deployments.map(({ id, status }) => [id, status]),
    ).toEqual([
      ['ecs-svc/2', 'PRIMARY'],
      ['ecs-svc/1', 'ACTIVE'],
    ])
    world.tell([web({ desiredCount: 3, forceNewDeployment: true })])
    expect(described(world.run(world.now())).deployments).toHaveLength(2)
    expect(described(world.run()).deployments.map(({ id }) => id)).toEqual(['ecs-svc/3'])
  })
  it('gives up what waits by old constraints', () => {
    const nowhere = [{ type: 'memberOf', expression: 'attribute:stack == prod' }]
    const world = steady({ placementConstraints: nowhere })
    expect(counts(world)).toEqual([2, 0, 0])
    expect(counts(world.tell([web()]).run())).toEqual([2, 0, 2])
    expect(world.state().pending).toEqual([])
  })
  it('by 100 and 100 percent is stuck, and says so once', () => {
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 100 }
    const world = steady({ deploymentConfiguration })
    world.tell([definition(2), web({ deploymentConfiguration })]).run()
    world.tell([{ _tag: 'ClockAdvanced' }], world.now() + 1000).run()
    expect(
      described(world)
        .events.map(({ message }) => message)
        .slice(0, 2),
    ).toEqual([
      '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
      '(service web) has reached a steady state.',
    ])
    expect(described(world).deployments.map(({ runningCount }) => runningCount)).toEqual([0, 2])
    world.tell([web({ deploymentConfiguration: { minimumHealthyPercent: 50 } })]).run()
    expect(described(world).deployments.map(({ runningCount }) => runningCount)).toEqual([2])
  })
})

describe('health', () => {
  const check = { healthCheck: { command: ['CMD', 'true'] } }
  const checked = () =>
    openWorld(ecsController()).tell([definition(1, check), ...instances('i-1', 'i-2'), web()])
  const health = (replica: number, healthStatus: string): Fact =>
    reported(`task ${replica}`, { healthStatus })
  const replicas = (world: World) => world.active().map(({ replica }) => replica as number)

  it('of tasks with a check is what is reported, at once or with the start', () => {
    const world = checked().run()
    expect(described(world).events).toHaveLength(1)
    const [first, second] = replicas(world)
    world.tell([health(first!, 'HEALTHY')]).run()
    expect(described(world).events).toHaveLength(1)
    world.tell([health(second!, 'HEALTHY')]).run()
    expect(described(world).events).toHaveLength(3)
    const early = checked().run(0)
    early
      .tell(
        replicas(early).map((replica) => health(replica, 'HEALTHY')),
        1000,
      )
      .run()
    expect(described(early).events).toHaveLength(3)
  })
  it('that is bad has a task replaced, the replacement first', () => {
    const world = steady()
    const [first] = replicas(world)
    world.tell([health(first!, 'UNHEALTHY')]).run(world.now())
    expect(counts(world)).toEqual([2, 1, 2])
    const before = world.effects().length
    world.run()
    expect(
      world
        .effects()
        .slice(before)
        .filter(({ _tag }) => _tag === 'Stop'),
    ).toMatchObject([{ replica: first, because: 'it is UNHEALTHY' }])
    expect(counts(world)).toEqual([2, 0, 2])
  })
  it.each([
    ['below the minimum too', [2, 0, 2], false],
    ['within the minimum', [2, 0, 2], true],
  ] as const)('without room for a replacement stops it %s', (unhealthyStops, after, stays) => {
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 100 }
    const world = openWorld(ecsController({ unhealthyStops }))
      .tell([definition(1), ...instances('i-1'), web({ deploymentConfiguration })])
      .run()
    const [first] = replicas(world)
    world.tell([health(first!, 'UNHEALTHY')]).run()
    expect(counts(world)).toEqual(after)
    expect(replicas(world).includes(first!)).toBe(stays)
  })
  it('of a task that is gone is no matter', () => {
    const world = steady()
    const [first] = replicas(world)
    world.tell([{ _tag: 'ReplicaStopped', replica: first as never }], world.now() + 1).run()
    const [memory, orders] = [memoryOf(world), world.effects().length]
    world.tell([health(first!, 'UNHEALTHY')]).run()
    expect(memoryOf(world)).toEqual(memory)
    expect(world.effects()).toHaveLength(orders)
  })
  it('of an older task is mended at its own revision while the new ones are not healthy', () => {
    const world = steady()
      .tell([definition(2, check), web()])
      .run()
    const [first] = replicas(world)
    world.tell([{ _tag: 'ReplicaStopped', replica: first as never }]).run()
    expect(
      described(world).deployments.map((one) => [one.taskDefinition, one.runningCount]),
    ).toEqual([
      ['web:2', 2],
      ['web:1', 2],
    ])
  })
})

describe('a container instance that drains', () => {
  it('loses its pending tasks at once, and its running ones within the bounds', () => {
    const pending = openWorld(ecsController())
      .tell([definition(1), ...instances('i-1', 'i-2'), web()])
      .tell([draining('i-1')], 500)
      .run(500)
    expect(pending.nodesOf('Stop')).toEqual(['i-1'])
    expect(pending.nodesOf('Place')).toEqual(['i-1', 'i-2', 'i-2'])
    const running = steady().tell([draining('i-1')])
    expect(counts(running.run(running.now()))).toEqual([2, 1, 2])
    expect(counts(running.run())).toEqual([2, 0, 2])
    expect(running.active().map(({ node }) => node)).toEqual(['i-2', 'i-2'])
  })
  it('keeps them when it is ACTIVE again', () => {
    const world = steady()
      .tell([draining('i-1')])
      .run(41_500)
    world.tell([{ _tag: 'NodeChanged', name: 'i-1', node: instance('i-1', 'a') }]).run()
    expect(world.nodesOf('Stop')).toEqual(['i-2'])
    expect(world.active()).toHaveLength(2)
  })
})

describe('on Fargate', () => {
  const sized = reported('definition web:1', task('web', forFargate))
  const fargate = { launchType: 'FARGATE', ...inSubnets('s-1') }
  const pools = [fargatePool('FARGATE', 5), fargatePool('FARGATE_SPOT', 5)]
  const world = () =>
    openWorld(ecsController({ pools: ['FARGATE', 'FARGATE_SPOT'] }), undefined, undefined, pools)

  it('each task gets a node of its own', () => {
    const vended = world()
      .tell([sized, web(fargate)])
      .run()
    expect(counts(vended)).toEqual([2, 0, 2])
    expect(new Set(vended.nodesOf('Vend')).size).toBe(2)
    vended.tell([web({ ...fargate, desiredCount: 1 })]).run()
    expect(counts(vended)).toEqual([1, 0, 1])
  })
  it('tasks are split by base and weight', () => {
    const capacityProviderStrategy = [
      { capacityProvider: 'FARGATE', base: 1, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ]
    const split = world().tell([
      sized,
      web({ desiredCount: 4, capacityProviderStrategy, ...inSubnets('s-1') }),
    ])
    const pooled = split
      .run()
      .effects()
      .flatMap((effect) => (effect._tag === 'Vend' ? [effect.pool] : []))
    expect(pooled).toEqual(['FARGATE', 'FARGATE_SPOT', 'FARGATE_SPOT', 'FARGATE_SPOT'])
  })
})

/** Kills tasks and nodes at random, and lets the last ones be. */
const anyHarm = fc.array(
  fc.record({
    at: fc.integer({ min: 50_000, max: 200_000 }),
    kind: fc.constantFrom('task', 'node', 'order'),
    nth: fc.nat(9),
  }),
  { maxLength: 8 },
)
const heals = (make: typeof ecsController) =>
  fc.property(fc.integer({ min: 1, max: 6 }), anyHarm, (desiredCount, harms) => {
    const world = openWorld(make()).tell([
      definition(1),
      ...instances('i-1', 'i-2', 'i-3', 'i-4'),
      web({ desiredCount }),
    ])
    for (const { at, kind, nth } of [...harms].sort((a, b) => a.at - b.at)) {
      world.run(at)
      const victims = world.active()
      const victim = victims[nth % Math.max(1, victims.length)]
      if (kind === 'task' && victim !== undefined)
        world.tell([{ _tag: 'ReplicaStopped', replica: victim.replica, because: 'it ended' }])
      if (kind === 'node') {
        const name = `i-${(nth % 3) + 1}`
        world.tell([{ _tag: 'NodeLeft', name }]).run(at)
        world.tell([joined(name, instance(name))], at + 1)
      }
      const failing = world
        .effects()
        .filter(({ _tag }) => _tag === 'Place')
        .at(-1)
      if (kind === 'order' && failing !== undefined && 'order' in failing)
        world.tell([{ _tag: 'OrderFailed', order: failing.order, because: 'no image' }])
    }
    world.run()
    const [pending, running] = [described(world).pendingCount, described(world).runningCount]
    return pending === 0 && running === desiredCount && world.active().length === desiredCount
  })

describe('the count of a service', () => {
  it('is kept whatever stops, fails or leaves', () => {
    fc.assert(heals(ecsController), { numRuns: 200, seed: 18 })
  })
  it('is refuted when what stopped is not noticed', () => {
    const blind: typeof ecsController = () => {
      const controller = ecsController()
      return {
        ...controller,
        decide: (view, memory) =>
          controller.decide(
            { ...view, replicas: view.replicas.filter(({ phase }) => phase !== undefined) },
            memory,
          ),
      }
    }
    expect(isRefuted(heals(blind), { runsMax: 100 })).toBe(true)
  })
})

describe('a quiet pass', () => {
  const many = (count: number): EcsMemory => {
    const memory = steady().state().memories.get('ecs') as EcsMemory
    const record = memory.services.get('web')!
    const services = new Map<string, ServiceRecord>()
    for (let i = 0; i < count; i++)
      services.set(`web-${i}`, {
        ...record,
        service: { ...record.service, serviceName: `web-${i}` },
      })
    return { ...memory, services }
  }
  /** A map that counts how often anything is read of it. */
  const counted = <Key, Value>(map: ReadonlyMap<Key, Value>, reads: { count: number }) =>
    new Proxy(map, {
      get: (target, key) => {
        reads.count++
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  it.each([1000, 10_000])('reads nothing of %i services', (count) => {
    const reads = { count: 0 }
    const memory = many(count)
    const watched = { ...memory, services: counted(memory.services, reads) }
    const { state } = steady()
    const quiet = {
      ...{ cluster: state().cluster, now: instant(50_000), nodes: [], replicas: [], failures: [] },
      pending: () => 0,
      pools: { poolOf: () => undefined, coming: () => [], waiting: () => [] },
    }
    const { memory: after, ...decision } = ecsController().decide(quiet, watched)
    expect(decision).toEqual({ intents: [] })
    expect(after.services).toBe(watched.services)
    expect(reads.count).toBe(0)
    const dirty = { ...watched, dirty: new Map([['web-7', true as const]]) }
    ecsController().decide(quiet, dirty)
    expect(reads.count).toBeGreaterThan(0)
  })
})

it('replays from its log to the same state', () => {
  const controllers = [ecsController()]
  const advance = step(controllers, { lowerNode: lowerContainerInstance })
  const at = (ms: number, facts: readonly Fact[]) =>
    facts.map((fact) => ({ ...fact, at: instant(ms) })) as Parameters<typeof advance>[1]
  const calls = [
    at(0, [definition(1), ...instances('i-1', 'i-2'), web()]),
    at(1000, [{ _tag: 'ClockAdvanced' }]),
    at(2000, [definition(2), web()]),
    at(90_000, [draining('i-1')]),
  ]
  let state = startSteps()
  const lines = [logHeader(controllers, { start: instant(0) })]
  for (const events of calls) {
    const result = advance(state, events)
    if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
    state = result.right.state
    lines.push(...logStep(events, result.right.effects))
  }
  lines.push(logEnd(controllers, state))
  const replayed = replayLog(lines.join('\n'), controllers, { lowerNode: lowerContainerInstance })
  if (E.isLeft(replayed)) throw new Error(JSON.stringify(replayed.left))
  expect(stateHash(controllers, replayed.right.state)).toBe(stateHash(controllers, state))
})

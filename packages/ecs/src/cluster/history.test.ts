/**
 * Tests random histories of calls: no task is lost or duplicated, no instance is overcommitted, and
 * every placement follows the chain of strategies.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EcsState } from './state.js'
import { container, instance, resources, task } from '../plan/plan.fixture.js'
import { amountOf } from '../words/container-instance.js'
import { cluster, done, on } from '../api/call.fixture.js'
import { describeInstances } from './describe.js'
import { placeWaiting } from './waiting.js'
import { reportInstance, reportTask, runTask, startTask, stopTask } from '../api/untyped.fixture.js'

const sizes = { small: [100, 300], large: [900, 1500] } as const
const port = { portMappings: [{ containerPort: 80, hostPort: 80 }] }
const definitions = Object.entries(sizes).map(([family, [cpu, memory]]) =>
  task(family, {
    containerDefinitions: [container({ cpu, memory, ...(family === 'large' ? port : {}) })],
  }),
)
const start = cluster(
  [
    ...definitions,
    ...['a', 'b', 'b'].map((zone, i) =>
      instance(`i-${i}`, zone, i === 2 ? { capacityProviderName: 'p' } : {}),
    ),
  ],
  { seed: 3 },
)

const family = fc.constantFrom(...Object.keys(sizes))
const name = fc.constantFrom('i-0', 'i-1', 'i-2', 'i-9')
const placementStrategy = fc.subarray([
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'binpack', field: 'memory' },
  { type: 'random' },
])
const step = fc.oneof(
  fc.record({
    run: family,
    count: fc.integer({ min: 1, max: 10 }),
    clientToken: fc.option(fc.constantFrom('t', 'u'), { nil: undefined }),
    placementStrategy,
    provider: fc.boolean(),
  }),
  fc.record({ start: family, containerInstances: fc.array(name, { minLength: 1, maxLength: 3 }) }),
  fc.record({ stop: fc.nat(40) }),
  fc.record({ report: fc.nat(40), lastStatus: fc.constantFrom('RUNNING', 'STOPPING', 'STOPPED') }),
  fc.record({ instance: name, status: fc.constantFrom('ACTIVE', 'DRAINING') }),
  fc.constant({ waiting: true }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

interface Called {
  readonly state: EcsState
  /** The ARNs that the call says that it started. */
  readonly started: readonly string[]
}

const call = (state: EcsState, one: Step, at: number): Called => {
  const nth = (n: number) => [...state.tasks.keys()][n % Math.max(1, state.tasks.size)] ?? 'none'
  const after = <Answer>(called: E.Either<unknown, readonly [EcsState, Answer]>) =>
    E.isRight(called) ? { state: called.right[0], started: [] } : { state, started: [] }
  if ('run' in one || 'start' in one) {
    const { taskDefinition, ...more } = requestOf(one)
    const called = ('run' in one ? runTask : startTask)(
      state,
      { taskDefinition, ...more },
      instantOfSeconds(at),
    )
    if (E.isLeft(called)) return { state, started: [] }
    const [next, { tasks }] = called.right
    return { state: next, started: tasks.map(({ taskArn }) => taskArn) }
  }
  if ('stop' in one) return after(stopTask(state, { task: nth(one.stop) }, instantOfSeconds(at)))
  if ('report' in one)
    return after(
      reportTask(
        state,
        { task: nth(one.report), lastStatus: one.lastStatus },
        instantOfSeconds(at),
      ),
    )
  if ('instance' in one)
    return after(
      reportInstance(
        state,
        { containerInstance: one.instance, status: one.status },
        instantOfSeconds(at),
      ),
    )
  return after(placeWaiting(state, instantOfSeconds(at)))
}

const requestOf = (one: Extract<Step, { run: string } | { start: string }>) => {
  if ('start' in one)
    return { taskDefinition: one.start, containerInstances: one.containerInstances }
  const { run: taskDefinition, count, clientToken, provider } = one
  const supply = provider
    ? { capacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }] }
    : {}
  return { taskDefinition, count, clientToken, placementStrategy: one.placementStrategy, ...supply }
}

/** What an instance has, less what the records of its tasks say that they take. */
const leftByRecords = (state: EcsState, id: string, resource: 'cpu' | 'memory'): number => {
  const all = amountOf(state.instances.get(id)!.registeredResources, resource.toUpperCase())!
  const here = [...state.tasks.values()].filter(
    (each) => each.lastStatus !== 'STOPPED' && on([each])[0] === id,
  )
  return here.reduce((left, each) => left - each[resource]!, all)
}

const isSound = (state: EcsState): boolean =>
  describeInstances(state).every(({ ec2InstanceId: id = '', remainingResources = [] }) =>
    (['cpu', 'memory'] as const).every((resource) => {
      const left = leftByRecords(state, id, resource)
      return left >= 0 && left === amountOf(remainingResources, resource.toUpperCase())
    }),
  ) &&
  [...state.tasks.values()].filter(
    (each) => each.containerInstanceArn !== undefined && each.lastStatus !== 'STOPPED',
  ).length === state.replicas.size

const keepsItsBooks = (calling: typeof call) =>
  fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    let state = start
    const known = new Set<string>()
    steps.forEach((one, i) => {
      const versions = new Map([...state.tasks].map(([arn, { version = 0 }]) => [arn, version]))
      const { state: next, started } = calling(state, one, i)
      for (const arn of started) known.add(arn)
      if (![...versions].every(([arn, version]) => (next.tasks.get(arn)?.version ?? -1) >= version))
        throw new Error('a version has gone back')
      if (new Set(started).size !== started.length) throw new Error('a task was started twice')
      state = next
      if (!isSound(state)) throw new Error('the books do not agree')
    })
    return [...known].every((arn) => state.tasks.has(arn)) && state.tasks.size === known.size
  })

describe('a history of calls', () => {
  it('loses no task, doubles none, and takes no more than there is', () => {
    fc.assert(keepsItsBooks(call), { numRuns: 300 })
  })
  it('is refuted when a task gives back what it has as soon as it is to stop', () => {
    const early: typeof call = (state, one, at) => {
      const called = call(state, one, at)
      if (!('stop' in one)) return called
      const [gone] =
        [...called.state.tasks].find(
          ([arn, { desiredStatus }]) =>
            desiredStatus === 'STOPPED' && called.state.replicas.has(arn),
        ) ?? []
      if (gone === undefined) return called
      const freed = call(
        { ...called.state },
        { report: [...called.state.tasks.keys()].indexOf(gone), lastStatus: 'STOPPED' },
        at,
      )
      return { ...freed, state: { ...freed.state, tasks: called.state.tasks } }
    }
    expect(isRefuted(keepsItsBooks(early))).toBe(true)
  })
  it('is refuted when a call is answered from a state before the last', () => {
    let before = start
    const stale: typeof call = (state, one, at) => {
      const from = at === 0 ? start : { ...before, at: instantOfSeconds(0) }
      before = state
      return 'run' in one ? call(from, one, at) : call(state, one, at)
    }
    expect(isRefuted(keepsItsBooks(stale))).toBe(true)
  })
})

describe('what is described', () => {
  const documentsOf = (state: EcsState) => [
    ...definitions,
    { tasks: [...state.tasks.values()] },
    { containerInstances: describeInstances(state) },
  ]
  const tellsAll = (tell: (state: EcsState) => readonly unknown[]) =>
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const state = steps.reduce((before, one, i) => call(before, one, i).state, start)
      const again = cluster(tell(state))
      expect(describeInstances(again)).toEqual(describeInstances(state))
    })
  it('is all that has to be known to go on', () => {
    fc.assert(tellsAll(documentsOf), { numRuns: 200 })
  })
  it('is refuted when tasks that are to stop are left out, with what they hold', () => {
    const wanted = (state: EcsState) => [
      ...definitions,
      { tasks: [...state.tasks.values()].filter((each) => each.desiredStatus !== 'STOPPED') },
      ...[...state.instances.values()],
    ]
    expect(isRefuted(tellsAll(wanted))).toBe(true)
  })
})

describe('a spread chain', () => {
  const zones = ['a', 'b', 'c']
  const worlds = fc.record({
    instances: fc.array(
      fc.record({ zone: fc.constantFrom(...zones), memory: fc.constantFrom(512, 1024, 4096) }),
      { minLength: 1, maxLength: 6 },
    ),
    tasks: fc.integer({ min: 1, max: 12 }),
  })
  const chain = [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'spread', field: 'instanceId' },
  ]
  const isOptimal = (strategies: readonly object[]) =>
    fc.property(worlds, ({ instances, tasks }) => {
      let state = cluster([
        task('web', { containerDefinitions: [container({ cpu: 1, memory: 256 })] }),
        ...instances.map(({ zone, memory }, i) =>
          instance(`i-${i}`, zone, { registeredResources: resources(2048, memory) }),
        ),
      ])
      const zoneOf = (id: string) => instances[Number(id.slice(2))]!.zone
      const placed: string[] = []
      for (let i = 0; i < tasks; i++) {
        const request = { taskDefinition: 'web', placementStrategy: strategies }
        const [next, answer] = done(runTask(state, request, instantOfSeconds(i)))
        const fits = instances.flatMap(({ memory }, k) =>
          memory - 256 * placed.filter((id) => id === `i-${k}`).length >= 256 ? [`i-${k}`] : [],
        )
        const [chosen] = on(answer.tasks)
        if (chosen === undefined) return fits.length === 0
        const inZone = (id: string) => placed.filter((one) => zoneOf(one) === zoneOf(id)).length
        const here = (id: string) => placed.filter((one) => one === id).length
        const first = Math.min(...fits.map(inZone))
        const second = Math.min(...fits.filter((id) => inZone(id) === first).map(here))
        if (inZone(chosen) !== first || here(chosen) !== second) return false
        placed.push(chosen)
        state = next
      }
      return true
    })
  it('is optimal in its first key at every step, and among those in its second', () => {
    fc.assert(isOptimal(chain), { numRuns: 200 })
  })
  it('is refuted when its keys change places', () => {
    expect(isRefuted(isOptimal([...chain].reverse()))).toBe(true)
  })
  it('is refuted without its second key', () => {
    expect(isRefuted(isOptimal(chain.slice(0, 1)))).toBe(true)
  })
})

/** Tests which tasks stop when a service is scaled in, and which tasks are left. */
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stopping } from '../../../../test/expected/ecs/a5-strategies.js'
import { container, instance, resources, task } from '../plan/plan.fixture.js'
import { cluster, done, on } from '../api/call.fixture.js'
import { placementOptions } from '../lower/options.js'
import { runTask } from '../api/run-task.js'
import { startTask } from '../api/start-task.js'
import { stopOrder, type Stoppable, type StopPlace } from './stop-order.js'
import { tasksToStop } from './to-stop.js'

const strategyOf = (name: string) => {
  const [type, field] = name.split(/[()]/)
  return { type: type as 'spread' | 'binpack', field }
}

it.each(stopping)('$strategy stops on $from', ({ strategy, instances, from }) => {
  const definition = task('web', { containerDefinitions: [container({ cpu: 1, memory: 512 })] })
  const machines = Object.entries(instances).map(([id, { zone, memory, tasks }]) =>
    instance(id, zone, { registeredResources: resources(2048, memory + tasks * 512) }),
  )
  let state = cluster([definition, ...machines])
  for (const [id, { tasks }] of Object.entries(instances))
    for (let i = 0; i < tasks; i++)
      state = done(
        startTask(state, { taskDefinition: 'web', containerInstances: [id] }, instantOfSeconds(0)),
      )[0]
  const draws = Array.from({ length: 40 }, (_, seed) => {
    const drawing = { ...state, options: { ...state.options, seed } }
    return on(tasksToStop(drawing, 'family:web', [strategyOf(strategy)], 1))[0]
  })
  expect([...new Set(draws)].sort()).toEqual(from)
})

const rules = { ...placementOptions, seed: 0 }
const zones = ['a', 'b', 'c']
/** Instances of random zones with random tasks on them. */
const worlds = fc.array(
  fc.record({ zone: fc.constantFrom(...zones), tasks: fc.nat(4), free: fc.nat(9) }),
  { minLength: 1, maxLength: 6 },
)
type Worlds = typeof worlds extends fc.Arbitrary<infer World> ? World : never

const tasksIn = (world: Worlds): readonly Stoppable[] =>
  world.flatMap(({ tasks }, i) =>
    Array.from({ length: tasks }, (_, k) => ({
      task: `${i}/${k}`,
      instance: `${i}`,
      cpu: 1,
      memory: 1,
    })),
  )
const placesIn = (world: Worlds): ReadonlyMap<string, StopPlace> =>
  new Map(
    world.map(({ zone, free }, i) => [
      `${i}`,
      { attributes: { zone }, cpu: free, memory: 9 - free },
    ]),
  )

/** How uneven: the sum of the squares, which is least where the counts are most alike. */
const unevenness = (names: readonly string[]): number => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum + count * count, 0)
}

describe('stopping by a chain of two spreads', () => {
  const chain = [
    { type: 'spread', field: 'attribute:zone' },
    { type: 'spread', field: 'instanceId' },
  ] as const
  const leavesTheBest = (order: typeof stopOrder) =>
    fc.property(worlds, (world) => {
      let left = tasksIn(world)
      const zoneOf = ({ instance: name }: Stoppable) => world[Number(name)]!.zone
      for (const stopped of order(left, placesIn(world), chain, left.length, rules)) {
        const without = (one: Stoppable) => left.filter((each) => each !== one)
        const byZone = (one: Stoppable) => unevenness(without(one).map(zoneOf))
        const byInstance = (one: Stoppable) => unevenness(without(one).map((each) => each.instance))
        const next = left.find(({ task: name }) => name === stopped)!
        const first = Math.min(...left.map(byZone))
        if (byZone(next) !== first) return false
        const second = Math.min(...left.filter((one) => byZone(one) === first).map(byInstance))
        if (byInstance(next) !== second) return false
        left = without(next)
      }
      return left.length === 0
    })
  it('leaves the best spread by the first at every step, and among those by the second', () => {
    fc.assert(leavesTheBest(stopOrder), { numRuns: 500 })
  })
  it('is refuted when the second decides first', () => {
    const turned: typeof stopOrder = (tasks, places, strategies, ...more) =>
      stopOrder(tasks, places, [...strategies].reverse(), ...more)
    expect(isRefuted(leavesTheBest(turned))).toBe(true)
  })
  it('is refuted when what was stopped is still counted', () => {
    const stale: typeof stopOrder = (tasks, places, strategies, count, options) => {
      const [first] = stopOrder(tasks, places, strategies, 1, options)
      const others = tasks.filter(({ task: name }) => name !== first)
      return first === undefined
        ? []
        : [first, ...others.map(({ task: name }) => name)].slice(0, count)
    }
    expect(isRefuted(leavesTheBest(stale))).toBe(true)
  })
})

describe('stopping by packing', () => {
  const emptiest = (order: typeof stopOrder) =>
    fc.property(worlds, (world) => {
      const left = [...tasksIn(world)]
      const free = world.map((each) => each.free)
      for (const stopped of order(
        left,
        placesIn(world),
        [{ type: 'binpack', field: 'CPU' }],
        left.length,
        rules,
      )) {
        const most = Math.max(...left.map((each) => free[Number(each.instance)]!))
        const at = left.findIndex(({ task: name }) => name === stopped)
        const on = Number(left[at]!.instance)
        if (free[on] !== most) return false
        free[on]++
        left.splice(at, 1)
      }
      return left.length === 0
    })
  it('empties the instance that has most left', () => fc.assert(emptiest(stopOrder)))
  it('is refuted when the other resource is looked at', () => {
    const other: typeof stopOrder = (tasks, places, _, ...more) =>
      stopOrder(tasks, places, [{ type: 'binpack', field: 'memory' }], ...more)
    expect(isRefuted(emptiest(other))).toBe(true)
  })
})

it('draws by the seed where the strategy is random, and stops no more than there are', () => {
  const world = [
    { zone: 'a', tasks: 4, free: 0 },
    { zone: 'b', tasks: 4, free: 0 },
  ]
  const drawn = (seed: number) =>
    stopOrder(tasksIn(world), placesIn(world), [{ type: 'random' }], 99, { ...rules, seed })
  expect(drawn(1)).toEqual(drawn(1))
  expect(drawn(1)).not.toEqual(drawn(2))
  expect([...drawn(1)].sort()).toEqual(tasksIn(world).map(({ task: name }) => name))
})

it('turns the default of a service round where there is no strategy', () => {
  const definition = task('web', { containerDefinitions: [container({ cpu: 1, memory: 6 })] })
  const [state] = done(
    runTask(
      cluster([definition, instance('i-1', 'a'), instance('i-2', 'b')]),
      { taskDefinition: 'web', count: 3, placementStrategy: [{ type: 'spread', field: 'host' }] },
      instantOfSeconds(0),
    ),
  )
  expect(on(tasksToStop(state, 'family:web', [], 2))).toEqual(['i-1', 'i-1'])
})

describe('what is not documented is an option:', () => {
  const world = [
    { zone: 'a', tasks: 2, free: 0 },
    { zone: 'a', tasks: 2, free: 0 },
  ]
  const stops = (field: string, more: Partial<typeof rules>) =>
    Array.from({ length: 20 }, (_, seed) => {
      const options = { ...rules, ...more, seed }
      return stopOrder(tasksIn(world), placesIn(world), [{ type: 'spread', field }], 1, options)[0]
    })
  it('ties', () => {
    expect(new Set(stops('attribute:zone', {}))).toEqual(new Set(['0/1']))
    expect(new Set(stops('attribute:zone', { ties: 'seeded' })).size).toBe(4)
  })
  it('the bucket of instances without the attribute', () => {
    const uneven = [
      { zone: 'a', tasks: 2, free: 0 },
      { zone: 'b', tasks: 1, free: 0 },
      { zone: 'b', tasks: 2, free: 0 },
    ]
    const places = new Map(
      [...placesIn(uneven)].map(([name, place], i) => [
        name,
        i === 0 ? place : { ...place, attributes: {} },
      ]),
    )
    const spread = [{ type: 'spread', field: 'attribute:zone' }] as const
    const first = (absentBucket: 'own' | 'shared') =>
      stopOrder(tasksIn(uneven), places, spread, 1, { ...rules, absentBucket })
    expect([first('own'), first('shared')]).toEqual([['0/1'], ['1/0']])
  })
})

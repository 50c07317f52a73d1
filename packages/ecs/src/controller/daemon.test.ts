/**
 * Tests DAEMON services: one task on each instance that suits the service, while instances join,
 * drain and leave, and during updates; also in random worlds with an independent count of tasks.
 */
import type { AnyController } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type Fact, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'
import { withIntents } from './planted.fixture.js'

const version = (revision: number): Fact =>
  reported(
    `definition agent:${revision}`,
    task('agent', {
      containerDefinitions: [container({ cpu: 64, memory: 64 + revision })],
    }),
  )
const agent = (revision: number, more: object = {}): Fact =>
  reported(
    'service agent',
    service('agent', {
      ...{ taskDefinition: `agent:${revision}`, schedulingStrategy: 'DAEMON' },
      ...{ desiredCount: undefined, ...more },
    }),
  )
const draining = (name: string): Fact => ({
  ...{ _tag: 'NodeChanged', name },
  node: instance(name, 'a', { status: 'DRAINING' }),
})
const described = (world: World) => describeServices(world.state())[0]!
const nodes = (world: World): readonly string[] =>
  world
    .active()
    .map(({ node }) => node)
    .sort()

const settled = (names: readonly string[], more: object = {}): World =>
  openWorld(ecsController())
    .tell([version(1), ...names.map((name) => joined(name, instance(name)))])
    .tell([agent(1, more)], 1)
    .run()

describe('a DAEMON service', () => {
  it('has a task on each instance, and on each one that joins', () => {
    const world = settled(['i-1', 'i-2'])
    expect(nodes(world)).toEqual(['i-1', 'i-2'])
    expect(described(world)).toMatchObject({ desiredCount: 2, runningCount: 2 })
    expect(described(world).deployments[0]!.rolloutState).toBe('COMPLETED')
    world.tell([joined('i-3', instance('i-3'))], world.now() + 1).run()
    expect(nodes(world)).toEqual(['i-1', 'i-2', 'i-3'])
    world.tell([{ _tag: 'NodeLeft', name: 'i-1' }], world.now() + 1).run()
    expect(nodes(world)).toEqual(['i-2', 'i-3'])
    expect(described(world).desiredCount).toBe(2)
  })
  it('is only on instances that its constraints allow', () => {
    const placementConstraints = [
      { type: 'memberOf', expression: "attribute:ecs.availability-zone == 'b'" },
    ]
    const world = openWorld(ecsController())
      .tell([version(1), joined('i-1', instance('i-1', 'a')), joined('i-2', instance('i-2', 'b'))])
      .tell([agent(1, { placementConstraints })], 1)
      .run()
    expect(nodes(world)).toEqual(['i-2'])
    const turned = { _tag: 'NodeChanged', name: 'i-2', node: instance('i-2', 'c') } as const
    world.tell([turned], world.now() + 1).run()
    expect(nodes(world)).toEqual([])
  })
  it('is the last to leave an instance that drains', () => {
    const web = reported(
      'service web',
      service('web', { taskDefinition: 'agent', desiredCount: 2 }),
    )
    const world = settled(['i-1', 'i-2']).tell([web]).run()
    world.tell([draining('i-1')], world.now() + 1).run()
    const stops = world.effects().flatMap((effect) => (effect._tag === 'Stop' ? [effect] : []))
    expect(stops.map(({ node, owner }) => [node, owner.name])).toEqual([
      ['i-1', 'web/ecs-svc/2'],
      ['i-1', 'agent/ecs-svc/1'],
    ])
  })
  it('waits where there is no room, until there is', () => {
    const containerDefinitions = [container({ cpu: 64, memory: 100_000 })]
    const large = reported('definition agent:1', task('agent', { containerDefinitions }))
    const world = openWorld(ecsController())
      .tell([large, joined('i-1', instance('i-1'))])
      .tell([agent(1)], 1)
      .run()
    expect(nodes(world)).toEqual([])
    expect(described(world).events[0]!.message).toContain('was unable to place a task')
  })
  it('is stuck at 100 percent, and says so', () => {
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 100 }
    const world = settled(['i-1'], { deploymentConfiguration })
    world.tell([version(2), agent(2, { deploymentConfiguration })], world.now() + 1).run()
    expect(described(world).events[0]!.message).toContain('was unable to stop or start tasks')
  })
})

/** What happens to instances and to the service, in turn, and how long each takes. */
interface DaemonHistory {
  readonly moves: readonly (readonly ['join' | 'leave' | 'drain' | 'update', number])[]
  readonly minimum: number
  readonly starts: readonly number[]
}
const anyHistory: fc.Arbitrary<DaemonHistory> = fc.record({
  moves: fc.array(
    fc.tuple(
      fc.constantFrom('join' as const, 'leave' as const, 'drain' as const, 'update' as const),
      fc.nat(5),
    ),
    { maxLength: 8 },
  ),
  minimum: fc.integer({ min: 0, max: 90 }),
  starts: fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 3 }),
})

/** What was wrong at some moment, or in the end. */
const faultsOf = (controller: AnyController, history: DaemonHistory): readonly string[] => {
  const faults: string[] = []
  const there = new Map<string, 'ACTIVE' | 'DRAINING'>([['i-0', 'ACTIVE']])
  let [floor, revision, next] = [0, 1, 1]
  const world = openWorld(controller, { start: history.starts, stop: 900 }, (now) => {
    const active = nodes(now)
    const twice = active.filter((name, i) => active.indexOf(name) !== i)
    if (twice.length > 0) faults.push(`${now.now()}: two on ${twice.join()}`)
    if (now.healthy().length < floor) faults.push(`${now.now()}: ${now.healthy().length} healthy`)
  })
  const deploymentConfiguration = { minimumHealthyPercent: history.minimum, maximumPercent: 100 }
  world
    .tell([version(1), joined('i-0', instance('i-0'))])
    .tell([agent(1, { deploymentConfiguration })], 1)
    .run()
  for (const [move, position] of history.moves) {
    const names = [...there.keys()]
    const name = names[position % Math.max(1, names.length)] ?? ''
    const at = world.now() + 1
    floor = 0
    if (move === 'join') {
      const fresh = `i-${next++}`
      there.set(fresh, 'ACTIVE')
      world.tell([joined(fresh, instance(fresh))], at)
    }
    if (move === 'leave' && there.delete(name)) world.tell([{ _tag: 'NodeLeft', name }], at)
    if (move === 'drain' && there.has(name)) {
      there.set(name, 'DRAINING')
      world.tell([draining(name)], at)
    }
    if (move === 'update') {
      const count = [...there.values()].filter((status) => status === 'ACTIVE').length
      // At a minimum of all tasks nothing could be replaced.
      const isPossible = Math.ceil((count * history.minimum) / 100) < count
      const minimumHealthyPercent = isPossible ? history.minimum : 0
      floor = Math.ceil((count * minimumHealthyPercent) / 100)
      const bounds = { minimumHealthyPercent, maximumPercent: 100 }
      world.tell([version(++revision), agent(revision, { deploymentConfiguration: bounds })], at)
    }
    world.run()
  }
  const expected = [...there].filter(([, status]) => status === 'ACTIVE').map(([name]) => name)
  if (nodes(world).join() !== [...expected].sort().join()) faults.push(`on ${nodes(world).join()}`)
  const { deployments, desiredCount } = described(world)
  if (deployments.length !== 1 || deployments[0]!.rolloutState !== 'COMPLETED')
    faults.push('no end')
  if (deployments[0]!.taskDefinition !== `agent:${revision}`) faults.push('an older revision')
  if (desiredCount !== expected.length) faults.push(`${desiredCount} desired`)
  return faults
}

describe('DAEMON services through random histories', () => {
  const holds = (controller: AnyController) =>
    fc.property(anyHistory, (history) => {
      try {
        return faultsOf(controller, history).length === 0
      } catch {
        return false
      }
    })
  it('have one task on each ACTIVE instance, and never two', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(faultsOf(ecsController(), history)).toEqual([])
      }),
      { numRuns: 200, seed: 19 },
    )
  })
  it.each([
    [
      'a task starts twice',
      withIntents((all) =>
        all.map((one) => (one._tag === 'Start' ? { ...one, count: one.count + 1 } : one)),
      ),
    ],
    ['stops are forgotten', withIntents((all) => all.filter(({ _tag }) => _tag !== 'Stop'))],
  ])('are refuted when %s', (_, controller) => {
    expect(isRefuted(holds(controller), { runsMax: 100 })).toBe(true)
  })
})

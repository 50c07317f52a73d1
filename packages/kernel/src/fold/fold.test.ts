/** Tests what each event changes, and that a repeated or late event changes nothing. */
import { listsAgree, loadsAddUp, isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeIds, nodeName, replicasOn } from '../cluster/read.js'
import type { ReplicaId } from '../rule/id.js'
import type { StepEvent } from '../time/event.js'
import type { StepFault } from '../time/fault.js'
import { bookingOf, openOrdersOf } from '../time/read-state.js'
import { noBookings } from '../time/bookings.js'
import { stateHash } from '../log/state-hash.js'
import { startSteps, type StepState } from '../time/state.js'
import {
  advance,
  anyDrafts,
  begin,
  controllers,
  eventAt,
  joinAt,
  run,
  scriptOf,
  tellAt,
  validEvents,
} from '../step/step.fixture.js'

/** Two replicas of `web`, placed at 10 on node a; the first has the order 1. */
const placed = run([...begin, tellAt(10, 'web', { start: 2, of: 'small' })])
const [first, second] = placed.effects.flatMap((effect) =>
  effect._tag === 'Place' ? [effect.replica] : [],
) as [ReplicaId, ReplicaId]
const stopped = run([tellAt(11, 'web', { stop: first })], placed.state)

const after = (events: readonly StepEvent[], state = placed.state): StepState =>
  run(events, state).state
const faultOf = (event: StepEvent, state = placed.state): StepFault | undefined => {
  const result = advance(state, [event])
  return E.isLeft(result) ? result.left : undefined
}
const phasesOf = ({ cluster }: StepState) =>
  nodeIds(cluster).flatMap((node) =>
    replicasOn(cluster, node).map(({ id, phase }) => [id, phase] as const),
  )
/** What is not the time, the memory or the changes to be seen. */
const factsOf = (state: StepState) => ({
  phases: phasesOf(state),
  nodes: nodeIds(state.cluster).map((node) => nodeName(state.cluster, node)),
  owners: [first, second].map((replica) => bookingOf(state, replica)?.owner),
  ...{ orders: openOrdersOf(state), pending: state.pending },
})
const numbersOf = (state: StepState) => openOrdersOf(state).map(({ order }) => order)
const lastSight = (state: StepState) => scriptOf(state).sights.at(-1)!

describe('an order to start', () => {
  it('is booked', () => {
    expect(phasesOf(placed.state)).toEqual([
      [first, 'assumed'],
      [second, 'assumed'],
    ])
    expect(openOrdersOf(placed.state)).toEqual([
      { order: 1, replica: first },
      { order: 2, replica: second },
    ])
    expect(bookingOf(placed.state, first)).toEqual({
      ...{ owner: { controller: 'script', name: 'web' }, startOrder: 1 },
    })
  })
  it('is confirmed by ReplicaRunning', () => {
    const state = after([eventAt(12, { _tag: 'ReplicaRunning', replica: first })])
    expect(phasesOf(state)[0]).toEqual([first, 'running'])
    expect(numbersOf(state)).toEqual([2])
    expect(lastSight(state).replicas.map(({ replica, phase }) => [replica, phase])).toEqual([
      [first, 'assumed'],
      [second, 'assumed'],
      [first, 'running'],
    ])
  })
  it('is undone by OrderFailed, and the controller learns why', () => {
    const state = after([eventAt(12, { _tag: 'OrderFailed', order: 1, because: 'no image' })])
    expect(phasesOf(state)).toEqual([[second, 'assumed']])
    expect(lastSight(state).replicas.at(-1)).toMatchObject({ replica: first, because: 'no image' })
    expect(lastSight(state).replicas.at(-1)!.phase).toBeUndefined()
  })
})

describe('an order to stop', () => {
  it('is booked, and confirmed by ReplicaStopped', () => {
    expect(phasesOf(stopped.state)[0]).toEqual([first, 'leaving'])
    expect(stopped.effects).toEqual([
      {
        ...{ _tag: 'Stop', order: 3, replica: first, node: 'a' },
        ...{ owner: { controller: 'script', name: 'web' }, because: 'a report said so' },
      },
    ])
    const gone = eventAt(12, { _tag: 'ReplicaStopped', replica: first, because: 'exit 0' })
    const state = after([gone], stopped.state)
    expect(phasesOf(state)).toEqual([[second, 'assumed']])
    expect(numbersOf(state)).toEqual([2])
    expect(lastSight(state).replicas.at(-1)).toMatchObject({ because: 'exit 0' })
  })
  const failed = eventAt(15, { _tag: 'OrderFailed', order: 3, because: 'no answer' })
  it.each([
    ['assumed', []],
    ['running', ['ReplicaRunning']],
    ['leaving', ['ReplicaLeaving']],
    ['leaving', ['ReplicaRunning', 'ReplicaLeaving']],
    ['leaving', ['ReplicaLeaving', 'ReplicaRunning']],
  ] as const)('gives back the phase %s after %j when it fails', (phase, tags) => {
    const facts = tags.map((_tag, i) => eventAt(12 + i, { _tag, replica: first }))
    expect(phasesOf(after([...facts, failed], stopped.state))[0]).toEqual([first, phase])
    // The other way round the outcome is the same.
    if (!tags.includes('ReplicaLeaving' as never)) return
    const later = tags.map((_tag, i) => eventAt(16 + i, { _tag, replica: first }))
    expect(phasesOf(after([failed, ...later], stopped.state))[0]).toEqual([first, phase])
  })
})

describe('a request that needs an answer', () => {
  const ask = { _tag: 'Ask', request: { hook: 'before' }, needsAnswer: true }
  const open = run([tellAt(11, 'x', { intent: ask })], placed.state)
  const answer = eventAt(12, {
    ...{ _tag: 'Reported', controller: 'script', about: 'hook', report: 'done', order: 3 },
  })
  const failed = eventAt(12, { _tag: 'OrderFailed', order: 3, because: 'no such hook' })
  const failuresOf = (state: StepState) => scriptOf(state).sights.map(({ failures }) => failures)

  it('is booked, and the effect says so', () => {
    const { request, needsAnswer } = ask
    expect(open.effects).toEqual([
      { _tag: 'Ask', order: 3, controller: 'script', request, needsAnswer },
    ])
    expect(openOrdersOf(open.state).at(-1)).toEqual({ order: 3, controller: 'script', request })
    expect(stateHash(controllers, open.state)).not.toBe(
      stateHash(controllers, {
        ...open.state,
        orders: { ...open.state.orders, asks: new Map() },
      }),
    )
  })
  it('is confirmed by a report that names it', () => {
    const state = after([answer], open.state)
    expect(numbersOf(state)).toEqual([1, 2])
    expect(scriptOf(state).answers).toEqual([[3, 'hook']])
  })
  it('fails, and its controller alone learns what failed and why', () => {
    const state = after([failed], open.state)
    expect(numbersOf(state)).toEqual([1, 2])
    expect(failuresOf(state).at(-1)).toEqual([
      { order: 3, request: ask.request, because: 'no such hook' },
    ])
    expect(scriptOf(state, 'second').sights.some(({ failures }) => failures !== undefined)).toBe(
      false,
    )
    const next = after([eventAt(13, { _tag: 'ClockAdvanced' })], state)
    expect(failuresOf(next).at(-1)).toBeUndefined()
  })
  const [isAnswered, hasFailed] = [
    { answers: [[3, 'hook']], failures: 0 },
    { answers: undefined, failures: 1 },
  ]
  const outcomeOf = (state: StepState) => ({
    answers: scriptOf(state).answers,
    failures: failuresOf(state).filter((one) => one !== undefined).length,
  })
  it.each([
    ['answered twice', answer, answer, isAnswered],
    ['failed twice', failed, failed, hasFailed],
    ['answered after it failed', failed, answer, hasFailed],
    ['failed after it was answered', answer, failed, isAnswered],
  ])('is settled once: %s', (_, early, late, outcome) => {
    const { at } = eventAt(13, { _tag: 'ClockAdvanced' })
    expect(outcomeOf(after([early, { ...late, at }], open.state))).toEqual(outcome)
    // At one instant answers come first, whatever the order of the facts.
    const isEither = early === answer || late === answer
    expect(outcomeOf(after([early, late], open.state))).toEqual(isEither ? isAnswered : hasFailed)
  })
  it.each([
    ['that was never given', 4, 'script'],
    ['about a replica', 1, 'script'],
    ['of another controller', 3, 'second'],
    ['of number 0', 0, 'script'],
  ])('is not one %s', (_, order, controller) => {
    expect(faultOf({ ...answer, order, controller } as never, open.state)).toEqual({
      ...{ _tag: 'UnknownOrder', event: 0, at: ['order'], found: String(order) },
      expected: `the number of an Ask of ${controller} that needs an answer`,
    })
  })
})

describe('a node', () => {
  it('joins, is described anew, and leaves with its replicas', () => {
    const changed = eventAt(12, {
      ...{ _tag: 'NodeChanged', name: 'a', node: { capacity: { cpu: 1 } } },
    })
    const state = after([changed])
    expect(lastSight(state).nodes.map(({ name, change }) => [name, change])).toEqual([
      ['a', 'changed'],
    ])
    const left = after([eventAt(13, { _tag: 'NodeLeft', name: 'a' })], state)
    expect(factsOf(left)).toMatchObject({ nodes: [], orders: [], phases: [] })
    expect(lastSight(left)).toMatchObject({
      nodes: [{ name: 'a', change: 'left' }],
      replicas: [
        { replica: first, because: 'node a left' },
        { replica: second, because: 'node a left' },
      ],
    })
  })
  it('that has the same description again is no change', () => {
    for (const _tag of ['NodeJoined', 'NodeChanged'] as const) {
      const same = eventAt(12, { _tag, name: 'a', node: { capacity: { cpu: 4 } } })
      expect(lastSight(after([same])).nodes).toEqual([])
    }
  })
})

describe('a fact that is repeated or late', () => {
  const running = eventAt(12, { _tag: 'ReplicaRunning', replica: first })
  const leaving = eventAt(12, { _tag: 'ReplicaLeaving', replica: first })
  const gone = eventAt(12, { _tag: 'ReplicaStopped', replica: first })
  const failed = eventAt(12, { _tag: 'OrderFailed', order: 1, because: 'no answer' })
  const left = eventAt(12, { _tag: 'NodeLeft', name: 'a' })
  it.each([
    ['running twice', [running], running],
    ['leaving twice', [leaving], leaving],
    ['stopped twice', [gone], gone],
    ['failed twice', [failed], failed],
    ['running after leaving', [leaving], running],
    ['running after it stopped', [gone], running],
    ['leaving after it stopped', [gone], leaving],
    ['failed after it ran', [running], failed],
    ['failed after it stopped', [gone], failed],
    ['stopped after its order failed', [failed], gone],
    ['running after its node left', [left], running],
    ['stopped after its node left', [left], gone],
    ['failed after its node left', [left], failed],
  ])('changes nothing: %s', (_, before, late) => {
    const state = after(before)
    const again = after([{ ...late, at: eventAt(13, { _tag: 'ClockAdvanced' }).at }], state)
    const { orders, ...facts } = factsOf(again)
    const { orders: _orders, ...factsBefore } = factsOf(state)
    expect(facts).toEqual(factsBefore)
    // A replica that leaves may still say that its order to start was carried out.
    expect(orders.length).toBeLessThanOrEqual(_orders.length)
    expect(lastSight(again).replicas).toEqual([])
  })
  it('changes nothing when the row has a new replica', () => {
    const replaced = after([gone, tellAt(13, 'web', { start: 1, of: 'small' })])
    expect(phasesOf(replaced)).toHaveLength(2)
    const late = [running, leaving, gone].map((event) => ({ ...event, at: replaced.now }))
    expect(factsOf(after(late, replaced))).toEqual(factsOf(replaced))
  })
})

describe('an unknown', () => {
  it.each([
    [{ _tag: 'NodeLeft', name: 'b' }, 'UnknownNode', ['name'], '"b"'],
    [{ _tag: 'NodeChanged', name: 'b', node: {} }, 'UnknownNode', ['name'], '"b"'],
    [
      { _tag: 'NodeJoined', name: 'a', node: { capacity: { cpu: 5 } } },
      ...(['DuplicateNode', ['name'], '"a"'] as const),
    ],
    [
      { _tag: 'NodeJoined', name: 'b', node: { capacity: { cpu: -5 } } },
      ...(['BadEvent', ['node', 'capacity', 'cpu'], '-5'] as const),
    ],
    [{ _tag: 'ReplicaRunning', replica: 2 }, 'UnknownReplica', ['replica'], '2'],
    [{ _tag: 'ReplicaStopped', replica: 67_108_864 }, 'UnknownReplica', ['replica'], '67108864'],
    [
      { _tag: 'ReplicaLeaving', replica: Number.MAX_SAFE_INTEGER },
      ...(['UnknownReplica', ['replica'], '9007199254740991'] as const),
    ],
    [{ _tag: 'OrderFailed', order: 3, because: '' }, 'UnknownOrder', ['order'], '3'],
    [{ _tag: 'OrderFailed', order: 0, because: '' }, 'UnknownOrder', ['order'], '0'],
    [
      { _tag: 'Reported', controller: 'third', about: 'x', report: 1 },
      ...(['UnknownController', ['controller'], '"third"'] as const),
    ],
    [
      { _tag: 'Reported', controller: 'script', about: 'x', report: { fail: 'report' } },
      ...(['BadReport', ['report', 'fail'], '"report"'] as const),
    ],
  ] as const)('is a fault: %j', (event, _tag, at, found) => {
    const hash = stateHash(controllers, placed.state)
    expect(faultOf(eventAt(12, event as never))).toMatchObject({ _tag, event: 0, at, found })
    expect(stateHash(controllers, placed.state)).toBe(hash)
  })
})

describe('a report', () => {
  it('adopts replicas that run already, which the controller sees at once', () => {
    const bound = tellAt(12, 'db', { bind: 'a', of: 'small', phase: 'running' })
    const state = after([bound])
    const [, , [replica, phase]] = phasesOf(state) as never as [0, 0, [ReplicaId, string]]
    expect(phase).toBe('running')
    expect(lastSight(state).replicas.at(-1)).toMatchObject({ replica, owner: 'db', phase })
    expect(run([tellAt(13, 'db', { stop: replica })], state).effects).toHaveLength(1)
  })
  it('may be about a node that joins at the same instant', () => {
    const bound = tellAt(12, 'db', { bind: 'b', of: 'small', phase: 'running' })
    for (const events of [
      [bound, joinAt(12, 'b', 1)],
      [joinAt(12, 'b', 1), bound],
    ])
      expect(lastSight(after(events)).replicas.at(-1)).toMatchObject({ owner: 'db' })
  })
  it('about a replica that is gone with its node, which is back, changes nothing', () => {
    const back = [eventAt(12, { _tag: 'NodeLeft', name: 'a' }), joinAt(12, 'a', 4)]
    const state = after([...back, tellAt(12, 'db', { adopt: first })])
    expect(phasesOf(state).map(([replica]) => replica)).not.toContain(first)
    expect(lastSight(state).replicas).toEqual(lastSight(after(back)).replicas)
  })
  it('about a replica with an order leaves the order to be confirmed, or to fail', () => {
    const adopted = after([tellAt(12, 'db', { adopt: first })])
    expect(numbersOf(adopted)).toEqual([1, 2])
    const failed = eventAt(13, { _tag: 'OrderFailed', order: 3, because: 'no answer' })
    const leaving = after([tellAt(12, 'db', { adopt: first })], stopped.state)
    expect(phasesOf(after([failed], leaving))[0]).toEqual([first, 'assumed'])
  })
  it.each([
    [2, 'script'],
    [67_108_864, 'script'],
    [first, 'second'],
  ])('cannot adopt %d for %s', (replica, controller) => {
    expect(faultOf(tellAt(12, 'db', { adopt: replica }, controller))).toEqual({
      ...{ _tag: 'BadIntent', event: 0, controller, at: ['replicas', 0, 'replica'] },
      ...{ found: String(replica), expected: 'a replica that it bound, of no other controller' },
    })
  })
})

/** Whatever happens, loads and lists are right and each order is about a replica that is there. */
const staysWhole = (spoil: (state: StepState) => StepState = (state) => state) =>
  fc.property(anyDrafts, (drafts) => {
    let state = startSteps()
    for (const events of validEvents(drafts)) {
      state = spoil(run(events, state).state)
      const { cluster } = state
      expect([...loadsAddUp(cluster), ...listsAgree(cluster)]).toEqual([])
      const phases = new Map<number, string>(phasesOf(state))
      for (const open of openOrdersOf(state)) {
        if ('request' in open) continue
        const replica = 'replica' in open ? open.replica : expect.fail('there are no pools')
        const { startOrder, stopOrder } = bookingOf(state, replica)!
        expect([startOrder, stopOrder]).toContain(open.order)
        if (stopOrder === open.order) expect(phases.get(replica)).toBe('leaving')
        else expect(phases.has(replica)).toBe(true)
      }
    }
  })
it('keeps every order with its replica', () => fc.assert(staysWhole(), { numRuns: 300 }))
it('is refuted when bookings are lost', () => {
  expect(isRefuted(staysWhole((state) => ({ ...state, bookings: noBookings() })))).toBe(true)
})
it('has a node to leave in the fixture', () => {
  expect(factsOf(run([...begin, joinAt(10, 'b', 1)]).state).nodes).toEqual(['a', 'b'])
})

/**
 * Tests of steps: one pass per instant, in order of time, and a fault leaves the state unchanged.
 */
import { picture, isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { take } from '../cluster/cluster.js'
import { nodeIds, replicasOn } from '../cluster/read.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { StepEvent } from '../time/event.js'
import type { StepFaultTag } from '../time/fault.js'
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
} from './step.fixture.js'

type WithoutAt = Parameters<typeof eventAt>[1]

const hashOf = (state: StepState): string => stateHash(controllers, state)
const tick = (at: number): StepEvent => eventAt(at, { _tag: 'ClockAdvanced' })
const timesOf = (state: StepState) => scriptOf(state).sights.map(({ now }) => now)

/** What a run leaves: the hash, and all that was ordered. */
const outcome = (calls: readonly (readonly StepEvent[])[], go: typeof advance = advance) => {
  let state = startSteps()
  const effects: unknown[] = []
  for (const events of calls) {
    const result = getOrThrow(go(state, events))
    effects.push(...result.effects)
    state = result.state
  }
  return { hash: hashOf(state), effects }
}

describe('time', () => {
  it('fires timers first, each at its own instant', () => {
    const { state } = run([
      ...begin,
      tellAt(10, 'x', { wakeAt: 12 }),
      tellAt(10, 'y', { wakeAt: 15 }),
    ])
    expect(timesOf(run([tick(20)], state).state)).toEqual([10, 12, 15, 20])
    expect(timesOf(run([tick(15)], state).state)).toEqual([10, 12, 15])
    expect(timesOf(run([tick(11)], state).state)).toEqual([10, 11])
  })
  it('makes one pass of the events of an instant', () => {
    expect(timesOf(run([...begin, joinAt(10, 'b', 1), tick(12), tick(12)]).state)).toEqual([10, 12])
    expect(timesOf(run([tick(10)], run(begin).state).state)).toEqual([10, 10])
  })
  it('does nothing without an event', () => {
    const { state } = run([...begin, tellAt(10, 'x', { wakeAt: 12 })])
    const nothing = run([], state)
    expect(nothing).toEqual({ state, effects: [], unplaced: [] })
    expect(nothing.state).toBe(state)
  })
  it('never goes back', () => {
    const { state } = run(begin)
    for (const [events, event] of [
      [[tick(9)], 0],
      [[tick(10), tick(12), tick(11)], 2],
    ] as const)
      expect(advance(state, events)).toMatchObject({
        left: { _tag: 'TimeWentBack', event, at: ['at'] },
      })
  })
})

describe('a call', () => {
  /** Cuts instants into calls; each number says how many instants the next call takes. */
  const cut = (
    instants: readonly (readonly StepEvent[])[],
    sizes: readonly number[],
  ): readonly (readonly StepEvent[])[] => {
    const calls: (readonly StepEvent[])[] = []
    let from = 0
    for (let i = 0; from < instants.length; i++) {
      const size = sizes[i % sizes.length]!
      calls.push(instants.slice(from, from + size).flat())
      from += size
    }
    return calls
  }
  const anySizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
  const splits = (go: typeof advance) =>
    fc.property(anyDrafts, anySizes, (drafts, sizes) => {
      const instants = validEvents(drafts)
      expect(outcome(cut(instants, sizes), go)).toEqual(outcome([instants.flat()], go))
    })
  it('is the same as several, split between instants', () => {
    fc.assert(splits(advance), { numRuns: 300 })
  })
  it('is refuted when timers only fire at the end of a call', () => {
    const late: typeof advance = (state, events) => {
      const last = events.at(-1)
      return advance(
        state,
        events.map((event) => ({ ...event, at: last!.at })),
      )
    }
    expect(isRefuted(splits(late))).toBe(true)
  })

  /** The events with those about different objects the other way round. */
  const turned = (events: readonly StepEvent[]): readonly StepEvent[] => {
    const subjectOf = (event: StepEvent): string => {
      const { at: _at, _tag, ...fields } = event
      if ('replica' in fields) return `replica ${fields.replica}`
      if ('name' in fields) return `node ${fields.name}`
      return 'about' in fields ? `${fields.controller} ${fields.about}` : JSON.stringify(fields)
    }
    const subjects = [...new Set(events.map(subjectOf))].reverse()
    return subjects.flatMap((one) => events.filter((event) => subjectOf(event) === one))
  }
  const commutes = (go: typeof advance) =>
    fc.property(anyDrafts, (drafts) => {
      const instants = validEvents(drafts)
      expect(outcome(instants.map(turned), go)).toEqual(outcome(instants, go))
    })
  it('does not depend on the order of facts about different objects at one instant', () => {
    fc.assert(commutes(advance), { numRuns: 300 })
  })
  it('is refuted when each event is a pass', () => {
    const oneByOne: typeof advance = (state, events) => {
      let result = advance(state, [])
      for (const event of events)
        if (E.isRight(result)) result = advance(result.right.state, [event])
      return result
    }
    expect(isRefuted(commutes(oneByOne))).toBe(true)
  })

  const isOfReplica = (event: StepEvent): boolean =>
    'replica' in event || event._tag === 'OrderFailed'
  /** A fact that comes twice, at once or as late as it can be. */
  const repeats = (go: typeof advance) =>
    fc.property(anyDrafts, fc.nat(), (drafts, pick) => {
      const instants = validEvents(drafts)
      const twice = instants.map((events) =>
        events.flatMap((event) => (isOfReplica(event) ? [event, event] : [event])),
      )
      expect(outcome(twice, go)).toEqual(outcome(instants, go))
      const facts = instants.flat().filter(isOfReplica)
      if (facts.length === 0) return
      const before = run(instants.flat()).state
      const { at } = tick(before.now + 1)
      const late = getOrThrow(go(before, [{ ...facts[pick % facts.length]!, at }]))
      const quiet = getOrThrow(go(before, [tick(at)]))
      expect(late.effects).toEqual(quiet.effects)
      expect(picture(late.state.cluster)).toEqual(picture(quiet.state.cluster))
      // A cluster counts the batches, also those that changed nothing.
      const { cluster } = before
      expect(hashOf({ ...late.state, cluster })).toBe(hashOf({ ...quiet.state, cluster }))
    })
  it('is the same when facts about replicas and orders are repeated', () => {
    fc.assert(repeats(advance), { numRuns: 300 })
  })
  it('is refuted when a late fact is taken for one about the next replica of a row', () => {
    const rows = 67_108_864
    const careless: typeof advance = (state, events) => {
      const { cluster } = state
      const replicas = nodeIds(cluster).flatMap((node) => replicasOn(cluster, node))
      const sameRow = (id: number) => replicas.find((one) => one.id % rows === id % rows)?.id ?? id
      return advance(
        state,
        events.map((event) =>
          'replica' in event ? { ...event, replica: sameRow(event.replica) as never } : event,
        ),
      )
    }
    expect(isRefuted(repeats(careless))).toBe(true)
  })

  const keepsTheOld = (go: typeof advance) =>
    fc.property(anyDrafts, (drafts) => {
      const [before, ...rest] = validEvents(drafts)
      const { state } = run(before!)
      const hash = hashOf(state)
      const first = hashOf(getOrThrow(go(state, rest.flat())).state)
      expect(hashOf(state)).toBe(hash)
      expect(hashOf(getOrThrow(go(state, rest.flat())).state)).toBe(first)
    })
  it('keeps the old state', () => fc.assert(keepsTheOld(advance), { numRuns: 200 }))
  it('is refuted when the old state changes', () => {
    const writing: typeof advance = (state, events) => {
      const result = advance(state, events)
      if (E.isRight(result)) Object.assign(state, result.right.state)
      return result
    }
    expect(isRefuted(keepsTheOld(writing))).toBe(true)
  })
})

describe('a state whose cluster is taken', () => {
  /** Each call gives up the state before it. */
  const streams = (go: typeof advance) =>
    fc.property(anyDrafts, (drafts) => {
      const spending: typeof advance = (state, events) =>
        go({ ...state, cluster: take(state.cluster) }, events)
      const instants = validEvents(drafts)
      expect(outcome(instants, spending)).toEqual(outcome(instants))
    })
  it('gives the same', () => fc.assert(streams(advance), { numRuns: 200 }))
  it('is refuted when what was given up is used again', () => {
    const greedy: typeof advance = (state, events) => {
      advance(state, events)
      return advance(state, events)
    }
    expect(isRefuted(streams(greedy))).toBe(true)
  })
})

describe('a fault', () => {
  const { state } = run([...begin, tellAt(10, 'web', { start: 2, of: 'small' })])
  const good: readonly StepEvent[] = [
    joinAt(11, 'b', 2),
    tellAt(12, 'job', { start: 3, of: 'small' }),
    eventAt(13, { _tag: 'ReplicaRunning', replica: 0 as never }),
    eventAt(13, { _tag: 'NodeLeft', name: 'a' }),
    tick(14),
  ]
  it.each([
    [eventAt(14, { _tag: 'NodeLeft', name: 'c' }), 'UnknownNode'],
    [tellAt(15, 'x', { intent: { _tag: 'Stop', replica: 99 } }), 'BadIntent'],
    [tellAt(15, 'x', { fail: 'report' }), 'BadReport'],
    [tick(13), 'TimeWentBack'],
    [{ _tag: 'NodeGone', at: 15 } as never, 'UnknownEvent'],
  ])('after several passes applies nothing: %j', (wrong, _tag) => {
    const [hash, version] = [hashOf(state), state.cluster.version]
    expect(advance(state, [...good, wrong])).toMatchObject({ left: { _tag, event: 5 } })
    expect([hashOf(state), state.cluster.version]).toEqual([hash, version])
    expect(E.isRight(advance(state, good))).toBe(true)
  })
  const wrongs: readonly (readonly [WithoutAt, StepFaultTag])[] = [
    [{ _tag: 'NodeGone' } as never, 'UnknownEvent'],
    [{ _tag: 'NodeLeft' } as never, 'BadEvent'],
    [{ _tag: 'NodeLeft', name: 'c' }, 'UnknownNode'],
    [{ _tag: 'NodeChanged', name: 'c', node: { capacity: {} } }, 'UnknownNode'],
    [{ _tag: 'NodeJoined', name: 'a', node: { capacity: { cpu: 5 } } }, 'DuplicateNode'],
    [{ _tag: 'NodeJoined', name: 'c', node: { capacity: { cpu: -1 } } }, 'BadEvent'],
    [{ _tag: 'NodeJoined', name: 'c', node: { capacity: {} }, pool: 'none' }, 'UnknownPool'],
    [{ _tag: 'ReplicaRunning', replica: 99 as never }, 'UnknownReplica'],
    [{ _tag: 'ReplicaLeaving', replica: 99 as never }, 'UnknownReplica'],
    [{ _tag: 'ReplicaStopped', replica: 99 as never }, 'UnknownReplica'],
    [{ _tag: 'OrderFailed', order: 99, because: '' }, 'UnknownOrder'],
    [{ _tag: 'Reported', controller: 'x', about: '', report: 0 }, 'UnknownController'],
    [
      { _tag: 'Reported', controller: 'script', about: '', report: { fail: 'report' } },
      'BadReport',
    ],
    [{ _tag: 'Reported', controller: 'script', about: '', report: 0, order: 99 }, 'UnknownOrder'],
  ]
  it.each(wrongs)('names the position and the kind, wherever it stands: %j', (wrong, _tag) => {
    const hash = hashOf(state)
    for (let event = 0; event <= good.length; event++) {
      // While a is there; its departure is in the middle of the instant 13.
      const at = Math.min(good[event]?.at ?? 14, wrong._tag === 'NodeJoined' ? 12 : 14)
      const events = [...good.slice(0, event), eventAt(at, wrong), ...good.slice(event)]
      if (wrong._tag === 'NodeJoined' && event > 2) continue
      expect(advance(state, events)).toMatchObject({ left: { _tag, event } })
      expect(hashOf(state)).toBe(hash)
    }
  })
  it('of an intent names the first event of its instant, and the controller', () => {
    const intent = { _tag: 'Start', owner: 'web', class: 99, count: 1 }
    const wrong = tellAt(13, 'x', { intent }, 'second')
    expect(advance(state, [...good.slice(0, 4), wrong, ...good.slice(4)])).toMatchObject({
      left: {
        ...{ _tag: 'BadIntent', event: 2, controller: 'second', at: ['intents', 0, 'class'] },
        ...{ found: '99', expected: 'the id of a class' },
      },
    })
  })
  it('of a controller at a timer names the event whose instant made it fire', () => {
    const timed = run([tellAt(11, 'x', { wakeAt: 15 })], state).state
    const bad = run([tellAt(12, 'x', { wakeAt: 20 })], timed).state
    expect(timesOf(run([tick(12), tick(30)], bad).state).slice(-3)).toEqual([15, 20, 30])
  })
  it.each(['learning', 'deciding'] as const)('thrown while %s passes through', (fail) => {
    const hash = hashOf(state)
    expect(() => advance(state, [...good, tellAt(15, 'x', { fail })])).toThrow('of the author')
    expect(hashOf(state)).toBe(hash)
    expect(E.isRight(advance(state, good))).toBe(true)
  })
})

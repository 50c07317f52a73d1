/**
 * Tests the order of the events of one instant: it does not depend on how events about different
 * objects are interleaved.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReplicaId } from '../rule/id.js'
import type { StepEvent } from '../time/event.js'
import { inEventOrder } from './event-order.js'
import { eventAt } from '../step/step.fixture.js'

const anyEvent: fc.Arbitrary<StepEvent> = fc
  .tuple(fc.nat(9), fc.nat(2), fc.nat(99))
  .map(([kind, subject, version]) => {
    const [name, node] = [['a', 'b', 'B'][subject]!, version]
    const replica = subject as ReplicaId
    const about = name
    const events: readonly Parameters<typeof eventAt>[1][] = [
      { _tag: 'ClockAdvanced' },
      { _tag: 'NodeJoined', name, node },
      { _tag: 'NodeChanged', name, node },
      { _tag: 'NodeLeft', name },
      { _tag: 'ReplicaRunning', replica },
      { _tag: 'ReplicaLeaving', replica },
      { _tag: 'ReplicaStopped', replica, because: String(version) },
      { _tag: 'OrderFailed', order: subject, because: String(version) },
      { _tag: 'Reported', controller: 'x', about, report: version },
      { _tag: 'Reported', controller: 'y', about, report: version },
    ]
    return eventAt(5, events[kind]!)
  })

/** The object that an event is about. */
const subjectOf = (event: StepEvent): string => {
  switch (event._tag) {
    case 'ClockAdvanced':
      return 'clock'
    case 'NodeJoined':
    case 'NodeChanged':
    case 'NodeLeft':
      return `node ${event.name}`
    case 'OrderFailed':
      return `order ${event.order}`
    case 'Reported':
      return `object ${event.controller} ${event.about}`
    default:
      return `replica ${event.replica}`
  }
}

/** The events by their objects, the objects in the given order: another mix of the same facts. */
const mixed = (events: readonly StepEvent[], seed: number): readonly StepEvent[] => {
  const subjects = [...new Set(events.map(subjectOf))]
  const turned = subjects.map((_, i) => subjects[(i * 7 + seed) % subjects.length]!)
  const order = [...new Set([...turned, ...subjects])]
  return order.flatMap((subject) => events.filter((event) => subjectOf(event) === subject))
}
const isFact = ({ _tag }: StepEvent): boolean => _tag !== 'ClockAdvanced'
const orderedFacts = (events: readonly StepEvent[]): readonly StepEvent[] =>
  Array.from(inEventOrder({ events, from: 0, to: events.length }), (position) => events[position]!)

const commutes = (order: typeof orderedFacts) =>
  fc.property(fc.array(anyEvent, { maxLength: 8 }), fc.nat(20), (events, seed) => {
    expect(order(mixed(events, seed))).toEqual(order(events))
    // None is lost, and those about one object keep their order.
    const facts = events.filter(isFact)
    for (const subject of new Set(facts.map(subjectOf)))
      expect(order(events).filter((event) => subjectOf(event) === subject)).toEqual(
        facts.filter((event) => subjectOf(event) === subject),
      )
  })

it('does not depend on how facts about different objects are mixed', () => {
  fc.assert(commutes(orderedFacts), { numRuns: 1000 })
})
it('is refuted when facts stay as they were reported', () => {
  expect(isRefuted(commutes((events) => events.filter(isFact)))).toBe(true)
})
it('is refuted when facts about one object change places', () => {
  expect(isRefuted(commutes((events) => orderedFacts([...events].reverse())))).toBe(true)
})
it('lets nodes join before what is reported of them, and leave after it', () => {
  const [left, joined, report] = [
    eventAt(5, { _tag: 'NodeLeft', name: 'a' }),
    eventAt(5, { _tag: 'NodeJoined', name: 'a', node: 1 }),
    eventAt(5, { _tag: 'Reported', controller: 'x', about: 'a', report: 1 }),
  ]
  expect(orderedFacts([report, joined])).toEqual([joined, report])
  expect(orderedFacts([left, report])).toEqual([report, left])
  expect(orderedFacts([left, report, joined])).toEqual([left, joined, report])
  expect(orderedFacts([joined, left, report])).toEqual([joined, report, left])
})
it('orders the events of a group by their positions in the call', () => {
  const events = ['c', 'b', 'a'].map((name) => eventAt(5, { _tag: 'NodeLeft', name }))
  const group = { from: 1, to: 3 }
  expect(Array.from(inEventOrder({ events, ...group }))).toEqual([2, 1])
  const ofReplicas = [7, 5, 3].map((replica) =>
    eventAt(5, { _tag: 'ReplicaRunning', replica: replica as ReplicaId }),
  )
  expect(Array.from(inEventOrder({ events: ofReplicas, ...group }))).toEqual([2, 1])
})

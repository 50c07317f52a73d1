/**
 * Orders the events of one instant by what they are about, so that facts about different objects
 * commute to the last bit: rows are given, and words are interned, in this order. Events about the
 * same object stay in the order in which they were reported.
 */
import { byCodeUnit } from '../rule/text-order.js'
import type { EventOf, EventTag, StepEvent } from '../time/event.js'

/** An event with its position in the call. */
export interface PositionedEvent {
  readonly event: StepEvent
  readonly position: number
}

/**
 * Reports first, by controller and object, as they define what others use; then nodes by name,
 * replicas by id, and orders by number. The sort is stable.
 */
export const inEventOrder = (events: readonly PositionedEvent[]): readonly PositionedEvent[] => {
  if (events.length < 2) return events
  const parts: PositionedEvent[][] = comparisons.map(() => [])
  for (const each of events) parts[ranks[each.event._tag]]!.push(each)
  return parts.flatMap((part, rank) => (part.length < 2 ? part : part.sort(comparisons[rank])))
}

const ranks: Readonly<Record<EventTag, number>> = {
  Reported: 0,
  NodeJoined: 1,
  NodeChanged: 1,
  NodeLeft: 1,
  ReplicaRunning: 2,
  ReplicaLeaving: 2,
  ReplicaStopped: 2,
  OrderFailed: 3,
  ClockAdvanced: 4,
}

type Compare = (a: PositionedEvent, b: PositionedEvent) => number

const comparing =
  <Tag extends EventTag>(compare: (a: EventOf<Tag>, b: EventOf<Tag>) => number): Compare =>
  (a, b) =>
    compare(a.event as EventOf<Tag>, b.event as EventOf<Tag>)

/** One per rank, for the events of that rank. */
const comparisons: readonly Compare[] = [
  comparing<'Reported'>(
    (a, b) => byCodeUnit(a.controller, b.controller) || byCodeUnit(a.about, b.about),
  ),
  comparing<'NodeLeft'>((a, b) => byCodeUnit(a.name, b.name)),
  comparing<'ReplicaStopped'>((a, b) => a.replica - b.replica),
  comparing<'OrderFailed'>((a, b) => a.order - b.order),
  () => 0,
]

/**
 * Orders the events of one instant by what they are about, so that facts about different objects
 * commute to the last bit: rows are given, and words are interned, in this order. Events about the
 * same object stay in the order in which they were reported.
 */
import { byCodeUnit } from '../rule/text-order.js'
import type { StepEvent } from '../time/event.js'

/** An event with its position in the call. */
export interface PositionedEvent {
  readonly event: StepEvent
  readonly position: number
}

/**
 * Reports first, by controller and object, as they define what others use; then nodes by name,
 * replicas by id, and orders by number.
 */
export const inEventOrder = (events: readonly PositionedEvent[]): readonly PositionedEvent[] =>
  events.length < 2 ? events : [...events].sort((a, b) => compareSubjects(a.event, b.event))

const compareSubjects = (a: StepEvent, b: StepEvent): number => {
  const rank = ranks[a._tag] - ranks[b._tag]
  if (rank !== 0) return rank
  if ('replica' in a && 'replica' in b) return a.replica - b.replica
  if ('order' in a && 'order' in b) return a.order - b.order
  if ('name' in a && 'name' in b) return byCodeUnit(a.name, b.name)
  if ('about' in a && 'about' in b)
    return byCodeUnit(a.controller, b.controller) || byCodeUnit(a.about, b.about)
  return 0
}

const ranks: Readonly<Record<StepEvent['_tag'], number>> = {
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

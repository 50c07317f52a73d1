/**
 * Sorts the events of one instant by the object that each event is about, such as a node. So the
 * next state does not depend on the order of the reports. Events about the same object keep their
 * order.
 */
import { byCodeUnit } from '../rule/text-order.js'
import type { EventOf, EventTag, StepEvent } from '../time/event.js'
import { risingPositions } from './number-order.js'

/** Events of one instant: a part of a call, from a position up to another one without it. */
export interface EventGroup {
  readonly events: readonly StepEvent[]
  readonly from: number
  readonly to: number
}

/**
 * The positions of the facts of a group in the order in which they are folded:
 * 1. nodes that join or change, by name: a report may say what runs on them;
 * 2. reports, by controller and object;
 * 3. nodes that leave for good, by name: until then a report may be about what they held;
 * 4. replicas by id, and orders by number.
 *
 * A node that leaves and joins again does both first. That time passes is no fact.
 *
 * Events are applied, rows allocated and words (texts) interned in this order, so that the states
 * are equal to the last bit.
 */
export const inEventOrder = (group: EventGroup): ArrayLike<number> => {
  const { events, from, to } = group
  if (areOfReplicas(group)) return replicasInOrder(group)
  const [reports, nodes, replicas, orders]: number[][] = [[], [], [], []]
  for (let position = from; position < to; position++)
    switch (events[position]!._tag) {
      case 'Reported':
        reports!.push(position)
        break
      case 'NodeJoined':
      case 'NodeChanged':
      case 'NodeLeft':
        nodes!.push(position)
        break
      case 'ReplicaRunning':
      case 'ReplicaLeaving':
      case 'ReplicaStopped':
        replicas!.push(position)
        break
      case 'OrderFailed':
        orders!.push(position)
        break
      case 'ClockAdvanced':
    }
  const byName = sortPositions<'NodeLeft'>(events, nodes!, (a, b) => byCodeUnit(a.name, b.name))
  return [
    ...byName.filter((_, i) => !isDeparture(events, byName, i)),
    ...sortPositions<'Reported'>(
      events,
      reports!,
      (a, b) => byCodeUnit(a.controller, b.controller) || byCodeUnit(a.about, b.about),
    ),
    ...byName.filter((_, i) => isDeparture(events, byName, i)),
    ...ascendingPositions<'ReplicaStopped'>(events, replicas!, ({ replica }) => replica),
    ...ascendingPositions<'OrderFailed'>(events, orders!, ({ order }) => order),
  ]
}

/** Whether all events are about replicas: a call may have thousands of them, and nothing else. */
const areOfReplicas = ({ events, from, to }: EventGroup): boolean => {
  for (let position = from; position < to; position++)
    if (!('replica' in events[position]!)) return false
  return true
}

const replicasInOrder = ({ events, from, to }: EventGroup): ArrayLike<number> => {
  const ids = new Float64Array(to - from)
  for (let i = 0; i < ids.length; i++)
    ids[i] = (events[from + i] as EventOf<'ReplicaRunning'>).replica
  const order = risingPositions(ids)
  for (let i = 0; i < order.length; i++) order[i]! += from
  return order
}

/** Whether a node leaves, and this is the last of its events. */
const isDeparture = (
  events: readonly StepEvent[],
  byName: readonly number[],
  i: number,
): boolean => {
  const event = events[byName[i]!] as NodeEvent
  const next = events[byName[i + 1] ?? -1] as NodeEvent | undefined
  return event._tag === 'NodeLeft' && next?.name !== event.name
}
type NodeEvent = EventOf<'NodeJoined' | 'NodeChanged' | 'NodeLeft'>

/** Sorts positions in place; the sort is stable. */
const sortPositions = <Tag extends EventTag>(
  events: readonly StepEvent[],
  positions: number[],
  compare: (a: EventOf<Tag>, b: EventOf<Tag>) => number,
): readonly number[] =>
  positions.sort((a, b) => compare(events[a] as EventOf<Tag>, events[b] as EventOf<Tag>))

/** The positions by a number of their events. A step may have many, so it is read once for each. */
const ascendingPositions = <Tag extends EventTag>(
  events: readonly StepEvent[],
  positions: readonly number[],
  numberOf: (event: EventOf<Tag>) => number,
): readonly number[] => {
  if (positions.length < 2) return positions
  const order = risingPositions(
    positions.map((position) => numberOf(events[position] as EventOf<Tag>)),
  )
  return positions.map((_, i) => positions[order[i]!]!)
}

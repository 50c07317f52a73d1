/**
 * Checks the shape of an event: callers without types, and logs, may hand in anything. What an
 * event is about is looked up where it is folded in.
 */
import { optional, record, tagged, which, type Check } from '../check/shape.js'
import { isInstant } from '../rule/instant.js'
import type { EventOf, EventTag } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'

const textWith = (expected: string): Check => which((value) => typeof value === 'string', expected)
const numberOf = (expected: string): Check =>
  which((value) => Number.isSafeInteger(value) && (value as number) >= 0, expected)
const anyValue: Check = () => undefined

const at = which(isInstant, 'whole milliseconds since 1970')
const name = textWith('the name of a node')
const replica = numberOf('the id of a replica, as an effect gave it')
const because = textWith('a text that says why')

const checksByTag: { readonly [Tag in EventTag]: Check } = {
  ClockAdvanced: record<EventOf<'ClockAdvanced'>>({ at }),
  NodeJoined: record<EventOf<'NodeJoined'>>({
    ...{ at, name, node: anyValue },
    pool: optional(textWith('the name of a pool')),
  }),
  NodeChanged: record<EventOf<'NodeChanged'>>({ at, name, node: anyValue }),
  NodeLeft: record<EventOf<'NodeLeft'>>({ at, name }),
  ReplicaRunning: record<EventOf<'ReplicaRunning'>>({ at, replica }),
  ReplicaLeaving: record<EventOf<'ReplicaLeaving'>>({ at, replica }),
  ReplicaStopped: record<EventOf<'ReplicaStopped'>>({ at, replica, because: optional(because) }),
  OrderFailed: record<EventOf<'OrderFailed'>>({
    at,
    order: numberOf('the number of an order, as an effect gave it'),
    because,
  }),
  Reported: record<EventOf<'Reported'>>({
    at,
    controller: textWith('the name of a controller'),
    about: textWith('the name of an object'),
    report: anyValue,
  }),
}

const checkAny = tagged(checksByTag)
const noNames = new Map<number, string>()
const noSymbols = { words: noNames, dimensions: noNames, masks: noNames, columns: noNames }

/** What is wrong with a value that should be an event, or `undefined`. */
export const checkEvent = (value: unknown): FoldFault | undefined => {
  const wrong = checkAny(value, [], noSymbols)
  if (wrong === undefined) return undefined
  return { _tag: wrong.at[0] === '_tag' ? 'UnknownEvent' : 'BadEvent', ...wrong }
}

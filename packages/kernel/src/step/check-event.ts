/**
 * Checks the shape of an event: callers without types, and logs, may hand in anything. What an
 * event is about is looked up where it is folded in.
 */
import { isInstant } from '../rule/instant.js'
import { shown, type Malformed } from '../rule/malformed.js'
import type { EventTag, StepEvent } from './event.js'
import type { StepFaultTag } from './fault.js'

type Wrong = Malformed & { readonly _tag: StepFaultTag }
type FieldCheck = readonly [passes: (value: unknown) => boolean, expected: string]

const isText = (value: unknown): boolean => typeof value === 'string'
const name: FieldCheck = [isText, 'the name of a node']
const optionalText = (expected: string): FieldCheck => [
  (value) => value === undefined || isText(value),
  expected,
]
const id: FieldCheck = [
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'a number that an effect gave',
]
const anyValue: FieldCheck = [() => true, 'anything']
const replica = { replica: id }

const fieldsOf: Readonly<Record<EventTag, Readonly<Record<string, FieldCheck>>>> = {
  ClockAdvanced: {},
  NodeJoined: { name, node: anyValue, pool: optionalText('the name of a pool') },
  NodeChanged: { name, node: anyValue },
  NodeLeft: { name },
  ReplicaRunning: replica,
  ReplicaLeaving: replica,
  ReplicaStopped: { ...replica, because: optionalText('a text') },
  OrderFailed: { order: id, because: [isText, 'a text'] },
  Reported: {
    controller: [isText, 'the name of a controller'],
    about: [isText, 'the name of an object'],
    report: anyValue,
  },
}

/** The tags of all events, for messages. */
export const eventTags = Object.keys(fieldsOf) as readonly EventTag[]

/** What is wrong with a value that should be an event, or `undefined`. */
export const wrongInEvent = (value: unknown): Wrong | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { _tag: 'BadEvent', at: [], found: shown(value), expected: 'an event' }
  const event = value as Readonly<Record<string, unknown>> & Pick<StepEvent, '_tag'>
  if (typeof event._tag !== 'string' || !Object.hasOwn(fieldsOf, event._tag))
    return {
      ...{ _tag: 'UnknownEvent', at: ['_tag'], found: shown(event._tag) },
      expected: `one of ${eventTags.join(', ')}`,
    }
  const fields = fieldsOf[event._tag]
  if (!isInstant(event['at'])) return bad('at', event['at'], 'whole milliseconds since 1970')
  for (const [key, [passes, expected]] of Object.entries(fields))
    if (!passes(event[key])) return bad(key, event[key], expected)
  const surplus = Object.keys(event).find(
    (key) => key !== '_tag' && key !== 'at' && !Object.hasOwn(fields, key),
  )
  return surplus === undefined ? undefined : bad(surplus, event[surplus], 'no such field')
}

const bad = (key: string, found: unknown, expected: string): Wrong => ({
  ...{ _tag: 'BadEvent', at: [key] },
  ...{ found: shown(found), expected },
})

/**
 * Checks that an event has exactly the fields of its kind, with values of the right types, because
 * a log or a JavaScript caller may pass any value. Whether the named node, replica or order (a
 * command to the caller) exists is checked later, when the event is applied.
 */
import { isObject, malformedValue, optional, fromPredicate, type Check } from '../check/shape.js'
import { isInstant } from '../rule/instant.js'
import type { MalformedValue } from '../rule/malformed.js'
import type { EventOf, EventTag } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'

const textWith = (expected: string): Check =>
  fromPredicate((value) => typeof value === 'string', expected)
const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const numberOf = (expected: string): Check => fromPredicate(isNumber, expected)
const anyValue: Check = () => undefined

const at = fromPredicate(isInstant, 'whole milliseconds since 1970')
const name = textWith('the name of a node')
const replica = numberOf('the id of a replica, as an effect gave it')
const because = textWith('a text that says why')

type FieldChecks<Tag extends EventTag> = {
  readonly [Key in Exclude<keyof EventOf<Tag>, '_tag'>]-?: Check
}
const fieldsByTag: { readonly [Tag in EventTag]: FieldChecks<Tag> } = {
  ClockAdvanced: { at },
  NodeJoined: {
    ...{ at, name, node: anyValue },
    pool: optional(textWith('the name of a pool')),
  },
  NodeChanged: { at, name, node: anyValue },
  NodeLeft: { at, name },
  ReplicaRunning: { at, replica },
  ReplicaLeaving: { at, replica },
  ReplicaStopped: { at, replica, because: optional(because) },
  OrderFailed: { at, order: numberOf('the number of an order, as an effect gave it'), because },
  Reported: {
    at,
    controller: textWith('the name of a controller'),
    about: textWith('the name of an object'),
    report: anyValue,
    order: optional(numberOf('the number of an order, as an effect gave it')),
  },
}
interface FieldCheck {
  readonly key: string
  readonly check: Check
}
const checksByTag = new Map<unknown, readonly FieldCheck[]>(
  Object.entries(fieldsByTag).map(([tag, fields]) => [
    tag,
    Object.entries<Check>(fields).map(([key, check]) => ({ key, check })),
  ]),
)

const noNames = new Map<number, string>()
const noSymbols = { words: noNames, dimensions: noNames, masks: noNames, columns: noNames }
const rootPath: MalformedValue['at'] = []

/** What is wrong with a value that should be an event, or `undefined`. */
export const checkEvent = (value: unknown): FoldFault | undefined => {
  if (isPlainReplicaFact(value)) return undefined
  if (!isObject(value)) return { _tag: 'BadEvent', ...malformedValue(rootPath, value, 'an event') }
  const checks = checksByTag.get(value['_tag'])
  if (checks === undefined) {
    const expected = `one of ${[...checksByTag.keys()].join(', ')}`
    return { _tag: 'UnknownEvent', ...malformedValue(['_tag'], value['_tag'], expected) }
  }
  let count = 1
  for (const { key, check } of checks) {
    const field = value[key]
    const wrong = check(field, rootPath, noSymbols)
    if (wrong !== undefined) return { _tag: 'BadEvent', ...wrong, at: [key, ...wrong.at] }
    if (field !== undefined || key in value) count++
  }
  const keys = Object.keys(value)
  if (keys.length === count) return undefined
  const surplus = keys.find((key) => key !== '_tag' && !checks.some((one) => one.key === key))
  return surplus === undefined
    ? undefined
    : { _tag: 'BadEvent', ...malformedValue([surplus], value[surplus], 'no such field') }
}

/**
 * Whether a value is a fact about a replica without a reason. A call may have thousands of them,
 * and reading fields by constant names costs a tenth of reading them from a table.
 */
const isPlainReplicaFact = (value: unknown): boolean => {
  const { _tag, at, replica } = (value ?? {}) as {
    readonly [Key in keyof EventOf<'ReplicaRunning'>]?: unknown
  }
  return (
    (_tag === 'ReplicaRunning' || _tag === 'ReplicaStopped' || _tag === 'ReplicaLeaving') &&
    isInstant(at) &&
    isNumber(replica) &&
    hasFields(value as object, 3)
  )
}

/**
 * Whether an object has so many fields, those of its prototype included. A list of their names
 * would be most of the cost of a check.
 */
const hasFields = (value: object, count: number): boolean => {
  let left = count
  for (const _ in value) left--
  return left === 0
}

/**
 * What is wrong with a value: where in it, and what was expected there. What was found is looked up
 * in the value as it was given, unless the complaint says it.
 */
import { shown, type Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { Codec } from './codec.js'
import { own } from './record.js'

export type Path = readonly (string | number)[]

export interface Complaint {
  readonly at: Path
  readonly expected: string
  readonly found?: string
}

/** What a codec reads in a value, or all that it complains of. */
export const decode = <Value>(
  codec: Codec<Value>,
  value: unknown,
): E.Either<readonly Complaint[], Value> =>
  E.mapLeft((errors: t.Errors) => errors.map(complaintOf))(codec.decode(value))

/**
 * The innermost codec is the one that failed. No codec here adds steps of its own to the path, as
 * unions do.
 */
const complaintOf = ({ context }: t.ValidationError): Complaint => ({
  at: context.slice(1).map(({ key }, i) => (Array.isArray(context[i]!.actual) ? Number(key) : key)),
  expected: context[context.length - 1]!.type.name,
})

export const malformed = (value: unknown, { at, expected, found }: Complaint): Malformed => ({
  at,
  found: found ?? shown(valueAt(value, at)),
  expected,
})

export const valueAt = (value: unknown, at: Path): unknown =>
  at.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null ? own(inside, step) : undefined,
    value,
  )

/** A complaint for every item that has the key of an earlier one. */
export const repeated = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  complain: (item: Item, index: number) => Complaint,
): readonly Complaint[] => {
  const seen = new Set<string>()
  return items.flatMap((item, index) => {
    if (seen.has(keyOf(item))) return [complain(item, index)]
    seen.add(keyOf(item))
    return []
  })
}

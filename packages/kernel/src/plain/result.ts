/**
 * Defines `Result`, the outcome of a change that may fail, as a plain tagged value, and a function
 * that returns the value or throws.
 */
import { renderValue } from '../rule/malformed.js'

/** `Done` with a value, or `Failed` with a fault, after which nothing has changed. */
export type Result<Value, Wrong> =
  | { readonly _tag: 'Done'; readonly value: Value }
  | { readonly _tag: 'Failed'; readonly fault: Wrong }

/**
 * The value of a `Done`. Throws an `Error` with the fault as JSON for a `Failed`, which is then a
 * bug of the caller's.
 */
export const getOrThrow = <Value>(came: Result<Value, unknown>): Value => {
  // The compiler believes the type; at run time this may be anything.
  const result = came as Result<Value, unknown> | { readonly _tag?: 'Left' | 'Right' } | null
  if (result?._tag === 'Done') return result.value
  if (result?._tag === 'Failed') throw new Error(`stowage: ${JSON.stringify(result.fault)}`)
  throw new Error(`stowage: ${noResult(result)}`)
}

/** What a caller without types handed in, and what to use instead. */
const noResult = (found: { readonly _tag?: unknown } | null): string =>
  found?._tag === 'Left' || found?._tag === 'Right'
    ? `this is an Either (${found._tag}): take \`getOrThrow\` from \`@stowage/kernel\``
    : `expected a Result, found ${renderValue(found)}`

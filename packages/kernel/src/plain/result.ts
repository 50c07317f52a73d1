/**
 * Defines `Result`, the outcome of a change that may fail, as a plain tagged value, and a function
 * that returns the value or throws.
 */

/** `Done` with a value, or `Failed` with a fault, after which nothing has changed. */
export type Result<Value, Wrong> =
  | { readonly _tag: 'Done'; readonly value: Value }
  | { readonly _tag: 'Failed'; readonly fault: Wrong }

/**
 * The value of a `Done`. Throws an `Error` with the fault as JSON for a `Failed`, which is then a
 * bug of the caller's.
 */
export const getOrThrow = <Value>(came: Result<Value, unknown>): Value => {
  if (came._tag === 'Done') return came.value
  throw new Error(`stowage: ${JSON.stringify(came.fault)}`)
}

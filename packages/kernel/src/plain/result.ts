/**
 * What came of something that may not apply: a plain tagged value.
 */

/** Done, with what it gave; or failed, with what is wrong, and then nothing has changed. */
export type Result<Value, Wrong> =
  | { readonly _tag: 'Done'; readonly value: Value }
  | { readonly _tag: 'Failed'; readonly fault: Wrong }

/**
 * What a caller has made certain beforehand, such as a node of a new name or a class of known
 * words. A failure there is a mistake of the caller's, not an answer, and throws.
 */
export const getOrThrow = <Value>(came: Result<Value, unknown>): Value => {
  if (came._tag === 'Done') return came.value
  throw new Error(`stowage: ${JSON.stringify(came.fault)}`)
}

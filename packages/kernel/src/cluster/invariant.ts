/**
 * Defines an assertion: `invariant(holds, message)` throws if `holds` is false, because of a bug in
 * the kernel or a caller that breaks its contract. The kernel never catches the error.
 */
/**
 * Throws an `Error` with the message when the condition does not hold. On hot paths, test first and
 * call `invariant(false, …)` only on failure, so that the message is not built in vain.
 */
export function invariant(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(`stowage: ${otherwise}`)
}

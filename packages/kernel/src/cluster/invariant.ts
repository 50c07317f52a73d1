/**
 * The kernel contradicting itself, or a caller breaking the one-owner rule of a spent cluster or a
 * closed draft. Nobody inside the kernel catches it: what follows from a broken invariant is not an
 * answer. Where every event comes by, it is called when nothing holds any more, so that nobody puts
 * words together that are not said.
 */
export function invariant(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(`stowage: ${otherwise}`)
}

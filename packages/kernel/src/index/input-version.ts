/**
 * Checks whether a cached index still matches the masks (sets of nodes) and columns (a number per
 * node) that its class reads. These objects are replaced and never mutated, so their identities are
 * their version. A version may become current again when a trial is rolled back.
 */
import type { State } from '../cluster/state.js'
import type { ColumnId, MaskId } from '../rule/id.js'

/** The mask and column objects that were current. Compare with `isSameInputVersion`. */
export type InputVersion = readonly unknown[]

export const inputVersionOf = (
  { masks, columns }: { readonly masks: readonly MaskId[]; readonly columns: readonly ColumnId[] },
  { inputs }: State,
): InputVersion => [
  ...masks.map((mask) => inputs.members.get(mask)),
  ...columns.map((column) => inputs.numbers.get(column)),
]

export const isSameInputVersion = (a: InputVersion, b: InputVersion): boolean =>
  a.length === b.length && a.every((input, i) => input === b[i])

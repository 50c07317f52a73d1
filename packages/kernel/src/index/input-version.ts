/**
 * Checks whether a cached index is still valid: the masks (sets of nodes) and columns (a number per
 * node) that it was built from must still be the current ones. Masks and columns are replaced and
 * never mutated, so comparing object identities is enough.
 */
import type { State } from '../cluster/state.js'
import type { ColumnId, MaskId } from '../rule/id.js'

/**
 * The mask and column objects that were current. Compare with `isSameInputVersion`. A rollback of a
 * trial (changes that may be rolled back) restores the old objects, so an old version may match
 * again.
 */
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

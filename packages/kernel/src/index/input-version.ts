/**
 * Checks whether a cached index still matches the masks (sets of nodes) and columns (a number per
 * node) that its class reads. Masks and columns are replaced and never mutated, so their object
 * identities are compared.
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

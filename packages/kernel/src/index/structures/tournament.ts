/**
 * Implements a tournament tree in an array: each leaf is empty or holds the value of a node, and
 * each inner cell is the larger of its two children. Finding the best leaf or changing a value
 * takes log2(leafCount) steps. Among equal values the leftmost leaf is best.
 *
 * 1. `newTournament` creates a tree of empty leaves.
 * 2. `setLeaf` and `clearLeaf` change a leaf and recompute the cells above it.
 * 3. `bestLeaf` and `tiesBefore` read a tree that is not empty.
 */
import type { Amounts, Integers } from '../../cluster/column.js'

/**
 * Cell 1 is the root; cell `i` has the children `2 * i` and `2 * i + 1`. A change stops early where
 * an inner cell keeps its value. With tie counts the tree also tells how many leaves equal the
 * best.
 */
export interface Tournament {
  /** A power of two; leaf `i` is cell `leafCount + i`. */
  readonly leafCount: number
  readonly values: TournamentValues
  /** The value of an empty leaf, below every other. */
  readonly empty: number
  /** By cell: how many leaves below it equal its value. Undefined without tie counts. */
  readonly tieCounts: Integers | undefined
  /** How many leaves are not empty. */
  count: number
}

/** 16-bit values take a quarter of the memory of doubles, which large trees mostly wait for. */
type TournamentValues = Amounts | Int16Array<ArrayBuffer>

/** The largest absolute value that a tournament of 16-bit values holds. */
export const int16Max = 32_767

const int16Empty = -32_768

export interface TournamentOptions {
  /** True when all values are integers from -`int16Max` to `int16Max`. */
  readonly isInt16: boolean
  readonly hasTies: boolean
}

/** A tournament for so many nodes, all leaves empty. */
export const newTournament = (
  nodes: number,
  { isInt16, hasTies }: TournamentOptions,
): Tournament => {
  let leafCount = 1
  while (leafCount < nodes) leafCount *= 2
  const empty = isInt16 ? int16Empty : -Infinity
  const values = isInt16 ? new Int16Array(2 * leafCount) : new Float64Array(2 * leafCount)
  const tieCounts = hasTies ? new Int32Array(2 * leafCount) : undefined
  return { leafCount, values: values.fill(empty), empty, tieCounts, count: 0 }
}

/** Whether the leaf of this number is not empty. */
export const hasLeaf = ({ values, leafCount, empty }: Tournament, leaf: number): boolean =>
  values[leafCount + leaf]! !== empty

/** Gives a leaf a value, whether or not it had one. */
export const setLeaf = (tournament: Tournament, leaf: number, value: number): void => {
  if (!hasLeaf(tournament, leaf)) tournament.count++
  writeLeaf(tournament, leaf, value)
}

/** Empties a leaf; does nothing when it is empty. */
export const clearLeaf = (tournament: Tournament, leaf: number): void => {
  if (!hasLeaf(tournament, leaf)) return
  tournament.count--
  writeLeaf(tournament, leaf, tournament.empty)
}

const writeLeaf = (
  { leafCount, values, tieCounts }: Tournament,
  leaf: number,
  value: number,
): void => {
  if (tieCounts !== undefined) return writeLeafWithTies(leafCount, values, tieCounts, leaf, value)
  let at = leafCount + leaf
  values[at] = value
  while (at > 1) {
    const sibling = values[at ^ 1]!
    const own = values[at]!
    const better = own > sibling ? own : sibling
    at >>= 1
    if (values[at] === better) return
    values[at] = better
  }
}

const writeLeafWithTies = (
  leafCount: number,
  values: TournamentValues,
  tieCounts: Integers,
  leaf: number,
  value: number,
): void => {
  let at = leafCount + leaf
  values[at] = value
  tieCounts[at] = 1
  while (at > 1) {
    const [own, sibling] = [values[at]!, values[at ^ 1]!]
    const better = own > sibling ? own : sibling
    const ties =
      (own === better ? tieCounts[at]! : 0) + (sibling === better ? tieCounts[at ^ 1]! : 0)
    at >>= 1
    if (values[at] === better && tieCounts[at] === ties) return
    values[at] = better
    tieCounts[at] = ties
  }
}

/** The leftmost leaf with the best value. The tournament must not be empty. */
export const bestLeaf = ({ leafCount, values }: Tournament): number => {
  const best = values[1]!
  let at = 1
  while (at < leafCount) at = values[2 * at] === best ? 2 * at : 2 * at + 1
  return at - leafCount
}

/** How many leaves left of this one equal the best. The tournament must have tie counts. */
export const tiesBefore = ({ leafCount, values, tieCounts }: Tournament, leaf: number): number => {
  if (leaf >= leafCount) return tieCounts![1]!
  let [at, ties] = [leafCount + leaf, 0]
  while (at > 1) {
    if ((at & 1) === 1 && values[at - 1] === values[1]) ties += tieCounts![at - 1]!
    at >>= 1
  }
  return ties
}

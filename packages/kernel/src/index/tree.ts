/**
 * A tournament: nodes in a row, in the order of rank, each with a value or out of it, and above each two the better value of theirs.
 * So the best is found, and a value changed, in as many steps as the number of nodes has binary digits; among equals the first in
 * the row is best.
 */
import type { Amounts } from '../cluster/column.js'

/** At 1 the best of all; under each place its two, at twice its number and at one more; from `width` on the nodes themselves. */
export interface Tree {
  readonly width: number
  readonly values: Values
  /** How many nodes are in it. */
  count: number
}

/** Small whole numbers are kept apart, as a quarter of the memory is read in far less time. */
export type Values = Amounts | Int16Array<ArrayBuffer>

/** The most that a value may be, up or down, to be kept as a small one. */
export const smallMost = 32_767

export const newTree = (nodes: number, isSmall: boolean): Tree => {
  let width = 1
  while (width < nodes) width *= 2
  const values = isSmall ? new Int16Array(2 * width) : new Float64Array(2 * width)
  return { width, values: values.fill(isSmall ? outSmall : -Infinity), count: 0 }
}

const outSmall = -32_768

/** The value of what is out. */
const outOf = ({ values }: Tree): number => (values instanceof Int16Array ? outSmall : -Infinity)

export const isIn = (tree: Tree, node: number): boolean =>
  tree.values[tree.width + node]! !== outOf(tree)

/** Puts a node in, or gives it another value. */
export const put = (tree: Tree, node: number, value: number): void => {
  if (!isIn(tree, node)) tree.count++
  change(tree, node, value)
}

/** Takes a node out, if it is in. */
export const takeOut = (tree: Tree, node: number): void => {
  if (!isIn(tree, node)) return
  tree.count--
  change(tree, node, outOf(tree))
}

const change = ({ width, values }: Tree, node: number, value: number): void => {
  let at = width + node
  values[at] = value
  while (at > 1) {
    const other = values[at ^ 1]!
    const mine = values[at]!
    const better = mine > other ? mine : other
    at >>= 1
    if (values[at] === better) return
    values[at] = better
  }
}

/** The best. Somebody must be in. */
export const firstIn = ({ width, values }: Tree): number => {
  const best = values[1]!
  let at = 1
  while (at < width) at = values[2 * at] === best ? 2 * at : 2 * at + 1
  return at - width
}

/** All that are as good as the best, in the order of rank. Somebody must be in. */
export const equalToFirst = ({ width, values }: Tree): readonly number[] => {
  const found: number[] = []
  const open = [1]
  while (open.length > 0) {
    const at = open.pop()!
    if (values[at] !== values[1]) continue
    if (at >= width) found.push(at - width)
    else open.push(2 * at + 1, 2 * at)
  }
  return found
}

/**
 * A tournament: nodes in a row, in the order of rank, each with a value or out of it, and above
 * each two the better value of theirs. So the best is found, and a value changed, in as many steps
 * as the number of nodes has binary digits; among equals the first in the row is best. Where any of
 * the equals may be asked for, it is counted beside how many there are.
 */
import type { Amounts, Integers } from '../cluster/column.js'

/**
 * At 1 the best of all; under each place its two, at twice its number and at one more; from `width`
 * on the nodes themselves.
 */
export interface Tree {
  readonly width: number
  readonly values: Values
  /** The value of what is out. */
  readonly out: number
  /** How many nodes under a place are as good as its best; none where that is never asked. */
  readonly alike: Integers | undefined
  /** How many nodes are in it. */
  count: number
}

/** Small whole numbers are kept apart, as a quarter of the memory is read in far less time. */
export type Values = Amounts | Int16Array<ArrayBuffer>

/** The most that a value may be, up or down, to be kept as a small one. */
export const smallMax = 32_767

const outSmall = -32_768

export interface TreeKind {
  readonly isSmall: boolean
  readonly isCounted: boolean
}

export const newTree = (nodes: number, { isSmall, isCounted }: TreeKind): Tree => {
  let width = 1
  while (width < nodes) width *= 2
  const out = isSmall ? outSmall : -Infinity
  const values = isSmall ? new Int16Array(2 * width) : new Float64Array(2 * width)
  const alike = isCounted ? new Int32Array(2 * width) : undefined
  return { width, values: values.fill(out), out, alike, count: 0 }
}

export const isIn = ({ values, width, out }: Tree, node: number): boolean =>
  values[width + node]! !== out

/** Puts a node in, or gives it another value. */
export const put = (tree: Tree, node: number, value: number): void => {
  if (!isIn(tree, node)) tree.count++
  change(tree, node, value)
}

/** Takes a node out, if it is in. */
export const takeOut = (tree: Tree, node: number): void => {
  if (!isIn(tree, node)) return
  tree.count--
  change(tree, node, tree.out)
}

const change = ({ width, values, alike }: Tree, node: number, value: number): void => {
  if (alike !== undefined) return changeCounted(width, values, alike, node, value)
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

const changeCounted = (
  width: number,
  values: Values,
  alike: Integers,
  node: number,
  value: number,
): void => {
  let at = width + node
  values[at] = value
  alike[at] = 1
  while (at > 1) {
    const [mine, other] = [values[at]!, values[at ^ 1]!]
    const better = mine > other ? mine : other
    const equal = (mine === better ? alike[at]! : 0) + (other === better ? alike[at ^ 1]! : 0)
    at >>= 1
    if (values[at] === better && alike[at] === equal) return
    values[at] = better
    alike[at] = equal
  }
}

/** The best. Somebody must be in. */
export const firstIn = ({ width, values }: Tree): number => {
  const best = values[1]!
  let at = 1
  while (at < width) at = values[2 * at] === best ? 2 * at : 2 * at + 1
  return at - width
}

/**
 * How many of those that are as good as the best stand before this place in the row. The tree must
 * be counted.
 */
export const equalsBefore = ({ width, values, alike }: Tree, node: number): number => {
  if (node >= width) return alike![1]!
  let [at, before] = [width + node, 0]
  while (at > 1) {
    if ((at & 1) === 1 && values[at - 1] === values[1]) before += alike![at - 1]!
    at >>= 1
  }
  return before
}

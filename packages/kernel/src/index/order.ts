/**
 * The nodes of each kind in line, by what they have left: for all classes together that prefer what
 * has the least left of a dimension, or the most, and look at nothing else that changes.
 */
import { nodeOf, reachesBackTo, type Changes } from '../cluster/changes.js'
import type { Amounts } from '../cluster/column.js'
import { capacityAt, loadAt, type State } from '../cluster/state.js'
import { ranksOf } from '../cluster/roster.js'
import type { DimensionId } from '../rule/id.js'
import { out, type Kinds } from './kinds.js'
import {
  keyOf,
  newLine,
  putInLine,
  retellInLine,
  takeFromLine,
  type Line,
  type Sorting,
} from './line.js'
import type { Ordering } from './reads.js'

export interface Order {
  readonly kinds: Kinds
  readonly sorting: Sorting
  /** By row: the key by which the node stands where it stands. */
  readonly keys: Amounts
  /** By kind. */
  readonly lines: Line[]
  /** What the node has left that is looked at. */
  readonly left: Amounts
  /** The first change that it has not seen. */
  seen: number
}

export const openOrder = (
  kinds: Kinds,
  { dimension, sign }: Ordering,
  parts: State,
  seen: number,
): Order => {
  const width = parts.dimensions.texts.length
  const order: Order = {
    kinds,
    sorting: { dimension, sign, width, ranks: ranksOf(parts.roster) },
    keys: new Float64Array(kinds.of.length),
    lines: [],
    left: new Float64Array(width),
    seen,
  }
  lineUp(order, parts)
  return order
}

/** All of them anew. */
const lineUp = ({ keys, kinds, lines, left, sorting }: Order, parts: State): void => {
  for (const [kind, members] of kinds.members.entries()) {
    const line = newLine(sorting)
    for (const row of members) {
      tellLeft(left, parts, row)
      keys[row] = keyOf(sorting, left)
      putInLine(line, row, left)
    }
    lines[kind] = line
  }
}

const tellLeft = (left: Amounts, parts: State, row: number): void => {
  for (let d = 0; d < left.length; d++)
    left[d] = capacityAt(parts, d as DimensionId, row) - loadAt(parts, d as DimensionId, row)
}

/** Sees what has changed. */
export const catchUpOrder = (order: Order, parts: State, changes: Changes): void => {
  const { of } = order.kinds
  if (!reachesBackTo(changes, order.seen) || changes.count - order.seen > of.length)
    lineUp(order, parts)
  else
    for (let number = order.seen; number < changes.count; number++) {
      const row = nodeOf(changes, number)
      const kind = of[row] ?? out
      if (kind !== out) look(order, order.lines[kind]!, parts, row)
    }
  order.seen = changes.count
}

/** Puts a node where it belongs now. */
const look = ({ keys, left, sorting }: Order, line: Line, parts: State, row: number): void => {
  tellLeft(left, parts, row)
  const [before, key] = [keys[row]!, keyOf(sorting, left)]
  if (key === before) return retellInLine(line, row, left)
  takeFromLine(line, row, before)
  keys[row] = key
  putInLine(line, row, left)
}

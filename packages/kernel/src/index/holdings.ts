/**
 * What the nodes have and hold, a node's amounts side by side, so that one look into memory brings
 * all that is asked of it.
 */
import { nodeOf, type Changes } from '../cluster/changes.js'
import type { Amounts, Integers } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import { rankedRows } from '../cluster/roster.js'

export interface Holdings {
  /**
   * By row, `2 * width` numbers: what the node has of each dimension, and what it holds of each.
   */
  readonly cells: Amounts
  /** Even. */
  readonly width: number
  /** By row: the number of its last change, in 32 bits. */
  readonly last: Integers
  /** How many dimensions there are in it, from the first on. */
  readonly told: number
}

/**
 * Of the first dimensions only, as a record that is too long to be read at once is no better than
 * columns.
 */
const toldMax = 8

export const openHoldings = (parts: State): Holdings => {
  const { roster, dimensions } = parts
  const told = Math.min(dimensions.texts.length, toldMax)
  const width = told + (told % 2)
  const rows = roster.specs.length
  const cells = new Float64Array(2 * width * rows)
  const holdings = { cells, width, last: new Int32Array(rows).fill(-1), told }
  for (const row of rankedRows(roster)) {
    for (let d = 0; d < told; d++) cells[2 * width * row + d] = roster.capacity[d]?.[row] ?? 0
    tellHeld(holdings, parts, row)
  }
  return holdings
}

/**
 * Hears of the moves from this one on. What is written past the end, of a node that there was in a
 * trial alone, is not there.
 */
export const hearInHoldings = (
  holdings: Holdings,
  parts: State,
  changes: Changes,
  from: number,
): void => {
  for (let number = from; number < changes.count; number++) {
    const row = nodeOf(changes, number)
    tellHeld(holdings, parts, row)
    holdings.last[row] = number
  }
}

const tellHeld = (
  { cells, width, told }: Holdings,
  { loads: { load } }: State,
  row: number,
): void => {
  const holds = width * (2 * row + 1)
  for (let d = 0; d < told && d < load.length; d++) cells[holds + d] = load[d]![row] ?? 0
}

/**
 * Keeps capacity and load of each node side by side (array of structures), for all classes
 * (workloads as the scheduler sees them). So scoring a node touches one or two cache lines instead
 * of one per dimension.
 *
 * 1. `openNodeRecords` copies all nodes.
 * 2. `catchUpNodeRecords` copies the loads of the nodes that changed.
 */
import { nodeOf, type Changes } from '../../cluster/changes.js'
import type { Amounts, Integers } from '../../cluster/column.js'
import type { State } from '../../cluster/state.js'
import { rankedRows } from '../../cluster/roster.js'

export interface NodeRecords {
  /** By row, `2 * width` numbers: the capacity by dimension, then the load by dimension. */
  readonly amounts: Amounts
  /** `dimensionCount`, rounded up to an even number. */
  readonly width: number
  /** By row: the number of the node's last change, as a 32-bit integer. */
  readonly lastChange: Integers
  /** How many dimensions are kept, from the first on. */
  readonly dimensionCount: number
}

/** 8 dimensions are 128 bytes per node. A longer record would be no faster than columns. */
const dimensionsMax = 8

/** There is room for so many rows; without a number, for those there are. */
export const openNodeRecords = (state: State, rows = state.roster.specs.length): NodeRecords => {
  const { roster, dimensions } = state
  const dimensionCount = Math.min(dimensions.next, dimensionsMax)
  const width = dimensionCount + (dimensionCount % 2)
  const amounts = new Float64Array(2 * width * rows)
  const lastChange = new Int32Array(rows).fill(-1)
  const records = { amounts, width, lastChange, dimensionCount }
  for (const row of rankedRows(roster)) writeRecord(records, state, row)
  return records
}

/** Copies capacity and load of the node in a row. */
export const writeRecord = (records: NodeRecords, state: State, row: number): void => {
  const { amounts, width, dimensionCount } = records
  for (let d = 0; d < dimensionCount; d++)
    amounts[2 * width * row + d] = state.roster.capacity[d]?.[row] ?? 0
  writeLoads(records, state, row)
}

/**
 * Applies the changes from number `from` on. A node that existed only in a trial has a row past the
 * end of the arrays, where writes are ignored.
 */
export const catchUpNodeRecords = (
  records: NodeRecords,
  state: State,
  changes: Changes,
  from: number,
): void => {
  for (let number = from; number < changes.count; number++) {
    const row = nodeOf(changes, number)
    writeLoads(records, state, row)
    records.lastChange[row] = number
  }
}

const writeLoads = (
  { amounts, width, dimensionCount }: NodeRecords,
  { loads: { load } }: State,
  row: number,
): void => {
  const start = width * (2 * row + 1)
  for (let d = 0; d < dimensionCount && d < load.length; d++)
    amounts[start + d] = load[d]![row] ?? 0
}

/**
 * Maintains the load of every node: for each dimension (a resource such as CPU) and node row, the
 * sum of what the node's replicas occupy.
 */
import type { Vector } from '../rule/dimension.js'
import type { DimensionId } from '../rule/id.js'
import {
  columnCount,
  columnsMax,
  copyRare,
  grownAmounts,
  rareAt,
  setRare,
  type Amounts,
  type RareAmounts,
} from './column.js'

/** By dimension, a column by node row; the loads in rare dimensions are in sparse maps. */
export interface Loads {
  readonly load: Amounts[]
  readonly rare: RareAmounts
}

/** No columns. */
export const emptyLoads = (): Loads => ({ load: [], rare: new Map() })

/** A copy that can be written to. */
export const copyLoads = (loads: Loads): Loads => ({
  load: loads.load.map((column) => column.slice()),
  rare: copyRare(loads.rare),
})

/** Makes room: every dimension that is not rare has a column, which has every row in use. */
export const fitLoads = (loads: Loads, rows: number, dimensions: number): void => {
  while (loads.load.length < columnCount(dimensions)) loads.load.push(new Float64Array(0))
  for (let d = 0; d < loads.load.length; d++) loads.load[d] = grownAmounts(loads.load[d]!, rows)
}

/** The load of a node row in one dimension. */
export const loadIn = ({ load, rare }: Loads, row: number, dimension: DimensionId): number =>
  dimension < columnsMax ? (load[dimension]?.[row] ?? 0) : rareAt(rare, row, dimension)

/** Sets the load of a node row in one dimension, for which there is room. */
export const setLoad = (
  { load, rare }: Loads,
  row: number,
  dimension: DimensionId,
  amount: number,
): void => {
  if (dimension < columnsMax) load[dimension]![row] = amount
  else setRare(rare, row, dimension, amount)
}

/** Adds a vector to the load of a node row. */
export const addLoad = (loads: Loads, row: number, vector: Vector): void =>
  addTimes(loads, row, vector, 1)

/** Subtracts a vector from the load of a node row. */
export const removeLoad = (loads: Loads, row: number, vector: Vector): void =>
  addTimes(loads, row, vector, -1)

/**
 * Indexes the pairs instead of destructuring them, which would cost an iterator per pair on the
 * path of every bind and eviction.
 */
const addTimes = ({ load, rare }: Loads, row: number, vector: Vector, times: number): void => {
  for (let i = 0; i < vector.length; i++) {
    const pair = vector[i]!
    const dimension = pair[0]
    if (dimension < columnsMax) load[dimension]![row]! += times * pair[1]
    else setRare(rare, row, dimension, rareAt(rare, row, dimension) + times * pair[1])
  }
}

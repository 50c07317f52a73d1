/**
 * Maintains the load of every node: for each dimension (a resource such as CPU) and node row, the
 * sum of what the node's replicas occupy.
 */
import type { Vector } from '../rule/dimension.js'
import { grownAmounts, type Amounts } from './column.js'

/** By dimension, a column by node row. */
export interface Loads {
  readonly load: Amounts[]
}

/** No columns. */
export const emptyLoads = (): Loads => ({ load: [] })

/** A copy that can be written to. */
export const copyLoads = (loads: Loads): Loads => ({
  load: loads.load.map((column) => column.slice()),
})

/** Makes room, so that every dimension has a column and every column has every row in use. */
export const fitLoads = (loads: Loads, rows: number, dimensions: number): void => {
  while (loads.load.length < dimensions) loads.load.push(new Float64Array(0))
  for (let d = 0; d < loads.load.length; d++) loads.load[d] = grownAmounts(loads.load[d]!, rows)
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
const addTimes = ({ load }: Loads, row: number, vector: Vector, times: number): void => {
  for (let i = 0; i < vector.length; i++) {
    const pair = vector[i]!
    load[pair[0]]![row]! += times * pair[1]
  }
}

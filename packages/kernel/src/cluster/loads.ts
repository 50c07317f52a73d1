/**
 * What the replicas on each node take, by dimension, by row: the sum of what their classes occupy.
 */
import type { Vector } from '../rule/dimension.js'
import { grownAmounts, type Amounts } from './column.js'

export interface Loads {
  readonly load: Amounts[]
}

export const emptyLoads = (): Loads => ({ load: [] })

export const copyLoads = (loads: Loads): Loads => ({
  load: loads.load.map((column) => column.slice()),
})

/**
 * Makes room for a number of rows and dimensions, so that every column can be read at every row in
 * use.
 */
export const fitLoads = (loads: Loads, rows: number, dimensions: number): void => {
  while (loads.load.length < dimensions) loads.load.push(new Float64Array(0))
  for (let d = 0; d < loads.load.length; d++) loads.load[d] = grownAmounts(loads.load[d]!, rows)
}

export const addLoad = (loads: Loads, row: number, vector: Vector): void =>
  addTimes(loads, row, vector, 1)

export const removeLoad = (loads: Loads, row: number, vector: Vector): void =>
  addTimes(loads, row, vector, -1)

/** No pair is taken apart by an iterator, as every event comes by here. */
const addTimes = ({ load }: Loads, row: number, vector: Vector, times: number): void => {
  for (let i = 0; i < vector.length; i++) {
    const pair = vector[i]!
    load[pair[0]]![row]! += times * pair[1]
  }
}

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

/** Makes room for a number of rows and dimensions, so that every column can be read at every row in use. */
export const fitLoads = (loads: Loads, rows: number, dimensions: number): void => {
  while (loads.load.length < dimensions) loads.load.push(new Float64Array(0))
  for (let d = 0; d < loads.load.length; d++) loads.load[d] = grownAmounts(loads.load[d]!, rows)
}

export const addLoad = (loads: Loads, row: number, vector: Vector): void => {
  for (const [dimension, amount] of vector) loads.load[dimension]![row]! += amount
}

export const removeLoad = (loads: Loads, row: number, vector: Vector): void => {
  for (const [dimension, amount] of vector) loads.load[dimension]![row]! -= amount
}

/**
 * Memory that a decision works in, kept from one decision to the next, as a fresh column per score
 * and node would cost more than what is computed in it. Never part of a value: what it holds means
 * nothing once the decision is made.
 */
import { grownAmounts, grownIntegers, type Amounts, type Integers } from './column.js'

export interface Scratch {
  rows: Integers
  positions: Integers
  readonly columns: Amounts[]
  lent: number
  marks: Integers
  mark: number
}

export const newScratch = (): Scratch => ({
  rows: new Int32Array(0),
  positions: new Int32Array(0),
  columns: [],
  lent: 0,
  marks: new Int32Array(0),
  mark: 0,
})

/** Takes everything back that was lent, for the next decision. */
export const clearScratch = (scratch: Scratch): void => {
  scratch.lent = 0
}

/** Room for so many rows; what is in it is left from before. */
export const lendRows = (scratch: Scratch, length: number): Integers =>
  (scratch.rows = grownIntegers(scratch.rows, length))

/** Room for so many positions among the candidates; what is in it is left from before. */
export const lendPositions = (scratch: Scratch, length: number): Integers =>
  (scratch.positions = grownIntegers(scratch.positions, length))

/** A column of its own for so many amounts; what is in it is left from before. */
export const lendColumn = (scratch: Scratch, length: number): Amounts => {
  const index = scratch.lent++
  return (scratch.columns[index] = grownAmounts(scratch.columns[index] ?? emptyColumn, length))
}

/** Rows are marked with a number that no row has yet, or with the next one. */
export const lendVisited = (
  scratch: Scratch,
  length: number,
): { readonly marks: Integers; readonly mark: number } => {
  scratch.marks = grownIntegers(scratch.marks, length)
  return { marks: scratch.marks, mark: (scratch.mark += 2) }
}

const emptyColumn = new Float64Array(0)

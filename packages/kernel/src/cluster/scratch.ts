/**
 * Lends scratch arrays (reusable working memory) to placement decisions, because allocating an
 * array per score would cost more than computing the score. The next decision overwrites the
 * arrays.
 */
import { grownAmounts, grownIntegers, type Amounts, type Integers } from './column.js'

/** The arrays that are lent, and how many columns are lent at the moment. */
export interface Scratch {
  rows: Integers
  positions: Integers
  readonly columns: Amounts[]
  lent: number
  marks: Integers
  mark: number
}

/** Working memory that grows when it is first lent. */
export const newScratch = (): Scratch => ({
  rows: new Int32Array(0),
  positions: new Int32Array(0),
  columns: [],
  lent: 0,
  marks: new Int32Array(0),
  mark: 0,
})

/** Ends all loans, for the next decision. */
export const clearScratch = (scratch: Scratch): void => {
  scratch.lent = 0
}

/** Room for so many rows; its content is left over from before. */
export const lendRows = (scratch: Scratch, length: number): Integers =>
  (scratch.rows = grownIntegers(scratch.rows, length))

/** Room for so many positions of candidates; its content is left over from before. */
export const lendPositions = (scratch: Scratch, length: number): Integers =>
  (scratch.positions = grownIntegers(scratch.positions, length))

/** Another column for so many amounts; its content is left over from before. */
export const lendColumn = (scratch: Scratch, length: number): Amounts => {
  const index = scratch.lent++
  return (scratch.columns[index] = grownAmounts(scratch.columns[index] ?? emptyColumn, length))
}

/**
 * A visited set without clearing: a row is visited when `marks[row] >= mark`. `mark + 1` carries a
 * second flag, so `mark` grows by 2 with every call.
 */
export const lendVisited = (
  scratch: Scratch,
  length: number,
): { readonly marks: Integers; readonly mark: number } => {
  scratch.marks = grownIntegers(scratch.marks, length)
  return { marks: scratch.marks, mark: (scratch.mark += 2) }
}

const emptyColumn = new Float64Array(0)

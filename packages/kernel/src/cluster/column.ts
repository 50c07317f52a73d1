/**
 * Stores amounts by node row in two forms: (1) typed columns (arrays with one number per row),
 * which grow by doubling and are 0 past the rows in use; (2) sparse maps, for the dimensions past
 * the first 64. A column takes memory for every node, also where one node alone has the resource.
 */
import type { Vector } from '../rule/dimension.js'
import type { DimensionId } from '../rule/id.js'

/**
 * A column of 32-bit integers. The type is that of a new array, which only compilers from 5.7 on
 * call `Int32Array<ArrayBuffer>`.
 */
export type Integers = ReturnType<Int32ArrayConstructor['of']>
/** A column of doubles. */
export type Amounts = ReturnType<Float64ArrayConstructor['of']>

const doubledLength = (length: number, rows: number): number => {
  let size = Math.max(length, 16)
  while (size < rows) size *= 2
  return size
}

/** The column itself when it has so many rows, else a longer copy. */
export const grownIntegers = (column: Integers, rows: number): Integers => {
  if (column.length >= rows) return column
  const grown = new Int32Array(doubledLength(column.length, rows))
  grown.set(column)
  return grown
}

/** The column itself when it has so many rows, else a longer copy. */
export const grownAmounts = (column: Amounts, rows: number): Amounts => {
  if (column.length >= rows) return column
  const grown = new Float64Array(doubledLength(column.length, rows))
  grown.set(column)
  return grown
}

/** How many dimensions have a column; later ones are rare. */
export const columnsMax = 64

/** By node row, the amounts in rare dimensions that are not 0. */
export type RareAmounts = Map<number, Map<DimensionId, number>>

/** Whether the amounts of a dimension are in sparse maps. */
export const isRare = (dimension: DimensionId): boolean => dimension >= columnsMax

/** How many of the first so many dimensions have a column. */
export const columnCount = (dimensions: number): number => Math.min(dimensions, columnsMax)

/** A copy that can be written to. */
export const copyRare = (rare: RareAmounts): RareAmounts =>
  new Map(Array.from(rare, ([row, amounts]) => [row, new Map(amounts)]))

/** The amount of one node row in a rare dimension. */
export const rareAt = (rare: RareAmounts, row: number, dimension: DimensionId): number =>
  rare.get(row)?.get(dimension) ?? 0

/** Sets the amount of one node row in a rare dimension. */
export const setRare = (
  rare: RareAmounts,
  row: number,
  dimension: DimensionId,
  amount: number,
): void => {
  const amounts = rare.get(row)
  if (amount === 0) amounts?.delete(dimension)
  else if (amounts === undefined) rare.set(row, new Map([[dimension, amount]]))
  else amounts.set(dimension, amount)
}

/** Replaces the amounts of a node row by those of a vector in rare dimensions. */
export const describeRare = (rare: RareAmounts, row: number, vector: Vector): void => {
  rare.delete(row)
  for (const [dimension, amount] of vector)
    if (isRare(dimension)) setRare(rare, row, dimension, amount)
}

/** The amounts of a rare dimension as a column of so many rows. */
export const rareColumn = (rare: RareAmounts, rows: number, dimension: DimensionId): Amounts => {
  const column = new Float64Array(rows)
  for (const [row, amounts] of rare) column[row] = amounts.get(dimension) ?? 0
  return column
}

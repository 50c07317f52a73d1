/**
 * Allocates typed arrays with one number per table row, which grow by doubling. An array may be
 * longer than the number of rows in use; the rest is 0.
 */
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

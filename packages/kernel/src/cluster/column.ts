/**
 * Typed columns that grow by doubling. A column is longer than what is in use; what lies past the
 * rows in use is 0.
 */
export type Integers = Int32Array<ArrayBuffer>
export type Amounts = Float64Array<ArrayBuffer>

const doubledLength = (length: number, rows: number): number => {
  let size = Math.max(length, 16)
  while (size < rows) size *= 2
  return size
}

export const grownIntegers = (column: Integers, rows: number): Integers => {
  if (column.length >= rows) return column
  const grown = new Int32Array(doubledLength(column.length, rows))
  grown.set(column)
  return grown
}

export const grownAmounts = (column: Amounts, rows: number): Amounts => {
  if (column.length >= rows) return column
  const grown = new Float64Array(doubledLength(column.length, rows))
  grown.set(column)
  return grown
}

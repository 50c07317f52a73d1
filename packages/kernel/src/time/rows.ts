/**
 * Persistent column: a value per row, in chunks of 1,024 rows. A change copies the chunks that it
 * touches, once each, and shares all others with the column before it.
 */
/** A column; a row without a value is `undefined`. */
export type RowValues<Value> = readonly (readonly (Value | undefined)[])[]

const chunkBits = 10
const chunkMask = (1 << chunkBits) - 1

/** The value of a row. */
export const rowAt = <Value>(rows: RowValues<Value>, row: number): Value | undefined =>
  rows[row >> chunkBits]?.[row & chunkMask]

/** The column after the changes, of which the last one to a row counts. */
export const withRows = <Value>(
  rows: RowValues<Value>,
  changes: Iterable<readonly [row: number, value: Value | undefined]>,
): RowValues<Value> => {
  const next = rows.slice()
  const copies = new Set<number>()
  for (const [row, value] of changes) {
    const number = row >> chunkBits
    while (next.length <= number) next.push([])
    if (!copies.has(number)) {
      copies.add(number)
      next[number] = next[number]!.slice()
    }
    const chunk = next[number] as (Value | undefined)[]
    // A chunk without holes stays an array of one kind, which engines read fastest.
    while (chunk.length <= (row & chunkMask)) chunk.push(undefined)
    chunk[row & chunkMask] = value
  }
  return next
}

/**
 * Defines the type of a column of the linear program: a bin and its pattern, which is a count of
 * replicas for each row (a group of equal items).
 */

/** Rows with how many of each, in the order in which they are put in. */
export type RowPattern = readonly (readonly [row: number, count: number])[]

/** A bin of the table, by position, and what it holds. */
export interface Column {
  readonly bin: number
  readonly cost: number
  readonly pattern: RowPattern
}

/** Equal columns have equal keys. */
export const columnKey = ({ bin, pattern }: Column): string => {
  const sorted = [...pattern].sort(([a], [b]) => a - b)
  return `${bin} ${sorted.map(([row, count]) => `${row}x${count}`).join()}`
}

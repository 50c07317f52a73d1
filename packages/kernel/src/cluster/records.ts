/**
 * Implements a table whose rows are five integers, in chunks of 1,024 rows (20 KB). Clusters share
 * the chunks copy-on-write: a change copies only the chunks of the rows that change.
 */
import type { Integers } from './column.js'

/** The chunks and, for each, whether no other cluster shares it. */
export interface Records {
  readonly chunks: Integers[]
  /** By chunk: true when no other cluster shares it. */
  readonly owns: boolean[]
}

/** How many integers make a record. */
export const fieldsPerRecord = 5

const rowBits = 10
const rowsPerChunk = 1 << rowBits
const rowMask = rowsPerChunk - 1

/** No chunks. */
export const noRecords = (): Records => ({ chunks: [], owns: [] })

/** A copy that shares all chunks and owns none. */
export const shareRecords = ({ chunks }: Records): Records => ({
  chunks: chunks.slice(),
  owns: chunks.map(() => false),
})

/** Makes room for so many records; new ones are 0. */
export const fitRecords = ({ chunks, owns }: Records, rows: number): void => {
  while (chunks.length * rowsPerChunk < rows) {
    chunks.push(new Int32Array(rowsPerChunk * fieldsPerRecord))
    owns.push(true)
  }
}

/** One integer of a record. */
export const readField = (records: Records, row: number, field: number): number =>
  recordToRead(records, row)[recordStart(row) + field]!

/** Sets one integer of a record; copies its chunk first when it is shared. */
export const writeField = (records: Records, row: number, field: number, value: number): void => {
  recordToWrite(records, row)[recordStart(row) + field] = value
}

/**
 * The chunk of a record, to write several of its fields to from `recordStart` on; copied first when
 * it is shared.
 */
export const recordToWrite = ({ chunks, owns }: Records, row: number): Integers => {
  const number = row >> rowBits
  if (!owns[number]!) {
    chunks[number] = chunks[number]!.slice()
    owns[number] = true
  }
  return chunks[number]!
}

/** The chunk of a record, to read several of its fields from `recordStart` on. */
export const recordToRead = ({ chunks }: Records, row: number): Integers => chunks[row >> rowBits]!

/** Where a record starts in its chunk. */
export const recordStart = (row: number): number => (row & rowMask) * fieldsPerRecord

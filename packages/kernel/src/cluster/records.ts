/**
 * Stores records of five integers in chunks of 1,024 records (20 KB). Several clusters may share a
 * chunk; it is copied before the first write. So the cost of a change depends on the number of
 * chunks that it touches, not on the number of records.
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
export const readField = ({ chunks }: Records, row: number, field: number): number =>
  chunks[row >> rowBits]![(row & rowMask) * fieldsPerRecord + field]!

/** Sets one integer of a record; copies its chunk first when it is shared. */
export const writeField = (records: Records, row: number, field: number, value: number): void => {
  const number = row >> rowBits
  if (!records.owns[number]!) copyChunk(records, number)
  records.chunks[number]![(row & rowMask) * fieldsPerRecord + field] = value
}

const copyChunk = ({ chunks, owns }: Records, number: number): void => {
  chunks[number] = chunks[number]!.slice()
  owns[number] = true
}

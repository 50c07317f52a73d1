/**
 * Records of a few whole numbers each, in chunks of some 20 KB. Values share them: whoever writes
 * to a chunk that it does not own copies it first, so that a change costs as much as the chunks
 * that it comes to, however many there are.
 */
import type { Integers } from './column.js'

export interface Records {
  readonly chunks: Integers[]
  /** By chunk: whether no other value shares it. */
  readonly ownsChunk: boolean[]
}

/** How many numbers make a record. */
export const fieldsPerRecord = 5

const rowBits = 10
const rowsPerChunk = 1 << rowBits
const rowMask = rowsPerChunk - 1

export const noRecords = (): Records => ({ chunks: [], ownsChunk: [] })

/** Shares all chunks, and owns none. */
export const shareRecords = ({ chunks }: Records): Records => ({
  chunks: chunks.slice(),
  ownsChunk: chunks.map(() => false),
})

/** Makes room for so many; what is in them is 0. */
export const fitRecords = ({ chunks, ownsChunk }: Records, rows: number): void => {
  while (chunks.length * rowsPerChunk < rows) {
    chunks.push(new Int32Array(rowsPerChunk * fieldsPerRecord))
    ownsChunk.push(true)
  }
}

export const readField = ({ chunks }: Records, row: number, field: number): number =>
  chunks[row >> rowBits]![(row & rowMask) * fieldsPerRecord + field]!

export const writeField = (records: Records, row: number, field: number, value: number): void => {
  const number = row >> rowBits
  if (!records.ownsChunk[number]!) copyChunk(records, number)
  records.chunks[number]![(row & rowMask) * fieldsPerRecord + field] = value
}

const copyChunk = ({ chunks, ownsChunk }: Records, number: number): void => {
  chunks[number] = chunks[number]!.slice()
  ownsChunk[number] = true
}

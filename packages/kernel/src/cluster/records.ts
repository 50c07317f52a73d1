/**
 * Records of a few whole numbers each, in chunks of some 20 KB. Values share them: whoever writes
 * to a chunk that it does not own copies it first, so that a change costs as much as the chunks
 * that it comes to, however many there are.
 */
import type { Integers } from './column.js'

export interface Records {
  readonly chunks: Integers[]
  /** By chunk: whether no other value shares it. */
  readonly owned: boolean[]
}

/** How many numbers make a record. */
export const fields = 5

const rowBits = 10
const rowsEach = 1 << rowBits
const rowMask = rowsEach - 1

export const noRecords = (): Records => ({ chunks: [], owned: [] })

/** Shares all chunks, and owns none. */
export const shareRecords = ({ chunks }: Records): Records => ({
  chunks: chunks.slice(),
  owned: chunks.map(() => false),
})

/** Makes room for so many; what is in them is 0. */
export const fitRecords = ({ chunks, owned }: Records, rows: number): void => {
  while (chunks.length * rowsEach < rows) {
    chunks.push(new Int32Array(rowsEach * fields))
    owned.push(true)
  }
}

export const readField = ({ chunks }: Records, row: number, field: number): number =>
  chunks[row >> rowBits]![(row & rowMask) * fields + field]!

export const writeField = (records: Records, row: number, field: number, value: number): void => {
  const number = row >> rowBits
  if (!records.owned[number]!) own(records, number)
  records.chunks[number]![(row & rowMask) * fields + field] = value
}

const own = ({ chunks, owned }: Records, number: number): void => {
  chunks[number] = chunks[number]!.slice()
  owned[number] = true
}

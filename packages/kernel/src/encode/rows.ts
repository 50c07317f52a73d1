/**
 * Writes and reads which rows of a table are free and how often each was reused, so that a decoded
 * cluster gives new objects the same ids as the original cluster. Written are:
 * 1. the number of rows;
 * 2. the generation of each row (how often the row was reused);
 * 3. the free rows, in the order of the free list.
 */
import { generationMax, rowCountMax } from '../cluster/generation.js'
import { renderValue } from '../rule/malformed.js'
import { putUnsigned, type Sink } from './sink.js'
import { zigzag, unzigzag } from './signed.js'
import { getBelow, getCount, getUnsigned, isSound, refuse, type Source } from './source.js'

/**
 * Generations by row, and the free list; its last row is reused first. Without these, new nodes,
 * replicas and classes would get other ids after decoding than before.
 */
export interface Rows {
  readonly generations: ArrayLike<number>
  readonly free: readonly number[]
}

/** Rows as they were read. A row is `seen` once it has been listed, as free or in use. */
export interface DecodedRows extends Rows {
  readonly count: number
  readonly seen: Uint8Array
}

/** Writes the rows. */
export const putRows = (sink: Sink, { generations, free }: Rows): void => {
  putUnsigned(sink, generations.length)
  for (let row = 0; row < generations.length; row++) putUnsigned(sink, generations[row]!)
  putUnsigned(sink, free.length)
  let after = 0
  for (const row of free) after = putStep(sink, after, row)
}

/**
 * Writes a row as a step; returns the row after it, from which the next step counts. A step is the
 * row minus the previous row minus 1, so that consecutive rows are zeros.
 */
export const putStep = (sink: Sink, from: number, row: number): number => {
  putUnsigned(sink, zigzag(row - from))
  return row + 1
}

/** Reads the rows; `section` names them in a fault. */
export const getRows = (source: Source, section: string): DecodedRows => {
  source.place = [section, 'generations']
  const count = getCount(source)
  if (count > rowCountMax)
    refuse(source, { found: renderValue(count), expected: `at most ${rowCountMax}` })
  const generations: number[] = []
  for (let row = 0; row < count && isSound(source); row++)
    generations.push(getBelow(source, generationMax + 1, 'a generation'))
  const rows = { count, generations, free: [] as number[], seen: new Uint8Array(count) }
  source.place = [section, 'free']
  getFree(source, rows)
  return rows
}

const getFree = (source: Source, rows: DecodedRows & { readonly free: number[] }): void => {
  const count = getCount(source)
  let after = 0
  for (let i = 0; i < count && isSound(source); i++) {
    const row = getStep(source, after, rows)
    if (isSound(source)) rows.free.push(row)
    after = row + 1
  }
}

/** The row that a step leads to; refused when it was seen before. */
export const getStep = (source: Source, from: number, { count, seen }: DecodedRows): number => {
  const row = from + unzigzag(getUnsigned(source))
  if (row >= 0 && row < count && seen[row] === 0) {
    seen[row] = 1
    return row
  }
  refuse(source, { found: renderValue(row), expected: `one of the ${count} rows, each only once` })
  return 0
}

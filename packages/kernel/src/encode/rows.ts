/**
 * The rows of nodes and of replicas: how many, the generation of each, and the free ones in the
 * order of the free list, whose last is taken next. The ids that are to come depend on all of that.
 *
 * Where rows stand in an order of their own, each is written as the step from the one after the
 * last: rows that were taken one after the other are steps of 0.
 */
import { generationMax, rowCountMax } from '../cluster/generation.js'
import { shown } from '../rule/malformed.js'
import { putUnsigned, type Sink } from './sink.js'
import { zigzag, unzigzag } from './signed.js'
import { getBelow, getCount, getUnsigned, isSound, refuse, type Source } from './source.js'

export interface Rows {
  readonly generations: ArrayLike<number>
  readonly free: readonly number[]
}

/** As they were read. A row is `done` when it has been spoken of: a free one from the start. */
export interface DecodedRows extends Rows {
  readonly count: number
  readonly seen: Uint8Array
}

export const putRows = (sink: Sink, { generations, free }: Rows): void => {
  putUnsigned(sink, generations.length)
  for (let row = 0; row < generations.length; row++) putUnsigned(sink, generations[row]!)
  putUnsigned(sink, free.length)
  let after = 0
  for (const row of free) after = putStep(sink, after, row)
}

/** Gives the row after this one, from which the next step is taken. */
export const putStep = (sink: Sink, from: number, row: number): number => {
  putUnsigned(sink, zigzag(row - from))
  return row + 1
}

/** `section` is whose rows they are, for what is said of what is wrong. */
export const getRows = (source: Source, section: string): DecodedRows => {
  source.place = [section, 'generations']
  const count = getCount(source)
  if (count > rowCountMax)
    refuse(source, { found: shown(count), expected: `at most ${rowCountMax}` })
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

/** The row that the step leads to, which must not have been spoken of. */
export const getStep = (source: Source, from: number, { count, seen }: DecodedRows): number => {
  const row = from + unzigzag(getUnsigned(source))
  if (row >= 0 && row < count && seen[row] === 0) {
    seen[row] = 1
    return row
  }
  refuse(source, { found: shown(row), expected: `one of the ${count} rows, each only once` })
  return 0
}

/**
 * Selects the candidate nodes with the best scores. Each candidate has a list of scores; a later
 * score decides only between candidates that are equal so far. Of the candidates that are left,
 * picks the first by name, or one by a seeded hash.
 */
import type { Amounts, Integers } from '../cluster/column.js'
import type { Tie } from '../rule/score.js'

/** The first `count` positions are those of the best candidates. */
export interface Best {
  readonly positions: Integers
  count: number
}

/**
 * The candidates with the highest value in the first column, among equals in the second, and so on,
 * in order; all candidates without a column. Position `except` is left out. Writes to `room`.
 */
export const selectBest = (
  [first, ...others]: readonly Amounts[],
  count: number,
  room: Integers,
  except = -1,
): Best => {
  const best = { positions: room, count: 0 }
  if (first === undefined) selectAll(best, count, except)
  else keepHighestOfAll(best, first, count, except)
  for (const column of others) keepHighest(best, column)
  return best
}

const selectAll = (best: Best, count: number, except: number): void => {
  for (let i = 0; i < count; i++) if (i !== except) best.positions[best.count++] = i
}

/** `selectAll` and `keepHighest` in one pass, because it runs over every candidate. */
const keepHighestOfAll = (best: Best, column: Amounts, count: number, except: number): void => {
  const { positions } = best
  let most = -Infinity
  let bestCount = 0
  for (let i = 0; i < count; i++) {
    const value = column[i]!
    if (value < most || i === except) continue
    if (value > most) bestCount = 0
    most = value
    positions[bestCount++] = i
  }
  best.count = bestCount
}

const keepHighest = (best: Best, column: Amounts): void => {
  const { positions, count } = best
  let most = -Infinity
  let bestCount = 0
  for (let i = 0; i < count; i++) {
    const position = positions[i]!
    const value = column[position]!
    if (value < most) continue
    if (value > most) bestCount = 0
    most = value
    positions[bestCount++] = position
  }
  best.count = bestCount
}

/** The position that is taken from the best set, for a new replica that will have this id. */
export const pick = (tie: Tie, { positions, count }: Best, replica: number): number =>
  tie === 'rank' ? positions[0]! : positions[hash(tie.seeded, replica) % count]!

const lowBits = 4_294_967_296

/** A 32-bit hash of two whole numbers up to 2^53, the same in every runtime. */
export const hash = (seed: number, id: number): number =>
  [seed, Math.floor(seed / lowBits), id, Math.floor(id / lowBits)].reduce(
    (state, part) => mix(state ^ (part | 0)),
    0x9e3779b9,
  ) >>> 0

/** A bijection of 32-bit integers that spreads every bit: the finaliser of MurmurHash3. */
const mix = (state: number): number => {
  let x = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

/**
 * Who is best: the candidates that no other exceeds, and which of them is taken.
 */
import type { Amounts } from '../cluster/column.js'
import type { Tie } from '../rule/score.js'

/** The positions, among `positions`, that are highest by the first column, among equals by the second, and so on. */
export const bestOf = (
  deciding: readonly Amounts[],
  positions: readonly number[],
): readonly number[] => deciding.reduce(highest, positions)

const highest = (positions: readonly number[], column: Amounts): readonly number[] => {
  let best: number[] = []
  let most = -Infinity
  for (const position of positions) {
    const value = column[position]!
    if (value < most) continue
    if (value > most) best = []
    most = value
    best.push(position)
  }
  return best
}

/** The one that is taken from the best set, for a replica that will have this id. */
export const pick = (tie: Tie, best: readonly number[], replica: number): number =>
  tie === 'rank' ? best[0]! : best[hash(tie.seeded, replica) % best.length]!

const lowBits = 4_294_967_296

/** A 32-bit mix of two whole numbers, each up to 2^53: what any seed gives, it gives everywhere. */
export const hash = (seed: number, id: number): number =>
  [seed, Math.floor(seed / lowBits), id, Math.floor(id / lowBits)].reduce(
    (state, part) => mixed(state ^ (part | 0)),
    0x9e3779b9,
  ) >>> 0

/** A bijection of 32-bit integers that spreads every bit (the finaliser of MurmurHash3). */
const mixed = (state: number): number => {
  let x = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

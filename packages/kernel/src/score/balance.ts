/**
 * Computes the *load* score `balance-change`: whether the new replica makes the used shares of the
 * node's dimensions (CPU, memory, …) more or less equal. Uses only basic arithmetic, in a fixed
 * order, and `Math.sqrt`, so that every runtime computes the same.
 */
import type { Amounts, Integers } from '../cluster/column.js'
import { columnsOf, type State } from '../cluster/state.js'
import type { Candidates } from '../judge/candidates.js'
import type { LoadPart } from '../rule/raw.js'

/** One dimension: columns of capacity and load, and what the replica adds. */
interface Side {
  readonly capacity: Amounts
  readonly load: Amounts
  readonly amount: number
}

/** Writes the score of every candidate to `out`. */
export const scoreBalanceChange = (
  loadParts: readonly LoadPart[],
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  const sides = loadParts.map(({ dimension, amount }): Side => {
    const { capacity, load } = columnsOf(state, dimension)
    return { capacity, load, amount }
  })
  if (sides.length === 2) return scorePair(sides[0]!, sides[1]!, rows, count, out)
  const shares = new Float64Array(sides.length)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const before = balance(shares, fill(shares, sides, row, 0))
    out[i] = points(balance(shares, fill(shares, sides, row, 1)) - before)
  }
}

const points = (change: number): number => 50 + Math.floor((50 + change) / 2)

/** The case of two dimensions, the usual one, without an array of shares. */
const scorePair = (one: Side, other: Side, rows: Integers, count: number, out: Amounts): void => {
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const isPair = one.capacity[row]! !== 0 && other.capacity[row]! !== 0
    const change = isPair
      ? balanceOfPair(one, other, row, 1) - balanceOfPair(one, other, row, 0)
      : 0
    out[i] = points(change)
  }
}

const balanceOfPair = (one: Side, other: Side, row: number, replicas: number): number =>
  Math.floor((1 - half(share(one, row, replicas) - share(other, row, replicas))) * 100)

/**
 * The standard deviation of two shares is half their difference; computed so it has no rounding
 * error.
 */
const half = (difference: number): number => Math.abs(difference / 2)

const share = ({ capacity, load, amount }: Side, row: number, replicas: number): number => {
  const taken = (load[row]! + replicas * amount) / capacity[row]!
  return taken < 1 ? taken : 1
}

/**
 * Writes the used shares with `replicas` new replicas to `shares`, without dimensions of capacity
 * 0, and returns how many.
 */
const fill = (shares: Amounts, sides: readonly Side[], row: number, replicas: number): number => {
  let count = 0
  for (const side of sides)
    if (side.capacity[row]! !== 0) shares[count++] = share(side, row, replicas)
  return count
}

/** From 50, the least balanced, to 100. */
const balance = (shares: Amounts, count: number): number =>
  Math.floor((1 - deviation(shares, count)) * 100)

const deviation = (shares: Amounts, count: number): number => {
  if (count < 2) return 0
  if (count === 2) return half(shares[0]! - shares[1]!)
  let sum = 0
  for (let i = 0; i < count; i++) sum += shares[i]!
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += (shares[i]! - mean) * (shares[i]! - mean)
  return Math.sqrt(squares / count)
}

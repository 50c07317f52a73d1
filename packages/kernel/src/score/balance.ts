/**
 * *Change of balance*: whether the replica makes the node's dimensions evener taken or less even. The arithmetic is that of doubles,
 * in the order of the parts, with a square root and nothing finer, so that it is the same everywhere.
 */
import type { Amounts } from '../cluster/column.js'
import { columnsOf, type Parts } from '../cluster/parts.js'
import type { Candidates } from '../judge/candidates.js'
import type { LoadPart } from '../rule/raw.js'

interface Side {
  readonly capacity: Amounts
  readonly load: Amounts
  readonly amount: number
}

export const scoreBalanceChange = (
  loadParts: readonly LoadPart[],
  parts: Parts,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  const sides = loadParts.map(({ dimension, amount }) => ({
    ...columnsOf(parts, dimension),
    amount,
  }))
  const shares = new Float64Array(sides.length)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const change =
      balance(shares, fill(shares, sides, row, 1)) - balance(shares, fill(shares, sides, row, 0))
    out[i] = 50 + Math.floor((50 + change) / 2)
  }
}

/** The shares that are taken with so many of the replica, of what the node has any of; gives how many those are. */
const fill = (shares: Amounts, sides: readonly Side[], row: number, replicas: number): number => {
  let count = 0
  for (const { capacity, load, amount } of sides) {
    const whole = capacity[row]!
    if (whole === 0) continue
    const share = (load[row]! + replicas * amount) / whole
    shares[count++] = share < 1 ? share : 1
  }
  return count
}

/** From 50, as uneven as can be, to 100. */
const balance = (shares: Amounts, count: number): number =>
  Math.floor((1 - deviation(shares, count)) * 100)

/** Of two, half of what lies between them: the same as below, without its roundings. */
const deviation = (shares: Amounts, count: number): number => {
  if (count < 2) return 0
  if (count === 2) return Math.abs((shares[0]! - shares[1]!) / 2)
  let sum = 0
  for (let i = 0; i < count; i++) sum += shares[i]!
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += (shares[i]! - mean) * (shares[i]! - mean)
  return Math.sqrt(squares / count)
}

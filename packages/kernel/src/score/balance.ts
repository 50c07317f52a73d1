/**
 * *Change of balance*: whether the replica makes the node's dimensions evener taken or less even. The arithmetic is that of doubles,
 * in the order of the parts, with a square root and nothing finer, so that it is the same everywhere.
 */
import type { Amounts } from '../cluster/column.js'
import { columnsOf, type Parts } from '../cluster/parts.js'
import type { Candidates } from '../judge/candidates.js'
import type { LoadPart } from '../rule/score.js'

export const scoreBalanceChange = (
  loadParts: readonly LoadPart[],
  parts: Parts,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  const columns = loadParts.map(({ dimension }) => columnsOf(parts, dimension))
  const shares = (row: number, asked: boolean): readonly number[] =>
    columns.flatMap(({ capacity, load }, i) => {
      const whole = capacity[row]!
      if (whole === 0) return []
      return Math.min(1, (load[row]! + (asked ? loadParts[i]!.amount : 0)) / whole)
    })
  for (let i = 0; i < count; i++) {
    const change = balance(shares(rows[i]!, true)) - balance(shares(rows[i]!, false))
    out[i] = 50 + Math.floor((50 + change) / 2)
  }
}

/** From 50, as uneven as can be, to 100. */
const balance = (shares: readonly number[]): number => Math.floor((1 - deviation(shares)) * 100)

/** Of two, half of what lies between them: the same as below, without its roundings. */
const deviation = (shares: readonly number[]): number => {
  const [first = 0, second = first] = shares
  if (shares.length <= 2) return Math.abs((first - second) / 2)
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const squares = shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0)
  return Math.sqrt(squares / shares.length)
}

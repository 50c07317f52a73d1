/**
 * Computes the *load* score of a node: a function of its load with the new replica on it, such as
 * the free share. The arithmetic is exact: integers, rounded down at each division.
 */
import { capacityAt, columnsOf, type State } from '../cluster/state.js'
import type { Amounts } from '../cluster/column.js'
import type { Candidates } from '../judge/candidates.js'
import type { LoadScore, LoadPart, LoadPointsScore } from '../rule/raw.js'
import { scoreBalanceChange } from './balance.js'
import { scorePoints } from './points.js'

/**
 * Writes the score of every candidate to `out`. `amount * 100` is exact because amounts stay below
 * 2^53/100.
 */
export const scoreLoad = (
  raw: LoadScore | LoadPointsScore,
  state: State,
  candidates: Candidates,
  out: Amounts,
): void => {
  if (raw.curve === 'points') scorePoints(raw, state, candidates, out)
  else if (raw.curve === 'remaining') scoreRemaining(raw.parts, state, candidates, out)
  else if (raw.curve === 'balance-change') scoreBalanceChange(raw.parts, state, candidates, out)
  else scoreShare(raw, state, candidates, out)
}

/**
 * The mean by weight of the free (`least`) or used (`most`) percentages; 0 when no part has weight.
 * When every candidate has capacity in every part, the usual case, the sum of weights is computed
 * once.
 */
const scoreShare = (raw: LoadScore, state: State, candidates: Candidates, out: Amounts): void => {
  const { rows, count } = candidates
  const add = raw.curve === 'least' ? addFree : addUsed
  out.fill(0, 0, count)
  let lacking = 0
  for (const part of raw.parts) lacking += add(part, state, candidates, out)
  const all = raw.parts.reduce((sum, { weight }) => sum + weight, 0)
  for (let i = 0; i < count; i++) {
    const weight = lacking === 0 ? all : weightAt(raw.parts, state, rows[i]!)
    out[i] = weight > 0 ? Math.floor(out[i]! / weight) : 0
  }
}

/** The sum of the weights of the parts of which the node has capacity. */
const weightAt = (loadParts: readonly LoadPart[], state: State, row: number): number =>
  loadParts.reduce(
    (sum, { dimension, weight }) => (capacityAt(state, dimension, row) > 0 ? sum + weight : sum),
    0,
  )

/**
 * Adds the weighted free percentage of a part to the sums; returns how many candidates have no
 * capacity of it.
 */
const addFree = (
  { dimension, amount, weight }: LoadPart,
  state: State,
  { rows, count }: Candidates,
  sums: Amounts,
): number => {
  const { capacity, load } = columnsOf(state, dimension)
  let lacking = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const whole = capacity[row]!
    const free = whole - load[row]! - amount
    if (free > 0) sums[i]! += weight * Math.floor((free * 100) / whole)
    else if (whole === 0) lacking++
  }
  return lacking
}

/**
 * Adds the weighted used percentage of a part to the sums; returns how many candidates have no
 * capacity of it.
 */
const addUsed = (
  { dimension, amount, weight }: LoadPart,
  state: State,
  { rows, count }: Candidates,
  sums: Amounts,
): number => {
  const { capacity, load } = columnsOf(state, dimension)
  let lacking = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const whole = capacity[row]!
    const used = load[row]! + amount
    if (whole === 0) lacking++
    else sums[i]! += weight * Math.floor(((used < whole ? used : whole) * 100) / whole)
  }
  return lacking
}

const scoreRemaining = (
  loadParts: readonly LoadPart[],
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  out.fill(0, 0, count)
  for (const { dimension, amount, weight } of loadParts) {
    const { capacity, load } = columnsOf(state, dimension)
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      out[i]! += weight * (capacity[row]! - load[row]! - amount)
    }
  }
}

/**
 * *Load*: a function of what the node would hold with the replica on it. The arithmetic is that of integers, rounded down at each
 * division; `amount * 100` is exact because amounts stay below 2^53/100.
 */
import { capacityAt, columnsOf, type Parts } from '../cluster/parts.js'
import type { Amounts } from '../cluster/column.js'
import type { Candidates } from '../judge/candidates.js'
import { scoreBalanceChange } from './balance.js'
import type { LoadPart, Raw } from '../rule/score.js'

type Load = Extract<Raw, { readonly _tag: 'Load' }>

/** `weights` is room for as many amounts as `out`. */
export const scoreLoad = (
  raw: Load,
  parts: Parts,
  candidates: Candidates,
  out: Amounts,
  weights: Amounts,
): void => {
  if (raw.curve === 'remaining') scoreRemaining(raw.parts, parts, candidates, out)
  else if (raw.curve === 'balance-change') scoreBalanceChange(raw.parts, parts, candidates, out)
  else scoreShare(raw, parts, candidates, out, weights)
}

/**
 * The mean, by weight, of the percentages that stay free (`least`) or are taken (`most`); 0 where nothing has weight. All nodes
 * start with the sum of all weights; the few that have none of some part are marked, and their weights are summed by themselves.
 */
const scoreShare = (
  raw: Load,
  parts: Parts,
  candidates: Candidates,
  out: Amounts,
  weights: Amounts,
): void => {
  const { rows, count } = candidates
  const sum = raw.parts.reduce((total, { weight }) => total + weight, 0)
  out.fill(0, 0, count)
  weights.fill(sum, 0, count)
  const add = raw.curve === 'least' ? addFree : addTaken
  for (const part of raw.parts) add(part, parts, candidates, out, weights)
  for (let i = 0; i < count; i++) {
    const weight = weights[i]! === lacking ? weightAt(raw.parts, parts, rows[i]!) : weights[i]!
    out[i] = weight > 0 ? Math.floor(out[i]! / weight) : 0
  }
}

/** In the place of a weight: the node has none of some part. */
const lacking = -1

const weightAt = (loadParts: readonly LoadPart[], parts: Parts, row: number): number =>
  loadParts.reduce(
    (sum, { dimension, weight }) => (capacityAt(parts, dimension, row) > 0 ? sum + weight : sum),
    0,
  )

const addFree = (
  { dimension, amount, weight }: LoadPart,
  parts: Parts,
  { rows, count }: Candidates,
  sums: Amounts,
  weights: Amounts,
): void => {
  const { capacity, load } = columnsOf(parts, dimension)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const whole = capacity[row]!
    const free = whole - load[row]! - amount
    if (free > 0) sums[i]! += weight * Math.floor((free * 100) / whole)
    else if (whole === 0) weights[i] = lacking
  }
}

const addTaken = (
  { dimension, amount, weight }: LoadPart,
  parts: Parts,
  { rows, count }: Candidates,
  sums: Amounts,
  weights: Amounts,
): void => {
  const { capacity, load } = columnsOf(parts, dimension)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const whole = capacity[row]!
    const taken = load[row]! + amount
    if (whole === 0) weights[i] = lacking
    else sums[i]! += weight * Math.floor(((taken < whole ? taken : whole) * 100) / whole)
  }
}

const scoreRemaining = (
  loadParts: readonly LoadPart[],
  parts: Parts,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  out.fill(0, 0, count)
  for (const { dimension, amount, weight } of loadParts) {
    const { capacity, load } = columnsOf(parts, dimension)
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      out[i]! += weight * (capacity[row]! - load[row]! - amount)
    }
  }
}

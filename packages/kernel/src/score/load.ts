/**
 * *Load*: a function of what the node would hold with the replica on it. The arithmetic is that of integers, rounded down at each
 * division; `amount * 100` is exact because amounts stay below 2^53/100.
 */
import { columnsOf, type Parts } from '../cluster/parts.js'
import type { Amounts } from '../cluster/column.js'
import type { Candidates } from '../judge/candidates.js'
import type { LoadPart, Raw } from '../rule/score.js'

type Load = Extract<Raw, { readonly _tag: 'Load' }>

export const scoreLoad = (raw: Load, parts: Parts, candidates: Candidates, out: Amounts): void => {
  if (raw.curve === 'remaining') scoreRemaining(raw.parts, parts, candidates, out)
  else scoreShare(raw, parts, candidates, out)
}

/** The mean, by weight, of the percentages that stay free (`least`) or are taken (`most`); 0 where nothing has weight. */
const scoreShare = (raw: Load, parts: Parts, candidates: Candidates, out: Amounts): void => {
  const weights = new Float64Array(candidates.count)
  out.fill(0, 0, candidates.count)
  for (const part of raw.parts)
    addShare(raw.curve === 'least', part, parts, candidates, out, weights)
  for (let i = 0; i < candidates.count; i++)
    out[i] = weights[i]! > 0 ? Math.floor(out[i]! / weights[i]!) : 0
}

const addShare = (
  least: boolean,
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
    if (whole === 0) continue
    const taken = Math.min(whole, load[row]! + amount)
    sums[i]! += weight * Math.floor(((least ? whole - taken : taken) * 100) / whole)
    weights[i]! += weight
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

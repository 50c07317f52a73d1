/**
 * All scores of a choice over the candidates: a column each, and the columns that decide, the first first. Both ways of choosing
 * come to this: the best is the highest by the first deciding column, among equals by the second, and so on.
 */
import type { Amounts } from '../cluster/column.js'
import type { Parts } from '../cluster/parts.js'
import type { Candidates } from '../judge/candidates.js'
import type { Plugin } from '../rule/id.js'
import type { ChainKey, Choice, Raw, Score } from '../rule/score.js'
import { scoreCounts } from './counts.js'
import { scoreLoad } from './load.js'
import { normalise } from './normalise.js'

/** By candidate: the raw score, and how it entered the choice. */
export interface Column {
  readonly plugin: Plugin
  readonly raw: Amounts
  readonly weighted: Amounts
}

export interface Scored {
  readonly columns: readonly Column[]
  readonly deciding: readonly Amounts[]
}

export const scoreAll = (choice: Choice, parts: Parts, candidates: Candidates): Scored => {
  if (choice._tag === 'Chain') {
    const columns = choice.keys.map((key) => chained(key, parts, candidates))
    return { columns, deciding: columns.map((column) => column.weighted) }
  }
  const columns = choice.scores.map((score) => weighed(score, parts, candidates))
  return { columns, deciding: [totals(columns, candidates.count)] }
}

const rawScores = (raw: Raw, parts: Parts, candidates: Candidates): Amounts => {
  const out = new Float64Array(candidates.count)
  if (raw._tag === 'Load') scoreLoad(raw, parts, candidates, out)
  else scoreCounts(raw, parts, candidates, out)
  return out
}

const chained = (
  { plugin, raw, prefer }: ChainKey,
  parts: Parts,
  candidates: Candidates,
): Column => {
  const scores = rawScores(raw, parts, candidates)
  return { plugin, raw: scores, weighted: prefer === 'most' ? scores : scores.map((x) => 0 - x) }
}

const weighed = (score: Score, parts: Parts, candidates: Candidates): Column => {
  const raw = rawScores(score.raw, parts, candidates)
  if (score.normaliser === 'none' && score.weight === 1)
    return { plugin: score.plugin, raw, weighted: raw }
  const weighted = raw.slice()
  normalise(score.normaliser, weighted, candidates.count)
  for (let i = 0; i < candidates.count; i++) weighted[i]! *= score.weight
  return { plugin: score.plugin, raw, weighted }
}

const totals = (columns: readonly Column[], count: number): Amounts => {
  if (columns.length === 1) return columns[0]!.weighted
  const sums = new Float64Array(count)
  for (const { weighted } of columns) for (let i = 0; i < count; i++) sums[i]! += weighted[i]!
  return sums
}

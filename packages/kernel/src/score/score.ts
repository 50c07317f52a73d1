/**
 * Computes all scores of all candidate nodes: for each score, one array with a number per
 * candidate. Also returns the arrays by which the best candidate is chosen: the weighted sum of all
 * scores, or one array per sort key, the most important first.
 */
import type { Amounts } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import { clearScratch, lendColumn, lendPositions, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import type { PluginId } from '../rule/id.js'
import type { RawScore } from '../rule/raw.js'
import type { ChainKey, Choice, Score } from '../rule/score.js'
import { selectBest, type Best } from './best.js'
import { scoreCounts } from './counts.js'
import { scoreColumn } from './column.js'
import { isIgnored, canIgnore } from './ignored.js'
import { scoreLoad } from './load.js'
import { normalise } from './normalise.js'
import { scoreSpread } from './spread.js'
import { scoreStatic } from './static.js'

/**
 * One score: by candidate the raw value (NaN when ignored) and the value that enters the choice.
 */
export interface ScoreColumn {
  readonly plugin: PluginId
  readonly raw: Amounts
  readonly weighted: Amounts
}

/**
 * All scores, and the columns that decide, most important first. A higher value is better. Columns
 * may be longer than the number of candidates; the rest is unused.
 */
export interface ScoreTable {
  readonly columns: readonly ScoreColumn[]
  readonly decisive: readonly Amounts[]
}

/** What scores are computed from, and the memory that they are written to. */
interface ScoreInput {
  readonly state: State
  readonly candidates: Candidates
  readonly scratch: Scratch
}

/** The scores of a choice for every candidate. */
export const scoreAll = (choice: Choice, scoring: ScoreInput): ScoreTable => {
  if (choice._tag === 'Chain') {
    const columns = choice.keys.map((key) => scoreKey(key, scoring))
    return { columns, decisive: columns.map((column) => column.weighted) }
  }
  const columns = choice.scores.map((score) => scoreWeighted(score, scoring))
  return { columns, decisive: [sumColumns(columns, scoring)] }
}

/** The best candidates of a choice. Ends all loans of scratch columns. */
export const bestOf = (choice: Choice, scoring: ScoreInput): Best => {
  const { candidates, scratch } = scoring
  clearScratch(scratch)
  const { decisive } = scoreAll(choice, scoring)
  return selectBest(decisive, candidates.count, lendPositions(scratch, candidates.count))
}

/** A raw score of every candidate, in a lent column; from the index when it keeps this score. */
export const rawScores = (raw: RawScore, { state, candidates, scratch }: ScoreInput): Amounts => {
  const out = lendColumn(scratch, candidates.count)
  const indexedScore = state.index?.scoreOf(raw)
  if (indexedScore !== undefined) {
    for (let i = 0; i < candidates.count; i++) out[i] = indexedScore(candidates.rows[i]!)
    return out
  }
  switch (raw._tag) {
    case 'Static':
      scoreStatic(raw, state, candidates, out)
      break
    case 'Column':
      scoreColumn(raw, state, candidates, out)
      break
    case 'Load':
      scoreLoad(raw, state, candidates, out)
      break
    case 'Counts':
      scoreCounts(raw, state, candidates, out)
      break
    case 'Spread':
      scoreSpread(raw, state, candidates, out)
  }
  return out
}

const scoreKey = ({ plugin, raw, prefer }: ChainKey, scoring: ScoreInput): ScoreColumn => {
  const scores = rawScores(raw, scoring)
  if (prefer === 'most' && !canIgnore(raw)) return { plugin, raw: scores, weighted: scores }
  const { count } = scoring.candidates
  const weighted = lendColumn(scoring.scratch, count)
  const sign = prefer === 'most' ? 1 : -1
  for (let i = 0; i < count; i++) weighted[i] = 0 + sign * scores[i]!
  if (canIgnore(raw)) replaceIgnored(weighted, count, -Infinity)
  return { plugin, raw: scores, weighted }
}

const scoreWeighted = (
  { plugin, raw, normaliser, weight }: Score,
  scoring: ScoreInput,
): ScoreColumn => {
  const scores = rawScores(raw, scoring)
  if (normaliser === 'none' && weight === 1 && !canIgnore(raw))
    return { plugin, raw: scores, weighted: scores }
  const { count } = scoring.candidates
  const weighted = lendColumn(scoring.scratch, count)
  for (let i = 0; i < count; i++) weighted[i] = scores[i]!
  normalise(normaliser, weighted, count)
  for (let i = 0; i < count; i++) weighted[i] = 0 + weighted[i]! * weight
  if (canIgnore(raw)) replaceIgnored(weighted, count, 0)
  return { plugin, raw: scores, weighted }
}

const replaceIgnored = (scores: Amounts, count: number, by: number): void => {
  for (let i = 0; i < count; i++) if (isIgnored(scores[i]!)) scores[i] = by
}

const sumColumns = (
  columns: readonly ScoreColumn[],
  { candidates, scratch }: ScoreInput,
): Amounts => {
  if (columns.length === 1) return columns[0]!.weighted
  const { count } = candidates
  const sums = lendColumn(scratch, count)
  sums.fill(0, 0, count)
  for (const { weighted } of columns) for (let i = 0; i < count; i++) sums[i]! += weighted[i]!
  return sums
}

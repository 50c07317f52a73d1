/**
 * Normalises the raw scores of the feasible nodes in place, for instance to 0 to 100, so that
 * different scores can be added. A node that a score ignores (NaN) stays ignored.
 */
import type { Amounts } from '../cluster/column.js'
import type { Normaliser } from '../rule/score.js'
import { isIgnored } from './ignored.js'

/** Applies a normaliser to the first `count` scores. */
export const normalise = (normaliser: Normaliser, scores: Amounts, count: number): void => {
  switch (normaliser) {
    case 'none':
      return
    case 'max':
      return byMax(scores, count, false)
    case 'max-reversed':
      return byMax(scores, count, true)
    case 'min-max':
      return byMinMax(scores, count)
    case 'spread':
      return bySpread(scores, count)
  }
}

const byMax = (scores: Amounts, count: number, reversed: boolean): void => {
  const max = Math.max(0, extremes(scores, count).max)
  for (let i = 0; i < count; i++) {
    const share = max === 0 ? level(scores[i]!, 0) : Math.trunc((scores[i]! * 100) / max)
    scores[i] = reversed ? 100 - share : share
  }
}

const byMinMax = (scores: Amounts, count: number): void => {
  const { min, max } = extremes(scores, count)
  for (let i = 0; i < count; i++)
    scores[i] =
      max === min ? level(scores[i]!, 0) : Math.floor(100 * ((scores[i]! - min) / (max - min)))
}

const bySpread = (scores: Amounts, count: number): void => {
  const { min, max } = extremes(scores, count)
  for (let i = 0; i < count; i++)
    scores[i] =
      max === 0 ? level(scores[i]!, 100) : Math.trunc(((max + min - scores[i]!) * 100) / max)
}

/** The same score for every node, when no two differ. */
const level = (score: number, to: number): number => (isIgnored(score) ? score : to)

/** The smallest and largest score; ignored ones are NaN and compare with nothing. */
const extremes = (
  scores: Amounts,
  count: number,
): { readonly min: number; readonly max: number } => {
  let [min, max] = [Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    const score = scores[i]!
    if (score < min) min = score
    if (score > max) max = score
  }
  return { min, max }
}

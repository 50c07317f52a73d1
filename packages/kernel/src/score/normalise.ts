/**
 * Normalisers: what is done to a column of raw scores over the feasible nodes, in place.
 */
import type { Amounts } from '../cluster/column.js'
import type { Normaliser } from '../rule/score.js'

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
  }
}

const byMax = (scores: Amounts, count: number, reversed: boolean): void => {
  let max = 0
  for (let i = 0; i < count; i++) max = Math.max(max, scores[i]!)
  for (let i = 0; i < count; i++) {
    const share = max === 0 ? 0 : Math.trunc((scores[i]! * 100) / max)
    scores[i] = reversed ? 100 - share : share
  }
}

const byMinMax = (scores: Amounts, count: number): void => {
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < count; i++) {
    min = Math.min(min, scores[i]!)
    max = Math.max(max, scores[i]!)
  }
  for (let i = 0; i < count; i++)
    scores[i] = max === min ? 0 : Math.floor(((scores[i]! - min) * 100) / (max - min))
}

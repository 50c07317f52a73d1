/**
 * Scores every feasible node, then keeps the best node, or several if they are equally good. This
 * is the slow reference implementation (twin) of choices, the rules that select a node by scores.
 */
import type { ScorePicture } from '../picture/answer.js'
import type { NodePicture, Picture } from '../picture/canonical.js'
import type { ChoiceRecipe } from '../recipe/recipe.js'
import { normaliseTwin } from './normalise.js'
import { rawsTwin } from './score.js'

/** A feasible node, its scores, and the numbers that are compared, in order. */
export interface ScoredNode {
  readonly node: NodePicture
  readonly scores: readonly ScorePicture[]
  readonly keys: readonly number[]
}

/** Scores the feasible nodes; keeps their order. */
export const scoreNodes = (
  choice: ChoiceRecipe,
  feasible: readonly NodePicture[],
  all: Picture,
): readonly ScoredNode[] => {
  const columns = columnsOf(choice, feasible, all)
  return feasible.map((node, i) => {
    const scores = columns.map((column) => column[i]!)
    const weighted = scores.map((score) => score.weighted)
    const total = weighted.reduce((a, b) => a + b, 0)
    return { node, scores, keys: choice._tag === 'Sum' ? [total] : weighted }
  })
}

const columnsOf = (
  choice: ChoiceRecipe,
  feasible: readonly NodePicture[],
  all: Picture,
): readonly (readonly ScorePicture[])[] => {
  if (choice._tag === 'Chain')
    return choice.keys.map(({ plugin, raw, prefer }) =>
      rawsTwin(raw, feasible, all).map((x) =>
        scoreOf(plugin, x, -Infinity, (score) => (prefer === 'most' ? score : 0 - score)),
      ),
    )
  return choice.scores.map(({ plugin, raw, normaliser, weight }) => {
    const column = rawsTwin(raw, feasible, all)
    const scores = column.filter((x) => x !== undefined)
    return column.map((x) =>
      scoreOf(plugin, x, 0, (one) => weight * normaliseTwin(normaliser, one, scores)),
    )
  })
}

/** A node that the score ignores has no raw score, and `otherwise` as its weighted score. */
const scoreOf = (
  plugin: number,
  raw: number | undefined,
  otherwise: number,
  weigh: (raw: number) => number,
): ScorePicture =>
  raw === undefined ? { plugin, weighted: otherwise } : { plugin, raw, weighted: weigh(raw) }

/** The best set: nodes that no other node exceeds, in their order. */
export const bestTwin = (nodes: readonly ScoredNode[]): readonly ScoredNode[] =>
  nodes.filter((one) => !nodes.some((other) => exceeds(other, one)))

/** Whether the first number that differs is greater. */
const exceeds = (one: ScoredNode, other: ScoredNode): boolean => {
  const decisive = one.keys.findIndex((x, i) => x !== other.keys[i])
  return decisive >= 0 && one.keys[decisive]! > other.keys[decisive]!
}

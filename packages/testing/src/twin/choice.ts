/**
 * The slow twin of the choice: every score of every node that passed, and who is exceeded by
 * nobody.
 */
import type { ScorePicture } from '../picture/answer.js'
import type { NodePicture, Picture } from '../picture/settled.js'
import type { ChoiceRecipe } from '../recipe/recipe.js'
import { normaliseTwin } from './normalise.js'
import { rawsTwin } from './score.js'

/** A node that passed, its scores, and the numbers by which it is compared, the first first. */
export interface Contestant {
  readonly node: NodePicture
  readonly scores: readonly ScorePicture[]
  readonly deciding: readonly number[]
}

/** The scores of the nodes that passed, in their order. */
export const contest = (
  choice: ChoiceRecipe,
  passed: readonly NodePicture[],
  all: Picture,
): readonly Contestant[] => {
  const columns = columnsOf(choice, passed, all)
  return passed.map((node, i) => {
    const scores = columns.map((column) => column[i]!)
    const weighted = scores.map((score) => score.weighted)
    const total = weighted.reduce((a, b) => a + b, 0)
    return { node, scores, deciding: choice._tag === 'Sum' ? [total] : weighted }
  })
}

const columnsOf = (
  choice: ChoiceRecipe,
  passed: readonly NodePicture[],
  all: Picture,
): readonly (readonly ScorePicture[])[] => {
  if (choice._tag === 'Chain')
    return choice.keys.map(({ plugin, raw, prefer }) =>
      rawsTwin(raw, passed, all).map((x) =>
        scored(plugin, x, -Infinity, (known) => (prefer === 'most' ? known : 0 - known)),
      ),
    )
  return choice.scores.map(({ plugin, raw, normaliser, weight }) => {
    const column = rawsTwin(raw, passed, all)
    const known = column.filter((x) => x !== undefined)
    return column.map((x) =>
      scored(plugin, x, 0, (one) => weight * normaliseTwin(normaliser, one, known)),
    )
  })
}

/** A node that the score ignores has no raw score, and this instead of a weighted one. */
const scored = (
  plugin: number,
  raw: number | undefined,
  otherwise: number,
  weigh: (raw: number) => number,
): ScorePicture =>
  raw === undefined ? { plugin, weighted: otherwise } : { plugin, raw, weighted: weigh(raw) }

/** Those whom nobody exceeds, in their order. */
export const bestTwin = (contestants: readonly Contestant[]): readonly Contestant[] =>
  contestants.filter((one) => !contestants.some((other) => exceeds(other, one)))

/** Whether the first number in which they differ is the greater. */
const exceeds = (one: Contestant, other: Contestant): boolean => {
  const decisive = one.deciding.findIndex((x, i) => x !== other.deciding[i])
  return decisive >= 0 && one.deciding[decisive]! > other.deciding[decisive]!
}

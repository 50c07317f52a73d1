/** The slow twin of the choice: every score of every node that passed, and who is exceeded by nobody. */
import type { ScorePicture } from '../picture/answer.js'
import type { NodePicture, Picture } from '../picture/settled.js'
import type { ChoiceRecipe, RawRecipe } from '../recipe/recipe.js'
import { normaliseTwin } from './normalise.js'
import { rawTwin } from './score.js'

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
  const rawColumn = (raw: RawRecipe): readonly number[] =>
    passed.map((node) => rawTwin(raw, node, all))
  if (choice._tag === 'Chain')
    return choice.keys.map(({ plugin, raw, prefer }) =>
      rawColumn(raw).map((x) => ({ plugin, raw: x, weighted: prefer === 'most' ? x : 0 - x })),
    )
  return choice.scores.map(({ plugin, raw, normaliser, weight }) =>
    rawColumn(raw).map((x, _, column) => ({
      plugin,
      raw: x,
      weighted: weight * normaliseTwin(normaliser, x, column),
    })),
  )
}

/** Those whom nobody exceeds, in their order. */
export const bestTwin = (contestants: readonly Contestant[]): readonly Contestant[] =>
  contestants.filter((one) => !contestants.some((other) => exceeds(other, one)))

/** Whether the first number in which they differ is the greater. */
const exceeds = (one: Contestant, other: Contestant): boolean => {
  const decisive = one.deciding.findIndex((x, i) => x !== other.deciding[i])
  return decisive >= 0 && one.deciding[decisive]! > other.deciding[decisive]!
}

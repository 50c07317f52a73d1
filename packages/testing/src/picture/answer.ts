/**
 * Converts answers of `place` and `explain` from ids to names, so that the answers of two clusters
 * can be compared.
 */
import {
  explain,
  type Answer,
  type Explanation,
  type Refusal,
  type View,
  type PlaceRequest,
  type NodeExplanation,
} from '@stowage/kernel'
import { nodeNames } from '../raise/expr.js'
import type { RecipeOf } from '../recipe/recipe.js'

/** A refusal with plain numbers for plugin and reasons. */
export type RefusalPicture = RecipeOf<Refusal>
/** A score with a plain number for the plugin. */
export type ScorePicture = RecipeOf<NodeExplanation['scores'][number]>

/** The refusals or scores of one node. */
export interface NodeExplanationPicture {
  readonly name: string
  readonly refusals: readonly RefusalPicture[]
  readonly scores: readonly ScorePicture[]
}

/** An `Explanation` by names. `chosen` and `runnerUp` are `undefined` when there is none. */
export interface ExplanationPicture {
  readonly nodes: readonly NodeExplanationPicture[]
  readonly best: readonly string[]
  readonly chosen: string | undefined
  readonly runnerUp: string | undefined
}

/** An `Answer` by names: the node of each placed replica, and what remains unplaced. */
export interface AnswerPicture {
  readonly placed: readonly string[]
  readonly unplaced: RecipeOf<Answer['unplaced']>
}

/** Explains a request by names. */
export const explainByName = (
  view: View,
  request: Pick<PlaceRequest, 'class' | 'only'>,
): ExplanationPicture => pictureOfExplanation(view, explain(view, request))

/** The picture of an explanation; `view` is the cluster that it explains. */
export const pictureOfExplanation = (view: View, explanation: Explanation): ExplanationPicture => {
  const nameOf = (node: Explanation['chosen']): string | undefined =>
    node === undefined ? undefined : nodeNames(view, [node])[0]
  return {
    nodes: explanation.nodes.map(({ node, all, scores }) => ({
      name: nameOf(node) ?? 'nobody',
      refusals: all,
      scores,
    })),
    best: nodeNames(view, explanation.best),
    chosen: nameOf(explanation.chosen),
    runnerUp: nameOf(explanation.runnerUp),
  }
}

/** The picture of an answer; `view` is the cluster or draft after placing. */
export const pictureOfAnswer = (view: View, { placed, unplaced }: Answer): AnswerPicture => ({
  placed: nodeNames(
    view,
    placed.map(({ node }) => node),
  ),
  unplaced,
})

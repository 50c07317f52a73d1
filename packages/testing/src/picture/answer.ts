/**
 * What the kernel answers, in names instead of ids, so that answers of two clusters can be
 * compared.
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
import { namesOf } from '../recipe/told-expr.js'
import type { Told } from '../recipe/recipe.js'

/** A refusal; plugin and reasons as plain numbers. */
export type RefusalPicture = Told<Refusal>
/** A score; the plugin as a plain number. */
export type ScorePicture = Told<NodeExplanation['scores'][number]>

/** What is said of one node. */
export interface NodeExplanationPicture {
  readonly name: string
  readonly refusals: readonly RefusalPicture[]
  readonly scores: readonly ScorePicture[]
}

/**
 * An `Explanation` by names; a node's first refusal is the head of its refusals, and `undefined`
 * stands for nobody.
 */
export interface ExplanationPicture {
  readonly nodes: readonly NodeExplanationPicture[]
  readonly best: readonly string[]
  readonly chosen: string | undefined
  readonly runnerUp: string | undefined
}

/** An `Answer` by names, in the order of the placements. */
export interface AnswerPicture {
  readonly placed: readonly string[]
  readonly unplaced: Told<Answer['unplaced']>
}

/** Explains a request, and tells it by names. */
export const explained = (
  view: View,
  asked: Pick<PlaceRequest, 'class' | 'only'>,
): ExplanationPicture => pictureOfExplanation(view, explain(view, asked))

/** An explanation that the kernel gave of this cluster. */
export const pictureOfExplanation = (view: View, said: Explanation): ExplanationPicture => {
  const nameOf = (node: Explanation['chosen']): string | undefined =>
    node === undefined ? undefined : namesOf(view, [node])[0]
  return {
    nodes: said.nodes.map(({ node, all, scores }) => ({
      name: nameOf(node) ?? 'nobody',
      refusals: all,
      scores,
    })),
    best: namesOf(view, said.best),
    chosen: nameOf(said.chosen),
    runnerUp: nameOf(said.runnerUp),
  }
}

/** An answer that the kernel gave; `view` is the cluster that it led to, or its draft. */
export const pictureOfAnswer = (view: View, { placed, unplaced }: Answer): AnswerPicture => ({
  placed: namesOf(
    view,
    placed.map(({ node }) => node),
  ),
  unplaced,
})

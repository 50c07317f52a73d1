/**
 * The slow twin of `explain`: every filter asked of every node, then the contest of those that
 * passed.
 */
import type { ExplanationPicture } from '../picture/answer.js'
import type { NodePicture, Picture } from '../picture/settled.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { bestTwin, contest } from './choice.js'
import { filterTwin } from './filter.js'
import { tieTwin } from './tie.js'

/**
 * One replica of a class to place: on one of the nodes of `only` when given; with the id that the
 * replica will have.
 */
export interface Asked {
  readonly class: ClassRecipe
  readonly only?: readonly string[] | undefined
  readonly replica: number
}

/** The explanation, by names, of a cluster of which this is the picture. */
export const explainTwin = (before: Picture, asked: Asked): ExplanationPicture => {
  const nodes = before.nodes
    .filter(({ name }) => asked.only?.includes(name) ?? true)
    .map((node) => ({ node, refusals: refusalsTwin(asked.class, node, before) }))
  const { choice } = asked.class
  const passed = nodes.filter(({ refusals }) => refusals.length === 0).map(({ node }) => node)
  const contestants = contest(choice, passed, before)
  const best = bestTwin(contestants)
  const chosen = tieTwin(choice.tie, best, asked.replica)
  const rest = contestants.filter((contestant) => contestant !== chosen)
  return {
    nodes: nodes.map(({ node, refusals }) => ({
      name: node.name,
      refusals,
      scores: contestants.find((contestant) => contestant.node === node)?.scores ?? [],
    })),
    best: best.map(({ node }) => node.name),
    chosen: chosen?.node.name,
    runnerUp: bestTwin(rest)[0]?.node.name,
  }
}

const refusalsTwin = (classSpec: ClassRecipe, node: NodePicture, all: Picture) =>
  classSpec.filters.flatMap((filter) => filterTwin(filter, node, all) ?? [])

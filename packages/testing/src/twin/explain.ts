/**
 * Judges every node by every filter, then scores the feasible nodes. This is the slow reference
 * implementation (twin) of the kernel's `explain`.
 */
import type { ExplanationPicture } from '../picture/answer.js'
import type { NodePicture, Picture } from '../picture/canonical.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { bestTwin, scoreNodes } from './choice.js'
import { filterTwin } from './filter.js'
import { tieTwin } from './tie.js'

/** A replica to place. `only` restricts it to nodes by name; `replica` is the id it will get. */
export interface ExplainRequest {
  readonly class: ClassRecipe
  readonly only?: readonly string[] | undefined
  readonly replica: number
}

/** The explanation of a request in the cluster with this picture. */
export const explainTwin = (before: Picture, request: ExplainRequest): ExplanationPicture => {
  const nodes = before.nodes
    .filter(({ name }) => request.only?.includes(name) ?? true)
    .map((node) => ({ node, refusals: refusalsTwin(request.class, node, before) }))
  const { choice } = request.class
  const feasible = nodes.filter(({ refusals }) => refusals.length === 0).map(({ node }) => node)
  const scoredNodes = scoreNodes(choice, feasible, before)
  const best = bestTwin(scoredNodes)
  const chosen = tieTwin(choice.tie, best, request.replica)
  const rest = scoredNodes.filter((one) => one !== chosen)
  return {
    nodes: nodes.map(({ node, refusals }) => ({
      name: node.name,
      refusals,
      scores: scoredNodes.find((one) => one.node === node)?.scores ?? [],
    })),
    best: best.map(({ node }) => node.name),
    chosen: chosen?.node.name,
    runnerUp: bestTwin(rest)[0]?.node.name,
  }
}

const refusalsTwin = (classSpec: ClassRecipe, node: NodePicture, all: Picture) =>
  classSpec.filters.flatMap((filter) => filterTwin(filter, node, all) ?? [])

/**
 * Translates plans and explanations to the terms of a platform, such as Kubernetes. The kernel
 * knows the platform's plugins (filters and scores), reasons and resources only by number; the
 * platform's `Vocabulary` gives their names.
 */
import type { View } from '../cluster/cluster.js'
import { nodeName } from '../cluster/read.js'
import type { Explanation, NodeExplanation, Refusal } from '../rule/answer.js'
import type { DimensionId, NodeId } from '../rule/id.js'
import type { Plan, PlannedNode, ReplayedReplica } from '../rule/plan.js'
import type {
  Vocabulary,
  WordedExplanation,
  WordedNode,
  WordedPlan,
  WordedRefusal,
  WordedReplay,
} from '../rule/vocabulary.js'
import { wordRemedies } from './word-remedies.js'

/** A plan in the adapter's words. */
export const wordPlan = (plan: Plan, vocabulary: Vocabulary): WordedPlan => ({
  nodes: plan.nodes.map(nodeWording(vocabulary)),
  unplaced: plan.unplaced.map(({ name, count, nodes, reasons }) => ({
    name,
    count,
    nodes,
    reasons: reasons.map(([reason, refused]) => ({
      ...vocabulary.reasonOf(reason),
      nodes: refused,
    })),
  })),
})

/**
 * Words nodes. Resources of which a node has none and uses none are left out; they cost nothing, as
 * each of very many resources may be on one node alone.
 */
const nodeWording = ({ resources }: Vocabulary): ((node: PlannedNode) => WordedNode) => {
  const positions = new Map<DimensionId, number[]>()
  for (const [position, { dimension }] of resources.entries()) {
    const others = positions.get(dimension)
    if (others === undefined) positions.set(dimension, [position])
    else others.push(position)
  }
  return ({ name, capacity, load, holds }) => {
    const [whole, used] = [new Map(capacity), new Map(load)]
    const dimensions = new Set([...whole.keys(), ...used.keys()])
    const known = [...dimensions].flatMap((dimension) => positions.get(dimension) ?? [])
    const gauges = known
      .sort((one, other) => one - other)
      .map((position) => {
        const { dimension, resource, unit, per } = resources[position]!
        const amountIn = (amounts: typeof whole): number => (amounts.get(dimension) ?? 0) / per
        return { resource, unit, of: amountIn(whole), used: amountIn(used) }
      })
    return { name, gauges: gauges.filter((one) => one.of > 0 || one.used > 0), holds }
  }
}

/** An explanation in the adapter's words. `view` is what was explained; it has the nodes' names. */
export const wordExplanation = (
  view: View,
  { nodes, best, chosen, runnerUp }: Explanation,
  vocabulary: Vocabulary,
): WordedExplanation => {
  const nameOf = (node: NodeId): string => nodeName(view, node)
  return {
    nodes: nodes.map((node) => ({
      name: nameOf(node.node),
      ...wordNodeExplanation(node, vocabulary),
    })),
    best: best.map(nameOf),
    ...(chosen === undefined ? {} : { chosen: nameOf(chosen) }),
    ...(runnerUp === undefined ? {} : { runnerUp: nameOf(runnerUp) }),
  }
}

/** A replayed replica in the adapter's words. `view` is the draft that `replay` has left. */
export const wordReplay = (
  view: View,
  replayed: ReplayedReplica,
  vocabulary: Vocabulary,
): WordedReplay => {
  const { replica, remedies, names } = replayed
  const explanation = wordExplanation(view, replayed.explanation, vocabulary)
  if (remedies === undefined) return { replica, explanation }
  const worded = wordRemedies(view, remedies, explanation, names, vocabulary)
  return { replica, explanation, remedies: worded }
}

const wordNodeExplanation = (
  { first, all, scores }: NodeExplanation,
  vocabulary: Vocabulary,
): Omit<WordedExplanation['nodes'][number], 'name'> => ({
  ...(first === undefined ? {} : { first: wordRefusal(first, vocabulary) }),
  all: all.map((refusal) => wordRefusal(refusal, vocabulary)),
  scores: scores.map(({ plugin, ...score }) => ({
    plugin: vocabulary.pluginName(plugin),
    ...score,
  })),
})

const wordRefusal = (
  { plugin, reasons, removable }: Refusal,
  vocabulary: Vocabulary,
): WordedRefusal => ({
  plugin: vocabulary.pluginName(plugin),
  reasons: reasons.map((reason) => vocabulary.reasonOf(reason).reason),
  removable,
})

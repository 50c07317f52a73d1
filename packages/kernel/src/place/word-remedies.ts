/**
 * Translates remedies (the smallest changes after which a replica would fit) to the terms of a
 * platform, such as Kubernetes. Ids of nodes, replicas and filters become names, and amounts get
 * units.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { View } from '../cluster/cluster.js'
import { dimensionName } from '../cluster/find.js'
import { nodeName } from '../cluster/read.js'
import type { Vector } from '../rule/dimension.js'
import type { ReplicaId } from '../rule/id.js'
import type { Remedies } from '../rule/remedy.js'
import type {
  Vocabulary,
  WordedAmount,
  WordedExplanation,
  WordedRemedies,
} from '../rule/vocabulary.js'
import { holdingsOf } from './plan.js'

/**
 * Remedies in the adapter's words. `explanation` is of the same request in the same view; `names`
 * are those of its replicas.
 */
export const wordRemedies = (
  view: View,
  { drop, add, remove, cut }: Remedies,
  explanation: WordedExplanation,
  names: ReadonlyMap<ReplicaId, string>,
  vocabulary: Vocabulary,
): WordedRemedies => {
  const refusalsOn = (name: string) =>
    explanation.nodes.find((node) => node.name === name)?.all ?? []
  return {
    ...(drop === undefined
      ? {}
      : {
          drop: { node: nodeName(view, drop.node), rules: refusalsOn(nodeName(view, drop.node)) },
        }),
    ...(add === undefined
      ? {}
      : {
          add: {
            node: nodeName(view, add.node),
            amounts: wordVector(view, add.amounts, vocabulary),
          },
        }),
    ...(remove === undefined
      ? {}
      : {
          remove: {
            node: nodeName(view, remove.node),
            count: remove.replicas.length,
            holds: holdingsOf(remove.replicas, names),
          },
        }),
    cut,
  }
}

/** A dimension without a unit in the vocabulary is shown by its name. */
const wordVector = (
  view: View,
  vector: Vector,
  { resources }: Vocabulary,
): readonly WordedAmount[] =>
  vector.map(([dimension, amount]) => {
    const known = resources.find((one) => one.dimension === dimension)
    if (known === undefined)
      return { resource: O.getOrElse(() => '')(dimensionName(view, dimension)), unit: '', amount }
    const { resource, unit, per } = known
    return { resource, unit, amount: amount / per }
  })

/**
 * Translates storage topology to kernel expressions on node labels, which select
 * 1. the nodes that reach a volume;
 * 2. the nodes for which a StorageClass provisions volumes;
 * 3. the nodes to which a CSIStorageCapacity object applies.
 */
import { everyNode, internWord, type Draft, type Expr } from '@stowage/kernel'
import { requiredExpr } from '../lower/node-affinity.js'
import { requirementsOf, type LabelSelectorRequirement } from '../words/label-selector.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import type { CSIStorageCapacity, StorageClass } from '../words/storage.js'

/** An expression that no node satisfies. */
export const nowhere: Expr = { _tag: 'Any', of: [] }

/**
 * The nodes that reach a volume, by its node affinity. Only labels count: `matchFields` are
 * ignored, but a term that has only fields matches every node.
 */
export const volumeExpr = (draft: Draft, { spec }: PersistentVolume): Expr => {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms
  if (terms === undefined) return everyNode
  const ofFields = terms.some(
    ({ matchExpressions, matchFields }) => matchExpressions.length === 0 && matchFields.length > 0,
  )
  const ofLabels = terms.map(({ matchExpressions }) => ({ matchExpressions, matchFields: [] }))
  return ofFields ? everyNode : requiredExpr(draft, ofLabels)
}

/**
 * The nodes for which a class provisions volumes: all when it lists no topologies. A topology
 * without expressions matches no node.
 */
export const topologyExpr = (draft: Draft, { allowedTopologies }: StorageClass): Expr => {
  if (allowedTopologies.length === 0) return everyNode
  const terms = allowedTopologies.filter(
    ({ matchLabelExpressions }) => matchLabelExpressions.length > 0,
  )
  return {
    _tag: 'Any',
    of: terms.map(({ matchLabelExpressions }) => ({
      _tag: 'All',
      of: matchLabelExpressions.map(({ key, values }) => among(draft, key, values)),
    })),
  }
}

/** The nodes that a capacity object covers; none when it has no topology. */
export const capacityExpr = (draft: Draft, { nodeTopology }: CSIStorageCapacity): Expr =>
  nodeTopology === undefined
    ? nowhere
    : {
        _tag: 'All',
        of: requirementsOf(nodeTopology).map((requirement) => requirementExpr(draft, requirement)),
      }

const among = (draft: Draft, key: string, values: readonly string[]): Expr => ({
  _tag: 'In',
  key: internWord(draft, key),
  values: values.map((value) => internWord(draft, value)),
})

/** A requirement of a label selector. `In` fails and `NotIn` holds when the label is absent. */
const requirementExpr = (
  draft: Draft,
  { key, operator, values }: LabelSelectorRequirement,
): Expr => {
  const has: Expr = { _tag: 'Has', key: internWord(draft, key) }
  switch (operator) {
    case 'In':
      return among(draft, key, values)
    case 'NotIn':
      return { _tag: 'Not', of: among(draft, key, values) }
    case 'Exists':
      return has
    default:
      return { _tag: 'Not', of: has }
  }
}

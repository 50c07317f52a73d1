/**
 * From which nodes a volume can be reached, where a class makes volumes, and where what is left of
 * it can be drawn on.
 */
import { anything, internWord, type Draft, type Expr } from '@stowage/kernel'
import { requiredExpr } from '../lower/node-affinity.js'
import { requirementsOf, type LabelSelectorRequirement } from '../words/label-selector.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import type { CSIStorageCapacity, StorageClass } from '../words/storage.js'

export const nowhere: Expr = { _tag: 'Any', of: [] }

/**
 * Volumes are asked of a node's labels alone: what a term says of its fields does not count, but it
 * is not empty for that.
 */
export const volumeExpr = (draft: Draft, { spec }: PersistentVolume): Expr => {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms
  if (terms === undefined) return anything
  const ofFields = terms.some(
    ({ matchExpressions, matchFields }) => matchExpressions.length === 0 && matchFields.length > 0,
  )
  const ofLabels = terms.map(({ matchExpressions }) => ({ matchExpressions, matchFields: [] }))
  return ofFields ? anything : requiredExpr(draft, ofLabels)
}

/** Without topologies anywhere; a topology that names nothing is nowhere. */
export const topologyExpr = (draft: Draft, { allowedTopologies }: StorageClass): Expr => {
  if (allowedTopologies.length === 0) return anything
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

export const capacityExpr = (draft: Draft, { nodeTopology }: CSIStorageCapacity): Expr =>
  nodeTopology === undefined
    ? nowhere
    : {
        _tag: 'All',
        of: requirementsOf(nodeTopology).map((requirement) => labelled(draft, requirement)),
      }

const among = (draft: Draft, key: string, values: readonly string[]): Expr => ({
  _tag: 'In',
  key: internWord(draft, key),
  values: values.map((value) => internWord(draft, value)),
})

/** As selectors of labels take them: what is not there is in no set. */
const labelled = (draft: Draft, { key, operator, values }: LabelSelectorRequirement): Expr => {
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

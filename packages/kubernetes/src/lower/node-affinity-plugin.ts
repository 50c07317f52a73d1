/**
 * Translates the plugin NodeAffinity to kernel rules: filters and a score by the node names and
 * labels that a pod or its profile requires or prefers.
 */
import type { Draft, Filter } from '@stowage/kernel'
import type { NodeAffinity } from '../words/node-selector.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import {
  affinityExpr,
  nodesNamed,
  pinnedNames,
  preferredExprs,
  requiredExpr,
} from './node-affinity.js'
import { fixedReason } from '../plugin/reason.js'

/**
 * Restricts the candidates to the node names that affinity pins, before any other filter. Terms
 * that contradict each other leave no node.
 */
export const pinnedFilter: FiltersOf = ({ draft, pod }) => {
  const names = pinnedNames(pod.spec)
  if (names === undefined) return []
  const filter = { _tag: 'Only', nodes: nodesNamed(draft, names), removable: false } as const
  if (names.length === 0) return [{ ...filter, ...fixedReason('pod affinity terms conflict') }]
  return [{ ...filter, ...fixedReason("node(s) didn't satisfy plugin(s) [NodeAffinity]") }]
}

/** Filters by the profile's added affinity, then by the pod's node selector and affinity. */
export const nodeAffinityFilters: FiltersOf = ({ draft, pod, args }) => {
  const affinity = affinityExpr(draft, pod.spec)
  return [
    ...addedFilter(draft, args.nodeAffinity.addedAffinity),
    ...(affinity === undefined
      ? []
      : [
          {
            _tag: 'Require',
            ...fixedReason("node(s) didn't match Pod's node affinity/selector"),
            removable: false,
            expr: affinity,
          } as const,
        ]),
  ]
}

const addedFilter = (draft: Draft, added: NodeAffinity | undefined): readonly Filter[] => {
  const required = added?.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined) return []
  return [
    {
      _tag: 'Require',
      ...fixedReason("node(s) didn't match scheduler-enforced node affinity"),
      removable: false,
      expr: requiredExpr(draft, required.nodeSelectorTerms),
    },
  ]
}

/** Scores by the weights of the preferred terms that match; `undefined` when there are none. */
export const nodeAffinityScore: ScoreOf = ({ draft, pod, args }) => {
  const cases = [
    ...preferredExprs(draft, args.nodeAffinity.addedAffinity),
    ...preferredExprs(draft, pod.spec.affinity?.nodeAffinity),
  ]
  if (cases.length === 0) return undefined
  return { raw: { _tag: 'Static', cases, marks: [] }, normaliser: 'max' }
}

/**
 * NodeAffinity: what a profile and a pod require of a node's labels, what they prefer, and the
 * names that they pin.
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
import { said } from '../plugin/reason.js'

/**
 * Names pinned by affinity narrow the nodes before any plugin is asked; terms that contradict each
 * other leave none.
 */
export const pinnedFilter: FiltersOf = ({ draft, pod }) => {
  const names = pinnedNames(pod.spec)
  if (names === undefined) return []
  const filter = { _tag: 'Only', nodes: nodesNamed(draft, names), removable: false } as const
  if (names.length === 0) return [{ ...filter, ...said('pod affinity terms conflict') }]
  return [{ ...filter, ...said("node(s) didn't satisfy plugin(s) [NodeAffinity]") }]
}

export const nodeAffinityFilters: FiltersOf = ({ draft, pod, args }) => {
  const affinity = affinityExpr(draft, pod.spec)
  return [
    ...addedFilter(draft, args.nodeAffinity.addedAffinity),
    ...(affinity === undefined
      ? []
      : [
          {
            _tag: 'Require',
            ...said("node(s) didn't match Pod's node affinity/selector"),
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
      ...said("node(s) didn't match scheduler-enforced node affinity"),
      removable: false,
      expr: requiredExpr(draft, required.nodeSelectorTerms),
    },
  ]
}

export const nodeAffinityScore: ScoreOf = ({ draft, pod, args }) => {
  const cases = [
    ...preferredExprs(draft, args.nodeAffinity.addedAffinity),
    ...preferredExprs(draft, pod.spec.affinity?.nodeAffinity),
  ]
  if (cases.length === 0) return undefined
  return { raw: { _tag: 'Static', cases, marks: [] }, normaliser: 'max' }
}

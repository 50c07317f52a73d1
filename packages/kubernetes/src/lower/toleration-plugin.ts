/**
 * Translates the plugins NodeUnschedulable and TaintToleration to kernel rules:
 * 1. filters that refuse cordoned nodes and nodes with untolerated taints;
 * 2. a score that prefers nodes with fewer untolerated PreferNoSchedule taints.
 */
import { internWord } from '@stowage/kernel'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { unschedulableKey } from './toleration.js'
import { fixedReason } from '../plugin/reason.js'
import { discouragingExpr, toleratedExpr, tolerates } from './toleration.js'

const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

/** Refuses cordoned nodes, unless the pod tolerates the taint of a cordon. */
export const unschedulableFilter: FiltersOf = ({ draft, pod }) =>
  tolerates(pod.spec.tolerations, cordon)
    ? []
    : [
        {
          _tag: 'Require',
          ...fixedReason('node(s) were unschedulable'),
          removable: false,
          expr: { _tag: 'Not', of: { _tag: 'Has', key: internWord(draft, unschedulableKey) } },
        },
      ]

/** Refuses nodes with an untolerated NoSchedule or NoExecute taint. */
export const tolerationFilter: FiltersOf = ({ draft, pod }) => [
  {
    _tag: 'Require',
    ...fixedReason('node(s) had untolerated taint(s)'),
    removable: false,
    expr: { _tag: 'Marks', tolerated: toleratedExpr(draft, pod.spec.tolerations) },
  },
]

/** The fewer untolerated PreferNoSchedule taints, the higher the score. */
export const tolerationScore: ScoreOf = ({ draft, pod }) => ({
  raw: { _tag: 'Static', cases: [], marks: [[discouragingExpr(draft, pod.spec.tolerations), 1]] },
  normaliser: 'max-reversed',
})

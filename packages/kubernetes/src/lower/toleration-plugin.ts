/**
 * NodeUnschedulable and TaintToleration: cordons and taints that a pod does not tolerate, and those
 * that discourage it.
 */
import { internWord } from '@stowage/kernel'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { unschedulableKey } from './toleration.js'
import { said } from '../plugin/reason.js'
import { discouragingExpr, toleratedExpr, tolerates } from './toleration.js'

const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

export const unschedulableFilter: FiltersOf = ({ draft, pod }) =>
  tolerates(pod.spec.tolerations, cordon)
    ? []
    : [
        {
          _tag: 'Require',
          ...said('node(s) were unschedulable'),
          removable: false,
          expr: { _tag: 'Not', of: { _tag: 'Has', key: internWord(draft, unschedulableKey) } },
        },
      ]

export const tolerationFilter: FiltersOf = ({ draft, pod }) => [
  {
    _tag: 'Require',
    ...said('node(s) had untolerated taint(s)'),
    removable: false,
    expr: { _tag: 'Marks', tolerated: toleratedExpr(draft, pod.spec.tolerations) },
  },
]

/** The fewer taints that discourage the pod, the better. */
export const tolerationScore: ScoreOf = ({ draft, pod }) => ({
  raw: { _tag: 'Static', cases: [], marks: [[discouragingExpr(draft, pod.spec.tolerations), 1]] },
  normaliser: 'max-reversed',
})

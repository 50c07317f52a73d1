/**
 * Reads all PodDisruptionBudgets. Preemption uses their status; the disruption controller and the
 * simulation of drains use their spec.
 */
import { instant } from '@stowage/kernel'
import type { DisruptionBudget } from '../disruption/budget-status.js'
import type { Budget } from '../preempt/budget.js'
import type { KubernetesObject } from '../words/object.js'
import { fullName, namespaceOf } from '../workload/workload.js'

/** The budgets of the PodDisruptionBudget objects. */
export const budgetsIn = (objects: readonly KubernetesObject[]): readonly Budget[] =>
  objects.flatMap((found) => {
    if (found.kind !== 'PodDisruptionBudget') return []
    const { metadata, spec, status } = found.object
    return [
      {
        namespace: namespaceOf(metadata),
        selector: spec?.selector,
        allowed: status?.disruptionsAllowed ?? 0,
        disrupted: new Set(status?.disruptedPods.keys()),
      },
    ]
  })

/**
 * The budgets by their spec. That an eviction was allowed is known for a while only: here it counts
 * from the beginning of time on.
 */
export const disruptionBudgetsIn = (
  objects: readonly KubernetesObject[],
): readonly DisruptionBudget[] =>
  objects.flatMap((found) => {
    if (found.kind !== 'PodDisruptionBudget') return []
    const { metadata, spec, status } = found.object
    const disrupted = [...(status?.disruptedPods.keys() ?? [])]
    return [
      {
        name: fullName(metadata),
        namespace: namespaceOf(metadata),
        selector: spec?.selector,
        minAvailable: spec?.minAvailable,
        maxUnavailable: spec?.maxUnavailable,
        isUnhealthyFree: spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow',
        disrupted: new Map(disrupted.map((name) => [name, instant(0)])),
      },
    ]
  })

/**
 * Gathers the disruption budgets, which preemption respects, from all PodDisruptionBudget objects.
 */
import type { Budget } from '../preempt/budget.js'
import type { KubernetesObject } from '../words/object.js'
import { namespaceOf } from '../workload/workload.js'

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

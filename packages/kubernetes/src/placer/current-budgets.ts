/**
 * Computes how many disruptions the PodDisruptionBudgets allow at this moment, from the pods that
 * the controllers know.
 */
import type { Instant } from '@stowage/kernel'
import { sizedController } from '../api/budget.js'
import { bareName } from '../api/object.js'
import { budgetStatus, type BudgetPod, type DisruptionBudget } from '../disruption/budget-status.js'
import { guards } from '../disruption/guards.js'
import type { KubernetesMemory, PodRecord } from '../memory/memory.js'
import type { Budget } from '../preempt/budget.js'

/** The budgets as preemption sees them. */
export const currentBudgets = (
  budgets: readonly DisruptionBudget[],
  memory: KubernetesMemory,
  now: Instant,
): readonly Budget[] => {
  if (budgets.length === 0) return []
  const pods = [...memory.pods.values()]
  return budgets.map((budget) => {
    const { namespace, selector } = budget
    const guarded = pods.filter((pod) => guards(budget, pod)).map((pod) => countedPod(memory, pod))
    const { allowed } = budgetStatus(budget, guarded, now)
    return { namespace, selector, allowed, disrupted: new Set() }
  })
}

const countedPod = (
  memory: KubernetesMemory,
  { name, namespace, set, slot, readyAt, isLeaving }: PodRecord,
): BudgetPod => ({
  name: bareName(name),
  isReady: readyAt !== undefined,
  isLeaving,
  controller: sizedController(memory, { namespace, ...ownerOfPod(slot?.workload, set) }),
})

/** Kind and name of the controller. */
const ownerOfPod = (
  workload: string | undefined,
  set: string | undefined,
): { readonly owner?: string } => {
  if (workload !== undefined)
    return { owner: `${workload.slice(0, workload.indexOf(' '))} ${bareName(workload)}` }
  return set === undefined ? {} : { owner: `ReplicaSet ${bareName(set)}` }
}

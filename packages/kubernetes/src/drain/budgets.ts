/**
 * Finds the PodDisruptionBudgets that select a pod in a simulated `kubectl drain`, and computes
 * their status at the current moment of the simulation.
 */
import { instant, later } from '@stowage/kernel'
import {
  budgetStatus,
  type BudgetStatus,
  type DisruptionBudget,
  type BudgetPod,
} from '../disruption/budget-status.js'
import { guards } from '../disruption/guards.js'
import { titleOf } from '../workload/workload.js'
import { statedTitleOf, type DrainWorld, type CountedPod } from './world.js'

/** The budgets that select a pod. */
export const budgetsOf = (
  { input: { disruptionBudgets } }: DrainWorld,
  pod: CountedPod,
): readonly DisruptionBudget[] => disruptionBudgets.filter((budget) => guards(budget, pod))

/** The status of a budget now. */
export const statusNow = (world: DrainWorld, budget: DisruptionBudget): BudgetStatus => {
  const pods = [...world.live.values()].filter((pod) => guards(budget, pod))
  const scaled = pods.map((pod) => scaledPod(world, pod))
  return budgetStatus(budget, scaled, later(instant(0), world.now))
}

const unscalableKinds = ['Job', 'CronJob', 'DaemonSet', 'Node']

/** A controller that is not among the documents has as many pods as there are of it. */
const scaledPod = (world: DrainWorld, pod: CountedPod): BudgetPod => {
  const { isReady, isLeaving, controller, workload } = pod
  const name = pod.name.slice(pod.namespace.length + 1)
  if (controller === undefined) return { name, isReady, isLeaving, controller }
  if (unscalableKinds.some((kind) => controller.startsWith(`${kind} `)))
    return { name, isReady, isLeaving, controller: 'unscalable' }
  const known = world.input.pending.find(
    (one) => titleOf(one) === workload && one.replicas !== undefined,
  )
  const existing = world.found.filter((one) => statedTitleOf(one.pod) === controller).length
  const replicas = known?.replicas ?? (existing === 0 ? 1 : existing)
  const title = known === undefined ? controller : workload
  return { name, isReady, isLeaving, controller: { title, replicas } }
}

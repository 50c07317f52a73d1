/**
 * Finds the victims of preemption (pods to be evicted) whose eviction would violate a
 * PodDisruptionBudget.
 */
import { selectsAll, selects, type LabelSelector } from '../words/label-selector.js'
import type { PlacedPod } from './importance.js'

/** A disruption budget of a namespace. */
export interface Budget {
  readonly namespace: string
  readonly selector: LabelSelector | undefined
  /** How many more pods may be disrupted. */
  readonly allowed: number
  /** Names, without namespace, of pods whose disruption is already counted. */
  readonly disrupted: ReadonlySet<string>
}

/**
 * Splits pods into those that violate a budget when all are evicted in this order, and the others.
 * A pod counts against each of its budgets up to the first that it violates.
 */
export const splitByBudgets = (
  pods: readonly PlacedPod[],
  budgets: readonly Budget[],
): readonly [violating: readonly PlacedPod[], others: readonly PlacedPod[]] => {
  const left = budgets.map(({ allowed }) => allowed)
  const isViolating = pods.map((pod) =>
    budgets.some((budget, i) => covers(budget, pod) && --left[i]! < 0),
  )
  return [pods.filter((_, i) => isViolating[i]), pods.filter((_, i) => !isViolating[i])]
}

/**
 * Whether the budget covers the pod. An empty or missing selector covers no pod, and a pod without
 * labels is never covered.
 */
const covers = ({ namespace, selector, disrupted }: Budget, pod: PlacedPod): boolean =>
  pod.labels.size > 0 &&
  namespace === pod.namespace &&
  selector !== undefined &&
  !selectsAll(selector) &&
  selects(selector, pod.labels) &&
  !disrupted.has(pod.name.slice(pod.namespace.length + 1))

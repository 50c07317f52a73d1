/** Disruption budgets: which victims would overdraw one. */
import { selectsAll, selects, type LabelSelector } from '../words/label-selector.js'
import type { PlacedPod } from './importance.js'

export interface Budget {
  readonly namespace: string
  readonly selector: LabelSelector | undefined
  readonly allowed: number
  /** Names of pods, without their namespace, that are taken off already. */
  readonly disrupted: ReadonlySet<string>
}

/**
 * The pods that overdraw a budget when all go in this order, and the others. A pod is taken off
 * each budget of its own, but off none after the first that it overdraws.
 */
export const overdrawing = (
  pods: readonly PlacedPod[],
  budgets: readonly Budget[],
): readonly [violating: readonly PlacedPod[], others: readonly PlacedPod[]] => {
  const left = budgets.map(({ allowed }) => allowed)
  const violating = pods.filter((pod) =>
    budgets.some((budget, i) => covers(budget, pod) && --left[i]! < 0),
  )
  return [violating, pods.filter((pod) => !violating.includes(pod))]
}

/**
 * A budget that selects nothing or everything covers nobody, and a pod without labels is covered by
 * none.
 */
const covers = ({ namespace, selector, disrupted }: Budget, pod: PlacedPod): boolean =>
  pod.labels.size > 0 &&
  namespace === pod.namespace &&
  selector !== undefined &&
  !selectsAll(selector) &&
  selects(selector, pod.labels) &&
  !disrupted.has(pod.name.slice(pod.namespace.length + 1))

/**
 * Selects which active pods of a Job are ended. For an Indexed Job, pods beyond its indexes and all
 * but one pod of each index are ended first. Of the other pods, the first difference decides; the
 * pod that is ended first is
 * 1. the pod without a node;
 * 2. the Pending pod, then the Unknown, then the Running one;
 * 3. the pod that is not ready;
 * 4. the pod that became ready later;
 * 5. the pod with more restarts;
 * 6. the younger pod.
 *
 * Source: Kubernetes documentation, "Jobs" (controlling parallelism), and the recorded answers of
 * Kubernetes 1.37.
 */
import type { Instant } from '@stowage/kernel'

/** What the order reads of a pod. */
export interface RemovablePod {
  /** Its completion index, or its number in a Job without indexes. */
  readonly index: number
  readonly hasNode: boolean
  readonly phase: string
  readonly readyAt: Instant | undefined
  readonly restarts: number
  readonly created: Instant
  /** Rises from pod to pod. */
  readonly serial: number
}

const phases = ['Pending', 'Unknown', 'Running']

const removalKeys = (pod: RemovablePod): readonly number[] => [
  Number(pod.hasNode),
  phases.indexOf(pod.phase),
  Number(pod.readyAt !== undefined),
  -(pod.readyAt ?? 0),
  -pod.restarts,
  -pod.created,
  -pod.serial,
]

/**
 * Negative when the first pod goes before the second.
 *
 * Kubernetes leaves pods that are equal in all of these in the order of a list, which is random;
 * here the pod that was created last is ended first.
 */
const byRemoval = (one: RemovablePod, other: RemovablePod): number => {
  const [keys, others] = [removalKeys(one), removalKeys(other)]
  const at = keys.findIndex((key, i) => key !== others[i])
  return at < 0 ? 0 : keys[at]! - others[at]!
}

/** The pods to end: at least `count`; `indexes` is the number of indexes, if the Job has any. */
export const jobPodsToRemove = <Pod extends RemovablePod>(
  active: readonly Pod[],
  count: number,
  indexes: number | undefined,
): readonly Pod[] => {
  const sorted = [...active].sort(byRemoval)
  const surplus = indexes === undefined ? [] : surplusOf(sorted, indexes)
  const left = sorted.filter((pod) => !surplus.includes(pod))
  return [...surplus, ...left.slice(0, Math.max(0, count - surplus.length))]
}

/** Of a sorted list: the pods beyond the indexes, and those of an index but for the last. */
const surplusOf = <Pod extends RemovablePod>(
  sorted: readonly Pod[],
  indexes: number,
): readonly Pod[] => {
  const last = new Map(sorted.map((pod) => [pod.index, pod]))
  return last.size === sorted.length && sorted.every(({ index }) => index < indexes)
    ? []
    : sorted.filter((pod) => pod.index >= indexes || last.get(pod.index) !== pod)
}

/**
 * Determines whether PodDisruptionBudgets keep Karpenter from evicting a pod, so that the pod stays
 * on its node:
 * 1. A pod that several budgets select always stays.
 * 2. For an eviction now, a pod stays if its budget allows no disruption at present.
 * 3. For a simulation of later evictions, a pod stays only if its budget can never allow one: with
 *    maxUnavailable 0 or 0%, or minAvailable 100%.
 *
 * In 2 and 3, an unready pod may go if its budget always allows the eviction of unready pods.
 */
import { isCovered } from '../disruption/guards.js'
import { isDisruptable, isEvictable, isReschedulable } from '../karpenter/pod.js'
import type { KarpenterWorld } from '../karpenter/world.js'
import type { KarpenterPod } from '../node-pool/words.js'
import type { PodDisruptionBudget } from '../words/preemption.js'

type Blocks = (budget: PodDisruptionBudget) => boolean

const allowsNone: Blocks = ({ status }) => (status?.disruptionsAllowed ?? 0) === 0

const neverAllows: Blocks = ({ spec }) =>
  spec?.maxUnavailable === 0 || spec?.maxUnavailable === '0%' || spec?.minAvailable === '100%'

/** Whether the pod cannot be evicted now. */
export const isHeldBack = (pod: KarpenterPod, world: KarpenterWorld): boolean =>
  isBlocked(pod, world, allowsNone)

/** Whether the pod moves when its node goes. */
export const isMovable = (pod: KarpenterPod, world: KarpenterWorld): boolean =>
  isReschedulable(pod) && isDisruptable(pod, world.now) && !isBlocked(pod, world, neverAllows)

const isBlocked = (
  pod: KarpenterPod,
  { budgets, now }: KarpenterWorld,
  blocks: Blocks,
): boolean => {
  if (!isEvictable(pod, now)) return false
  const own = budgets.filter((budget) => isCovered(budget, pod))
  if (own.length !== 1) return own.length > 1
  const [budget] = own
  const isUnready = (pod.status?.conditions ?? []).some(
    ({ type, status }) => type === 'Ready' && status === 'False',
  )
  const allowsUnready = budget!.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow'
  return !(allowsUnready && isUnready) && blocks(budget!)
}

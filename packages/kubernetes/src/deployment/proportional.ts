/**
 * Computes the sizes of a Deployment's ReplicaSets when the Deployment is resized or paused during
 * a rollout: each ReplicaSet keeps its share of the pods.
 *
 * Source: Kubernetes documentation, "Deployments" (proportional scaling), and the recorded answers
 * of Kubernetes 1.37.
 */
import { byAge, replicasOf, type RolloutBounds, type SetSizes, type SizedSet } from './rolling.js'

/** A resized Deployment. */
export interface ResizedDeployment {
  readonly bounds: RolloutBounds
  /** Whether its strategy is a rolling update; otherwise shares are not kept. */
  readonly isRolling: boolean
  /** The pods that it counted last, for ReplicaSets that do not say how many it had. */
  readonly counted: number
}

/** The sizes of the ReplicaSets that are scaled, those that keep their size among them. */
export const resizedSets = (
  { bounds, isRolling, counted }: ResizedDeployment,
  old: readonly SizedSet[],
  newSet: SizedSet | undefined,
): SetSizes => {
  const all = [...old, ...(newSet === undefined ? [] : [newSet])]
  const active = all.filter(({ replicas }) => replicas > 0)
  const single = singleSet(old, newSet, active)
  if (single !== undefined)
    return single.replicas === bounds.replicas
      ? new Map()
      : new Map([[single.name, bounds.replicas]])
  if (newSet !== undefined && isSaturated(newSet, bounds.replicas))
    return new Map(active.filter((set) => set !== newSet).map(({ name }) => [name, 0]))
  return isRolling ? sharedSizes(bounds, counted, active) : new Map()
}

/**
 * The ReplicaSets after as many syncs as change them. After the first sync each notes the size of
 * the Deployment, so that the sum only falls from then on, and the syncs end.
 */
export const settledSets = (
  resizing: ResizedDeployment,
  old: readonly SizedSet[],
  newSet: SizedSet | undefined,
): readonly SizedSet[] => {
  const sizes = resizedSets(resizing, old, newSet)
  const { replicas, surge } = resizing.bounds
  const resized = (set: SizedSet): SizedSet => {
    const size = sizes.get(set.name)
    return size === undefined
      ? set
      : { ...set, replicas: size, desiredReplicas: replicas, maxReplicas: replicas + surge }
  }
  const next = { old: old.map(resized), newSet: newSet === undefined ? undefined : resized(newSet) }
  const before = [...old, ...(newSet === undefined ? [] : [newSet])]
  return before.some(({ name, replicas: size }) => (sizes.get(name) ?? size) !== size)
    ? settledSets(resizing, next.old, next.newSet)
    : before
}

/** The only ReplicaSet with pods; without any, the new one or the youngest. */
const singleSet = (
  old: readonly SizedSet[],
  newSet: SizedSet | undefined,
  active: readonly SizedSet[],
): SizedSet | undefined => {
  if (active.length > 0) return active.length === 1 ? active[0] : undefined
  return newSet ?? [...old].sort(byAge).at(-1)
}

const isSaturated = (
  { replicas, desiredReplicas, available }: SizedSet,
  desired: number,
): boolean => replicas === desired && desiredReplicas === desired && available === desired

/**
 * The largest first. Rounding leaves some pods over or takes too many: these are the largest's. Of
 * equal ones the youngest grows first and the oldest shrinks first.
 */
const sharedSizes = (
  { replicas, surge }: RolloutBounds,
  counted: number,
  active: readonly SizedSet[],
): SetSizes => {
  const sizeMax = replicas > 0 ? replicas + surge : 0
  const change = sizeMax - replicasOf(active)
  const sets = [...active].sort(
    (a, b) => b.replicas - a.replicas || (change > 0 ? byAge(b, a) : byAge(a, b)),
  )
  const sizes = new Map<string, number>()
  let left = change
  for (const set of sets) {
    const desired = shareOf(set, { replicas, surge, counted })
    const part = change > 0 ? Math.min(desired, left) : Math.max(desired, left)
    const own = left === 0 ? 0 : part
    sizes.set(set.name, set.replicas + own)
    left -= own
  }
  const [largest] = sets
  if (largest !== undefined && change !== 0)
    sizes.set(largest.name, Math.max(0, sizes.get(largest.name)! + left))
  return sizes
}

/** By how much a ReplicaSet changes that keeps its share; the product is one of 32 bits. */
const shareOf = (
  { replicas, maxReplicas = 0 }: SizedSet,
  bounds: { readonly replicas: number; readonly surge: number; readonly counted: number },
): number => {
  if (bounds.replicas === 0) return -replicas
  const before = maxReplicas === 0 ? bounds.counted : maxReplicas
  if (before === 0) return 0
  return roundAway(Math.imul(replicas, bounds.replicas + bounds.surge) / before) - replicas
}

/** Rounded to the nearest whole number, and a half away from 0. */
const roundAway = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5)

/**
 * Computes the sizes of a Deployment's ReplicaSets in one sync of a rolling update, which takes
 * only the first of these steps that changes a size:
 * 1. The new ReplicaSet shrinks to the wanted size, or grows as far as the surge allows.
 * 2. Old ReplicaSets lose pods that are not available, the oldest ReplicaSet first, and then
 *    available ones, as long as enough stay available.
 *
 * Source: Kubernetes documentation, "Deployments" (rolling update), and the recorded answers of
 * Kubernetes 1.37.
 */
import { byCodeUnit, type Instant } from '@stowage/kernel'
import type { Fenceposts } from '../workload/fenceposts.js'

/** A ReplicaSet as the sizes of a rollout depend on it. */
export interface SizedSet {
  readonly name: string
  /** The wanted number of its pods. */
  readonly replicas: number
  readonly available: number
  readonly created: Instant
  /** The size of the Deployment when this ReplicaSet was last scaled, where that is known. */
  readonly desiredReplicas: number | undefined
  /** The same with the surge. */
  readonly maxReplicas: number | undefined
}

/** The wanted size of a Deployment, and how far it may be exceeded and missed. */
export interface RolloutBounds extends Fenceposts {
  readonly replicas: number
}

/** New sizes by the names of ReplicaSets. */
export type SetSizes = ReadonlyMap<string, number>

/** The older first, and of one age by name. */
export const byAge = (
  a: Pick<SizedSet, 'created' | 'name'>,
  b: Pick<SizedSet, 'created' | 'name'>,
): number => a.created - b.created || byCodeUnit(a.name, b.name)

/** The sum of the wanted sizes. */
export const replicasOf = (sets: readonly Pick<SizedSet, 'replicas'>[]): number =>
  sets.reduce((sum, { replicas }) => sum + replicas, 0)

/** The size that a new ReplicaSet of `size` gets beside the old ones. */
export const newSetSize = (
  { replicas, surge }: RolloutBounds,
  old: readonly Pick<SizedSet, 'replicas'>[],
  size: number,
): number => {
  if (size >= replicas) return replicas
  const room = replicas + surge - replicasOf(old) - size
  return size + Math.min(Math.max(0, room), replicas - size)
}

/** The most pods of a Deployment that may be unavailable; never more than it wants. */
export const unavailableMaxOf = ({ replicas, unavailable }: RolloutBounds): number =>
  Math.min(unavailable, replicas)

/** The sizes of the old ReplicaSets that shrink in this sync. */
export const oldSetSizes = (
  bounds: RolloutBounds,
  old: readonly SizedSet[],
  newSet: Pick<SizedSet, 'replicas' | 'available'>,
): SetSizes => {
  const availableMin = bounds.replicas - unavailableMaxOf(bounds)
  const missing = newSet.replicas - newSet.available
  const budget = replicasOf(old) + newSet.replicas - availableMin - missing
  const sizes = new Map<string, number>()
  if (budget <= 0) return sizes
  const oldest = old.filter(({ replicas }) => replicas > 0).sort(byAge)
  const shrink = (name: string, size: number, shrinkage: number, countMax: number): number => {
    const count = Math.min(shrinkage, countMax)
    if (count > 0) sizes.set(name, size - count)
    return Math.max(0, count)
  }
  let unhealthy = budget
  for (const { name, replicas, available } of oldest)
    unhealthy -= shrink(name, replicas, replicas - available, unhealthy)
  // What became of them is not known yet: available are those that were.
  let healthy = old.reduce((sum, { available }) => sum + available, newSet.available) - availableMin
  for (const { name, replicas } of oldest) {
    const size = sizes.get(name) ?? replicas
    healthy -= shrink(name, size, size, healthy)
  }
  return sizes
}

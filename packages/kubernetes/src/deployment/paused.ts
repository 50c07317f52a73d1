/**
 * Divides the pods of a paused Deployment among its existing ReplicaSets, because the controller
 * creates no new ReplicaSet until the Deployment is resumed. If several ReplicaSets have pods, they
 * are scaled in proportion. Each creates pods from its own template.
 *
 * Source: Kubernetes documentation, "Deployments" (pausing and resuming a rollout, proportional
 * scaling).
 */
import { valueAt } from '@stowage/documents'
import { isSameTemplate } from '../template/template.js'
import { controllerRefOf } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import { fencepostsOf } from '../workload/fenceposts.js'
import type { PendingWorkload, Shares } from '../workload/share.js'
import { controllerNameOf, fullName } from '../workload/workload.js'
import { settledSets } from './proportional.js'
import { replicasOf } from './rolling.js'
import { sizedSetOf, statusCount, type FoundSet } from './set-size.js'

/**
 * The shares, in which a paused Deployment wants no pods itself; behind it come its ReplicaSets
 * with what each lacks beside its pods among the workloads. One without a ReplicaSet stays.
 */
export const withPausedSets = (
  shares: Shares,
  workloads: readonly PendingWorkload[],
  objects: readonly KubernetesObject[],
): Shares => {
  const isPaused = ({ kind, update }: PendingWorkload): boolean =>
    kind === 'Deployment' && update?.paused === true
  if (!shares.pending.some(isPaused)) return shares
  const existing = existingBySet(workloads)
  const sets = setsByDeployment(objects)
  const workloadOf = new Map(
    workloads.flatMap((one) => (one.kind === 'ReplicaSet' ? [[one.name, one] as const] : [])),
  )
  return {
    ...shares,
    pending: shares.pending.flatMap((deployment): readonly PendingWorkload[] => {
      const own = sets.get(deployment.name) ?? []
      if (!isPaused(deployment) || deployment.named !== undefined || own.length === 0)
        return [deployment]
      const { kind, name, priority: _, replicas = 0 } = deployment
      const sizes = sizesOf(deployment, objects, own)
      const parts = [...sizes].flatMap(([set, size]) => {
        const workload = workloadOf.get(set)
        if (workload === undefined) return []
        const count = Math.max(0, size - (existing.get(set) ?? 0))
        return [{ ...workload, kind, name, count, replicas, set }]
      })
      return [{ ...deployment, count: 0 }, ...parts]
    }),
  }
}

/** The sizes of the ReplicaSets after they were scaled, by `namespace/name`. */
const sizesOf = (
  { name, replicas = 0, template, update }: PendingWorkload,
  objects: readonly KubernetesObject[],
  own: readonly FoundSet[],
): ReadonlyMap<string, number> => {
  const { type, rollingUpdate } = update?.strategy ?? {}
  const isRolling = type !== 'Recreate'
  const { surge, unavailable } = isRolling
    ? fencepostsOf(rollingUpdate, replicas)
    : { surge: 0, unavailable: 0 }
  const newSet = own.find(({ raw }) => isSameTemplate(valueAt(raw, ['spec', 'template']), template))
  const found = objects.find(
    (one) => one.kind === 'Deployment' && fullName(one.object.metadata) === name,
  )
  const counted = statusCount(found?.raw, 'replicas') ?? replicasOf(own.map(sizedSetOf))
  const sets = settledSets(
    { bounds: { replicas, surge, unavailable }, isRolling, counted },
    own.filter((set) => set !== newSet).map(sizedSetOf),
    newSet === undefined ? undefined : sizedSetOf(newSet),
  )
  return new Map(sets.map((set) => [set.name, set.replicas]))
}

/** The ReplicaSets of each Deployment by its `namespace/name`, without those that are leaving. */
const setsByDeployment = (
  objects: readonly KubernetesObject[],
): ReadonlyMap<string, readonly FoundSet[]> => {
  const sets = new Map<string, FoundSet[]>()
  for (const found of objects) {
    if (found.kind !== 'ReplicaSet') continue
    const { metadata } = found.object
    const name = controllerNameOf(metadata, 'Deployment')
    if (name === undefined || metadata.deletionTimestamp !== undefined) continue
    const before = sets.get(name)
    if (before === undefined) sets.set(name, [found])
    else before.push(found)
  }
  return sets
}

/** The number of pods of each ReplicaSet, without those that leave. */
const existingBySet = (workloads: readonly PendingWorkload[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { kind, metadata } of workloads) {
    const set = controllerNameOf(metadata, 'ReplicaSet')
    if (kind !== 'Pod' || set === undefined || metadata.deletionTimestamp !== undefined) continue
    counts.set(set, (counts.get(set) ?? 0) + 1)
  }
  return counts
}

/**
 * The workload whose pods come in the place of one that goes: that of its ReplicaSet while its
 * Deployment is paused, otherwise that of its topmost owner. `isTop` tells those of the owner.
 */
export const successorOf = (
  pending: readonly PendingWorkload[],
  { metadata }: Pick<PendingWorkload, 'metadata'>,
  isTop: (workload: PendingWorkload) => boolean,
): PendingWorkload | undefined => {
  const tops = pending.filter(isTop)
  const ref = controllerRefOf(metadata)
  const set = ref === undefined ? undefined : fullName({ ...metadata, name: ref.name })
  return tops.find((one) => one.set !== undefined && one.set === set) ?? tops[0]
}

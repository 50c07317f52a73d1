/**
 * Builds the PersistentVolumeClaims that an API server would return, from the memory (the state) of
 * the workload controllers. Each status says whether a pod uses the claim, but not which volume the
 * claim has.
 */
import type { ClaimRecord, KubernetesMemory } from '../memory/memory.js'
import { hasEndedPhase } from '../memory/pod-life.js'
import { bareName, type ApiObject } from './object.js'

/** The claims. */
export const claimObjects = (memory: KubernetesMemory): readonly ApiObject[] => {
  if (memory.claims.size === 0) return []
  const users = new Set(
    [...memory.pods.values()].filter(({ phase }) => !hasEndedPhase(phase)).map(({ name }) => name),
  )
  return [...memory.claims.values()].map((claim) => claimObject(claim, users))
}

const claimObject = (
  { name, namespace, owner, pod, isLeaving }: ClaimRecord,
  users: ReadonlySet<string>,
): ApiObject => {
  const isUsed = pod !== undefined && users.has(pod)
  const ownerName = owner && `${owner.title.split(' ')[0]!} ${bareName(owner.title)}`
  return {
    ...{ kind: 'PersistentVolumeClaim', namespace, name: bareName(name) },
    ...(ownerName === undefined ? {} : { owner: ownerName, owners: [ownerName] }),
    ...(isLeaving ? { isLeaving } : {}),
    status: {
      conditions: [
        {
          ...{ type: 'Unused', status: isUsed ? 'False' : 'True' },
          reason: isUsed ? 'PodUsingPVC' : 'NoPodsUsingPVC',
          message: isUsed
            ? 'A pod is currently referencing this PVC'
            : 'No pods are currently referencing this PVC',
        },
      ],
    },
  }
}

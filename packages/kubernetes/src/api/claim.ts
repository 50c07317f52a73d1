/**
 * Renders PersistentVolumeClaims in the form in which the API server returns them. Their statuses
 * say whether a pod uses them, but not which volumes they have.
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

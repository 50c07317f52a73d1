/**
 * Finds the workloads whose controllers create no pods at present:
 * 1. suspended Jobs and CronJobs;
 * 2. Deployments that were paused before they made their first ReplicaSet;
 * 3. all controllers that are being deleted.
 *
 * Source: Kubernetes documentation, "Jobs" (suspending a Job), "CronJob" (schedule suspension),
 * "Deployments" (pausing a rollout: no new ReplicaSet is made meanwhile) and "Garbage Collection"
 * (foreground cascading deletion).
 */
import { hasEnded } from '../words/job.js'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { isWorkload } from './kind.js'
import { isStored } from './stored.js'
import { fullName, titleOf } from './workload.js'

/** The objects whose controllers make no pods. */
export const suspendedIn = (
  objects: readonly KubernetesObject[],
): ReadonlySet<KubernetesObject> => {
  const owners = new Set(
    objects.flatMap((found) => {
      if (found.kind !== 'ReplicaSet') return []
      const { namespace, ownerReferences } = found.object.metadata
      return ownerReferences
        .filter(({ kind, controller }) => kind === 'Deployment' && controller === true)
        .map(({ name }) => fullName({ namespace, name }))
    }),
  )
  return new Set(
    objects.filter((found) => {
      if (isLeavingController(found)) return true
      switch (found.kind) {
        case 'Job':
          return found.object.spec.suspend === true && !hasEnded(found.object)
        case 'CronJob':
          return found.object.spec.suspend === true
        case 'Deployment':
          return found.object.spec.paused === true && !owners.has(fullName(found.object.metadata))
        default:
          return false
      }
    }),
  )
}

/** A controller that is being deleted, which waits for what it owns or for a finalizer. */
const isLeavingController = (found: KubernetesObject): boolean =>
  found.kind !== 'Pod' && isWorkload(found) && found.object.metadata.deletionTimestamp !== undefined

/** A warning that nothing of such an object is planned. */
export const suspendedWarning = (found: KubernetesObject): KubernetesWarning => {
  const { kind, from, object } = found
  const isLeaving = isLeavingController(found)
  return {
    code: isLeaving ? 'WorkloadLeaving' : 'WorkloadSuspended',
    from,
    subject: titleOf({ kind, name: fullName(object.metadata) }),
    text: isLeaving
      ? 'it is being deleted: no more pods are made'
      : kind === 'Deployment'
        ? pausedText(found.raw)
        : 'it is suspended: no pods are made until it is resumed',
  }
}

/** A Deployment that an API server has stored may have ReplicaSets that the input lacks. */
const pausedText = (raw: unknown): string =>
  isStored(raw)
    ? 'it is paused, and none of its ReplicaSets is in the input, whose templates its pods have: no more pods of it are planned; add them (kubectl get replicasets -o yaml)'
    : 'it is paused and has no ReplicaSet yet: no pods are made until it is resumed'

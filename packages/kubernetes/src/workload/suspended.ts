/**
 * Finds the workloads that want no pods until someone lets them: suspended Jobs and CronJobs, and
 * Deployments that were paused before they made their first ReplicaSet.
 *
 * Source: Kubernetes documentation, "Jobs" (suspending a Job), "CronJob" (schedule suspension) and
 * "Deployments" (pausing a rollout: no new ReplicaSet is made meanwhile).
 */
import { hasEnded } from '../words/job.js'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName, titleOf } from './workload.js'

/** The suspended objects. */
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

/** A warning that nothing of a suspended object is planned. */
export const suspendedWarning = ({
  kind,
  from,
  object: { metadata },
}: KubernetesObject): KubernetesWarning => ({
  code: 'WorkloadSuspended',
  from,
  subject: titleOf({ kind, name: fullName(metadata) }),
  text:
    kind === 'Deployment'
      ? 'it is paused and has no ReplicaSet yet: no pods are made until it is resumed'
      : 'it is suspended: no pods are made until it is resumed',
})

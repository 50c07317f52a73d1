/**
 * Finds the CronJobs that start no Job at the moment, because their `concurrencyPolicy` allows one
 * Job at a time (`Forbid` or `Replace`), and their last Job has not ended.
 *
 * Source: Kubernetes documentation, "CronJob" (concurrency policy).
 */
import { hasEnded } from '../words/job.js'
import type { KubernetesObject } from '../words/object.js'
import { fullName } from './workload.js'

/** The `namespace/name` of the CronJobs that wait for a Job to end. */
export const waitingCronJobs = (objects: readonly KubernetesObject[]): ReadonlySet<string> => {
  const running = new Set(
    objects.flatMap((found) => {
      if (found.kind !== 'Job' || hasEnded(found.object)) return []
      const { namespace, ownerReferences } = found.object.metadata
      return ownerReferences
        .filter(({ kind, controller }) => kind === 'CronJob' && controller === true)
        .map(({ name }) => fullName({ namespace, name }))
    }),
  )
  return new Set(
    objects.flatMap((found) => {
      if (found.kind !== 'CronJob') return []
      const name = fullName(found.object.metadata)
      const allowsOne = ['Forbid', 'Replace'].includes(found.object.spec.concurrencyPolicy ?? '')
      return allowsOne && running.has(name) ? [name] : []
    }),
  )
}

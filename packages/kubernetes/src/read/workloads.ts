/**
 * Gathers the workloads from all objects, each with the labels that its controller writes on its
 * pods. Pods that have ended are left out.
 */
import type { KubernetesObject } from '../words/object.js'
import type { Pod } from '../words/pod.js'
import { waitingCronJobs } from '../workload/cron-jobs.js'
import { isWorkload } from '../workload/kind.js'
import type { Revisions } from '../workload/revision.js'
import { suspendedIn } from '../workload/suspended.js'
import { isPlaced } from '../workload/share.js'
import { fullName, revisedWorkload, type KubernetesWorkload } from '../workload/workload.js'

/** A pod that schedulers ignore: it has ended, or was deleted before it had a node. */
export interface EndedPod {
  readonly name: string
  readonly phase: string
}

/** An object with its workload; without one when it wants no pods or is a pod that has ended. */
export interface ReadObject {
  readonly found: KubernetesObject
  readonly workloads: readonly KubernetesWorkload[]
}

/** Reads the workload of each object. */
export const readWorkloads = (
  objects: readonly KubernetesObject[],
  { labelOf }: Revisions,
): readonly ReadObject[] => {
  const waiting = waitingCronJobs(objects)
  const suspended = suspendedIn(objects)
  const workloadsOf = (found: KubernetesObject): readonly KubernetesWorkload[] => {
    if (!isWorkload(found)) return []
    if (found.kind === 'Pod' && !isAlive(found.object)) return []
    const workload = revisedWorkload(found, labelOf(found))
    const waits = suspended.has(found) || (found.kind === 'CronJob' && waiting.has(workload.name))
    return [waits ? withoutPods(workload) : workload]
  }
  return objects.map((found) => ({ found, workloads: workloadsOf(found) }))
}

const withoutPods = (workload: KubernetesWorkload): KubernetesWorkload => ({
  ...workload,
  count: 0,
  ...(workload.indices === undefined ? {} : { indices: [] }),
})

/** The pods among the objects that have ended. */
export const endedIn = (objects: readonly KubernetesObject[]): readonly EndedPod[] =>
  objects.flatMap((found) =>
    found.kind !== 'Pod' || isAlive(found.object)
      ? []
      : [{ name: fullName(found.object.metadata), phase: phaseOf(found.object) }],
  )

/**
 * Whether the scheduler counts the pod: it has not ended, and was not deleted before it had a node.
 */
const isAlive = ({ metadata, spec, status }: Pod): boolean =>
  status?.phase !== 'Succeeded' &&
  status?.phase !== 'Failed' &&
  (metadata.deletionTimestamp === undefined || isPlaced(spec.nodeName))

const phaseOf = ({ metadata, status }: Pod): string =>
  metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'deleted'

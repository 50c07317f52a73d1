/**
 * Counts the pods that a controller wants, and lists the indexes by which a StatefulSet and an
 * Indexed Job distinguish their pods.
 *
 * Source: Kubernetes documentation, "StatefulSets" (ordinal index, start ordinal) and "Jobs"
 * (completion mode).
 */
import type { DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import { isOpenIndex, podsOfJob, type Job } from '../words/job.js'
import type { KubernetesObject } from '../words/object.js'
import type { WorkloadObject } from './kind.js'

/** A number of pods, with their indexes where the controller gives them any. */
export interface PodCount {
  readonly count: number | 'one per node'
  /** Ascending, and as many as `count`. */
  readonly indices?: readonly number[]
}

/** The pods that a workload wants while none of them exists. */
export const podCountOf = (found: WorkloadObject): PodCount => {
  switch (found.kind) {
    case 'Pod':
      return { count: 1 }
    case 'DaemonSet':
      return { count: 'one per node' }
    case 'Job':
      return ofJob(found.object)
    case 'CronJob':
      return found.object.spec.suspend === true
        ? { count: 0 }
        : ofJob({ spec: found.object.spec.jobTemplate.spec, status: undefined })
    case 'StatefulSet': {
      const { replicas = 1, ordinals } = found.object.spec
      return { count: replicas, indices: indicesFrom(ordinals?.start ?? 0, replicas) }
    }
    default:
      return { count: found.object.spec?.replicas ?? 1 }
  }
}

/** Faults of counts that are larger than what a plan places, one pod after the other. */
export const countFaults = (objects: readonly KubernetesObject[]): readonly DocumentFault[] => {
  const faults = indexFaults(objects)
  return faults.length > 0 ? faults : sumFaults(objects)
}

/** The most pods of all workloads together, more than any cluster has. */
const podsMax = 1_000_000

/** The workload, or the autoscaler, with which the pods of the documents become too many. */
const sumFaults = (objects: readonly KubernetesObject[]): readonly DocumentFault[] => {
  let sum = 0
  for (const found of objects) {
    const [count, field] = podTotal(found)
    sum += count
    if (sum > podsMax)
      return [
        {
          ...{ from: found.from, at: [...found.at, 'spec', field], found: `${sum} pods in all` },
          expected: `at most ${podsMax}: pods are placed one by one`,
        },
      ]
  }
  return []
}

/** How many pods an object wants, and the field of its spec that says so. */
const podTotal = (found: KubernetesObject): readonly [count: number, field: string] => {
  switch (found.kind) {
    case 'HorizontalPodAutoscaler':
      return [found.object.spec.minReplicas ?? 0, 'minReplicas']
    case 'Job':
      return [podsOfJob(found.object), 'parallelism']
    case 'CronJob': {
      const { spec } = found.object.spec.jobTemplate
      return [podsOfJob({ spec, status: undefined }), 'jobTemplate']
    }
    case 'Pod':
      return [1, 'containers']
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
      return [found.object.spec?.replicas ?? 1, 'replicas']
    default:
      return [0, '']
  }
}

/**
 * Faults of StatefulSets with more pods than a plan tells apart, also if an autoscaler sets them:
 * pods with claims of their own are planned one by one.
 */
const indexFaults = (objects: readonly KubernetesObject[]): readonly DocumentFault[] =>
  objects.flatMap((found) => {
    if (found.kind !== 'StatefulSet') return []
    const { replicas = 1, volumeClaimTemplates } = found.object.spec
    const countMax = volumeClaimTemplates.length > 0 ? claimantsMax : indicesMax
    if (replicas <= countMax) return []
    const what = volumeClaimTemplates.length > 0 ? 'pods with claims of their own' : 'pods'
    return [
      {
        from: found.from,
        at: [...found.at, 'spec', 'replicas'],
        found: renderValue(replicas),
        expected: `at most ${countMax} ${what}`,
      },
    ]
  })

/** An Indexed Job runs its lowest open indexes first. */
const ofJob = (job: Pick<Job, 'spec' | 'status'>): PodCount => {
  const count = podsOfJob(job)
  const { completionMode, completions = 0 } = job.spec
  if (completionMode !== 'Indexed') return { count }
  const indices: number[] = []
  const last = Math.min(count, indicesMax)
  for (let index = 0; index < completions && indices.length < last; index++)
    if (isOpenIndex(job, index)) indices.push(index)
  return { count: indices.length, indices }
}

/**
 * The most indexes that are listed. The API server refuses an Indexed Job with more; more pods of a
 * StatefulSet are a fault of its `replicas`.
 */
const indicesMax = 100_000
/** The most pods of a StatefulSet that are planned one by one. */
const claimantsMax = 10_000

/** So many whole numbers from a first one on. */
export const indicesFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: Math.min(count, indicesMax) }, (_, i) => first + i)

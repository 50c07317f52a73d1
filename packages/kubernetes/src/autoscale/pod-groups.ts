/**
 * Divides the pods of a workload into groups, by which a HorizontalPodAutoscaler decides how their
 * samples of a metric count:
 * 1. ended: deleted or failed pods, which are ignored;
 * 2. unready: pods that are pending or, for CPU, starting up; their samples are ignored;
 * 3. missing: pods without a sample;
 * 4. ready: all other pods, whose samples count.
 *
 * Source: Kubernetes documentation, "Horizontal Pod Autoscaling", algorithm details; the recorded
 * answers of Kubernetes 1.37 for what the page leaves open.
 */
import type { Instant } from '@stowage/kernel'
import type { AutoscalerOptions } from './options.js'
import type { PodSample, PodSamples, ScaledPod } from './sample.js'

/** The periods that decide whether a pod's CPU counts. */
export type PodTiming = Pick<AutoscalerOptions, 'cpuInitializationPeriod' | 'initialReadinessDelay'>

/** The pods of each group by name; of the ready ones the number. */
export interface PodGroups {
  readonly readyCount: number
  readonly unready: readonly string[]
  readonly missing: readonly string[]
  /** The samples of all other pods. */
  readonly samples: PodSamples
}

/** The groups of pods for a metric. */
export const groupPods = (
  pods: readonly ScaledPod[],
  measured: PodSamples,
  resource: string | undefined,
  timing: PodTiming,
  now: Instant,
): PodGroups => {
  const samples = new Map(measured)
  const unready: string[] = []
  const missing: string[] = []
  let readyCount = 0
  for (const pod of pods) {
    const sample = measured.get(pod.name)
    if (pod.isLeaving || pod.phase === 'Failed') {
      samples.delete(pod.name)
    } else if (pod.phase === 'Pending') {
      unready.push(pod.name)
      samples.delete(pod.name)
    } else if (sample === undefined) {
      missing.push(pod.name)
    } else if (resource === 'cpu' && isStarting(pod, sample, timing, now)) {
      unready.push(pod.name)
      samples.delete(pod.name)
    } else readyCount++
  }
  return { readyCount, unready, missing, samples }
}

/**
 * Whether the CPU of a pod says nothing about its load. A condition Ready with the status Unknown
 * is not one with the status False.
 */
const isStarting = (
  { ready, startedAt }: ScaledPod,
  { at, window }: PodSample,
  { cpuInitializationPeriod, initialReadinessDelay }: PodTiming,
  now: Instant,
): boolean => {
  if (ready === undefined || startedAt === undefined) return true
  const isUnready = ready.status === 'False'
  return startedAt + cpuInitializationPeriod > now
    ? isUnready || at < ready.since + window
    : isUnready && startedAt + initialReadinessDelay > ready.since
}

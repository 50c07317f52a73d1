/**
 * What the webhook of EKS makes of a pod that a profile takes. Doing it twice is doing it once.
 *
 * Source: Amazon EKS User Guide, "AWS Fargate" and "Start AWS Fargate logging for your cluster",
 * which print parts of such pods; the rest is as `kubectl describe` prints them.
 */
import type { Labels } from '../words/label-selector.js'
import type { PodSpec } from '../words/pod.js'
import { builtInPriorities } from '../words/priority-class.js'
import { eksFargateOptions, type EksFargateOptions } from './options.js'
import type { FargateProfile } from './profile.js'
import { profileLabel } from './select.js'
import { capacityText, sizeOfPod } from './size.js'

export const fargateScheduler = 'fargate-scheduler'
export const capacityAnnotation = 'CapacityProvisioned'

/** A pod, or what a template makes: both as they are read. */
export interface Mutable {
  readonly labels: Labels
  readonly annotations?: Labels
  readonly spec: PodSpec
}

export const mutatedForFargate = <Pod extends Mutable>(
  pod: Pod,
  { fargateProfileName }: FargateProfile,
  options: Partial<EksFargateOptions> = {},
): Pod & Required<Mutable> => {
  const all = { ...eksFargateOptions, ...options }
  const priorityClassName = 'system-node-critical'
  return {
    ...pod,
    labels: new Map([...pod.labels, [profileLabel, fargateProfileName]]),
    annotations: new Map([...(pod.annotations ?? []), ...annotationsOf(pod, all)]),
    spec: {
      ...pod.spec,
      schedulerName: fargateScheduler,
      priorityClassName,
      priority: builtInPriorities.get(priorityClassName),
    },
  }
}

/** A pod for which there is no size is not told one. */
const annotationsOf = (
  { spec }: Mutable,
  options: EksFargateOptions,
): readonly (readonly [string, string])[] => {
  const size = sizeOfPod(spec, options)
  const logging = options.logging
    ? 'LoggingEnabled'
    : 'LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND'
  return [
    ...(size === undefined ? [] : [[capacityAnnotation, capacityText(size)] as const]),
    ['Logging', logging],
  ]
}

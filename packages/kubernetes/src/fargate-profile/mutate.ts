/**
 * Changes a pod that a Fargate profile takes, as the EKS admission webhook does: sets a label,
 * annotations, the scheduler's name and the PriorityClass. Applying it twice gives the same pod.
 *
 * Source: Amazon EKS User Guide, "AWS Fargate" and "Start AWS Fargate logging for your cluster";
 * `kubectl describe` of such pods.
 */
import type { Labels } from '../words/label-selector.js'
import type { PodSpec } from '../words/pod.js'
import { builtInPriorities } from '../words/preemption.js'
import { eksFargateOptions, type EksFargateOptions } from './options.js'
import type { FargateProfile } from './profile.js'
import { profileLabel } from './select.js'
import { capacityText, sizeOfPod } from './size.js'

/** The schedulerName of pods on Fargate. */
export const fargateScheduler = 'fargate-scheduler'
/** The annotation with the size by which a pod is billed. */
export const capacityAnnotation = 'CapacityProvisioned'

/** The fields of a pod or template that the webhook reads and changes. */
export interface Mutable {
  readonly labels: Labels
  readonly annotations?: Labels
  readonly spec: PodSpec
}

/** Adds the profile's label, the annotations, the scheduler's name and the priority class. */
export const mutateForFargate = <Pod extends Mutable>(
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

/** The annotations of a pod; without a size when no Fargate size covers it. */
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

/**
 * Classifies a pod as the Cluster Autoscaler does: pod of a DaemonSet, mirror of a static pod,
 * terminating for too long, or ended.
 */
import { decodeValue } from '@stowage/documents'
import { instant, later, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { Moment } from '../wire/moment.js'
import { controllerRefOf } from '../words/metadata.js'
import type { AutoscaledPod } from './words.js'

/** Whether a DaemonSet controls the pod, or the pod says that it counts as such. */
export const isDaemon = (pod: AutoscaledPod): boolean =>
  controllerRefOf(pod.metadata)?.kind === 'DaemonSet' ||
  pod.metadata.annotations.get('cluster-autoscaler.kubernetes.io/daemonset-pod') === 'true'

/** Whether the pod mirrors a static pod of its node. */
export const isMirrorPod = ({ metadata }: AutoscaledPod): boolean =>
  metadata.annotations.has('kubernetes.io/config.mirror')

const defaultGraceSeconds = 30
const extraGraceSeconds = 30

/** Whether the pod should be gone for more than half a minute. */
export const isLongTerminating = ({ metadata, spec }: AutoscaledPod, now: Instant): boolean => {
  if (metadata.deletionTimestamp === undefined) return false
  const grace = spec.terminationGracePeriodSeconds ?? defaultGraceSeconds
  return later(momentOf(metadata.deletionTimestamp), (grace + extraGraceSeconds) * 1000) < now
}

/** Whether the pod has ended for good: a failed one, or one that is not restarted. */
export const isTerminal = ({ spec, status }: AutoscaledPod): boolean =>
  status?.phase === 'Failed' ||
  (status?.phase === 'Succeeded' &&
    (spec.restartPolicy === 'Never' || spec.restartPolicy === 'OnFailure'))

/** A time as the API writes it; what is none is the beginning of time. */
export const momentOf = (text: string): Instant => {
  const moment = decodeValue(Moment, text)
  return E.isRight(moment) ? instant(moment.right) : instant(0)
}

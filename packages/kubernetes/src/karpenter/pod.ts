/**
 * Classifies a pod as Karpenter does (waiting for a node, moving with its node, evictable,
 * protected from disruption), and computes the cost of its eviction.
 *
 * Source: Karpenter documentation, "Disruption" (pod-level controls), and recorded answers of
 * Karpenter 1.15.
 */
import { decodeValue } from '@stowage/documents'
import { instant, later, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { tolerates } from '../lower/toleration.js'
import { Moment } from '../wire/moment.js'
import { Duration } from '../setting/duration.js'
import { namespaceOf } from '../workload/workload.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** A pod by its namespace and name. */
export const podKey = ({ metadata }: Pick<KarpenterPod, 'metadata'>): string =>
  `${namespaceOf(metadata)}/${metadata.name}`

const isOwnedBy = ({ metadata }: KarpenterPod, apiVersion: string, kind: string): boolean =>
  metadata.ownerReferences.some((owner) => owner.apiVersion === apiVersion && owner.kind === kind)

/** Whether a DaemonSet owns the pod. */
export const isDaemonPod = (pod: KarpenterPod): boolean => isOwnedBy(pod, 'apps/v1', 'DaemonSet')

/** Whether the kubelet made the pod of a file of its node. */
const isStatic = (pod: KarpenterPod): boolean => isOwnedBy(pod, 'v1', 'Node')

/** Whether the pod has ended. */
export const isFinished = ({ status }: KarpenterPod): boolean =>
  status?.phase === 'Failed' || status?.phase === 'Succeeded'

const isTerminatingPod = ({ metadata }: KarpenterPod): boolean =>
  metadata.deletionTimestamp !== undefined

/** Whether the pod has a node. */
export const hasNode = ({ spec }: KarpenterPod): boolean => (spec.nodeName ?? '') !== ''

/** Whether the pod runs, or would if it had a node. */
export const isPodActive = (pod: KarpenterPod): boolean =>
  !isFinished(pod) && !isTerminatingPod(pod)

/** Whether the pods of a domain include it. */
export const countsInDomains = (pod: KarpenterPod): boolean => hasNode(pod) && isPodActive(pod)

/** Whether a scheduler looked for a node and found none. */
export const isProvisionable = (pod: KarpenterPod): boolean =>
  (pod.status?.conditions ?? []).some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable',
  ) &&
  !hasNode(pod) &&
  (pod.status?.nominatedNodeName ?? '') === '' &&
  !isDaemonPod(pod) &&
  !isStatic(pod)

/** Whether the pod, or one in its place, needs another node when its node goes. */
export const isReschedulable = (pod: KarpenterPod): boolean =>
  (isPodActive(pod) || (isTerminatingPod(pod) && isOwnedBy(pod, 'apps/v1', 'StatefulSet'))) &&
  !isDaemonPod(pod) &&
  !isStatic(pod)

/** Whether the pod keeps its node from being disrupted, for good or for some time. */
export const isProtected = (pod: KarpenterPod, now: Instant): boolean => {
  const value = pod.metadata.annotations.get('karpenter.sh/do-not-disrupt')
  if (value === undefined || value === 'true') return value === 'true'
  const duration = decodeValue(Duration, value)
  if (E.isLeft(duration) || duration.right.seconds <= 0) return false
  const start = pod.status?.startTime
  if (start === undefined) return true
  const moment = decodeValue(Moment, start)
  return E.isRight(moment) && now - instant(moment.right) < duration.right.seconds * 1000
}

/** Whether the pod lets its node be disrupted; one that does not run always does. */
export const isDisruptable = (pod: KarpenterPod, now: Instant): boolean =>
  !isPodActive(pod) || !isProtected(pod, now)

const disruptedTaint = { key: 'karpenter.sh/disrupted', value: undefined, effect: 'NoSchedule' }

/** Whether the pod is evicted when its node is drained. */
export const isEvictable = (pod: KarpenterPod, now: Instant): boolean =>
  isPodActive(pod) &&
  !tolerates(pod.spec.tolerations, disruptedTaint) &&
  !isStatic(pod) &&
  !isProtected(pod, now)

const presumedAge = 60_000

/** When the pod was made; one that does not say so counts as made a minute ago. */
export const createdAt = ({ metadata }: KarpenterPod, now: Instant): Instant => {
  const read = decodeValue(Moment, metadata.creationTimestamp)
  return E.isRight(read) ? instant(read.right) : later(now, -presumedAge)
}

const evictionCostMax = 10
/** By so much an annotation or a priority makes a pod count for one more. */
const annotationUnit = 134_217_728
const priorityUnit = 33_554_432

/** What the eviction of the pod costs: 1 for any pod, more or less by annotation and priority. */
export const evictionCost = ({ metadata, spec }: KarpenterPod): number => {
  const written =
    metadata.annotations.get('karpenter.sh/disruption-cost') ??
    metadata.annotations.get('controller.kubernetes.io/pod-deletion-cost')
  const annotated = int32Of(written ?? '')
  const cost = 1 + (annotated ?? 0) / annotationUnit + (spec.priority ?? 0) / priorityUnit
  return Math.min(evictionCostMax, Math.max(-evictionCostMax, cost))
}

const int32Of = (text: string): number | undefined => {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const number = Number(text)
  return number >= -2_147_483_648 && number <= 2_147_483_647 ? number : undefined
}

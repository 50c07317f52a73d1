/**
 * Reads the sizes of a ReplicaSet from its object: the wanted replicas, the available replicas of
 * its status, and the annotations `desired-replicas` and `max-replicas` of the Deployment
 * controller.
 */
import { int32Max, valueAt } from '@stowage/documents'
import { instant } from '@stowage/kernel'
import { momentOr } from '../wire/moment.js'
import type { AnnotatedMetadata } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import { fullName } from '../workload/workload.js'
import type { SizedSet } from './rolling.js'

/** A ReplicaSet among the objects of an input. */
export type FoundSet = Extract<KubernetesObject, { readonly kind: 'ReplicaSet' }>

/** The ReplicaSet by its `namespace/name`, as the sizes of its Deployment's sets depend on it. */
export const sizedSetOf = ({ object: { metadata, spec }, raw }: FoundSet): SizedSet => ({
  name: fullName(metadata),
  replicas: spec.replicas ?? 1,
  available: statusCount(raw, 'availableReplicas') ?? 0,
  created: momentOr(metadata.creationTimestamp, instant(0)),
  desiredReplicas: annotatedCount(metadata, 'desired-replicas'),
  maxReplicas: annotatedCount(metadata, 'max-replicas'),
})

/** A number that the controller of Deployments annotates; the API server takes any text there. */
export const annotatedCount = (
  { annotations }: AnnotatedMetadata,
  key: string,
): number | undefined => {
  const text = annotations.get(`deployment.kubernetes.io/${key}`)
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= int32Max
    ? Number(text)
    : undefined
}

/** A number of the status of an object as it was read. */
export const statusCount = (raw: unknown, field: string): number | undefined => {
  const value = valueAt(raw, ['status', field])
  return typeof value === 'number' ? value : undefined
}

/**
 * Defines how the API server reports that it refuses an object: a code, a reason, a message, and,
 * for an invalid object, the causes. Formats the messages.
 *
 * Source: Kubernetes API conventions, "Response Status Kind".
 */
import { causeText, type Cause } from '../validation/cause.js'
import type { WireObject } from '../wire/objects.js'

/** Why the API server does not store an object. */
export interface AdmissionRefusal {
  readonly code: 400 | 403 | 422 | 500
  readonly reason: 'BadRequest' | 'Forbidden' | 'Invalid' | 'InternalError'
  readonly message: string
  readonly causes: readonly Cause[]
}

/** What a plugin forbids. */
export const forbiddenObject = (object: WireObject, why: string): AdmissionRefusal => ({
  code: 403,
  reason: 'Forbidden',
  message: `${resourceOf(object.kind)} "${nameInMessage(object)}" is forbidden: ${why}`,
  causes: [],
})

/** An object with errors. */
export const invalidObject = (object: WireObject, causes: readonly Cause[]): AdmissionRefusal => ({
  code: 422,
  reason: 'Invalid',
  message: `${qualifiedKind(object.kind)} "${nameInMessage(object)}" is invalid`,
  causes,
})

/** A body that cannot be decoded. */
export const badRequest = (kind: string, version: string, why: string): AdmissionRefusal => ({
  code: 400,
  reason: 'BadRequest',
  message: `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`,
  causes: [],
})

/** A refusal in one line: the message and its causes. */
export const refusalText = ({ message, causes }: AdmissionRefusal): string =>
  causes.length === 0 ? message : `${message}: ${causes.map(causeText).join('; ')}`

/** Several errors are one list; the same one is named once. */
export const errorList = (errors: readonly string[]): string => {
  const [one = '', ...others] = [...new Set(errors)]
  return others.length === 0 ? one : `[${[one, ...others].join(', ')}]`
}

/** A pod that a controller makes has only the beginning of a name yet. */
const nameInMessage = ({ metadata = {} }: WireObject): string =>
  metadata.name !== undefined && metadata.name !== ''
    ? metadata.name
    : (metadata.generateName ?? '')

const groups: Readonly<Record<string, string | undefined>> = {
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  ControllerRevision: 'apps',
  PodDisruptionBudget: 'policy',
  HorizontalPodAutoscaler: 'autoscaling',
  RuntimeClass: 'node.k8s.io',
  PriorityClass: 'scheduling.k8s.io',
  StorageClass: 'storage.k8s.io',
  CSIStorageCapacity: 'storage.k8s.io',
  DeviceClass: 'resource.k8s.io',
  ResourceClaim: 'resource.k8s.io',
  ResourceClaimTemplate: 'resource.k8s.io',
}

const qualifiedKind = (kind: string): string => {
  const group = groups[kind]
  return group === undefined ? kind : `${kind}.${group}`
}

/** The resource of a kind with its group, such as `deployments.apps`. */
export const resourceOf = (kind: string): string => {
  const lower = kind.toLowerCase()
  const plural = lower.endsWith('ss')
    ? `${lower}es`
    : lower.endsWith('y')
      ? `${lower.slice(0, -1)}ies`
      : `${lower}s`
  const group = groups[kind]
  return group === undefined ? plural : `${plural}.${group}`
}

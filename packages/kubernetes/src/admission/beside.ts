/**
 * Checks a valid object, other than a pod, against the other objects of its cluster. It refuses:
 * 1. a PersistentVolumeClaim outside the LimitRanges of its namespace;
 * 2. a PriorityClass that would be a second default;
 * 3. a ResourceClaim, or its template, that requests admin access to devices, in a namespace
 *    without the label that allows it.
 *
 * Source: Kubernetes documentation, "Admission Controllers" (LimitRanger, Priority) and "Dynamic
 * Resource Allocation" (admin access).
 */
import { cause } from '../validation/cause.js'
import type { WireDeviceRequest, WireObject, WireResourceClaimSpec } from '../wire/objects.js'
import { namespaceIn, type AdmissionCluster } from './cluster.js'
import { claimLimitsExceeded } from './limit-range.js'
import { forbiddenObject, invalidObject, errorList, type AdmissionRefusal } from './refusal.js'

/**
 * Why the API server refuses the object; `undefined` when nothing beside it is in its way.
 *
 * Objects that a user sends and objects that a controller makes are refused alike. Pods have
 * plugins of their own; quotas are checked later.
 */
export const refusalBeside = (
  object: WireObject,
  cluster: AdmissionCluster,
): AdmissionRefusal | undefined => objections[object.kind]?.(object, cluster)

type Objection = (object: WireObject, cluster: AdmissionCluster) => AdmissionRefusal | undefined

/** LimitRanger bounds claims on volumes. */
const aboveLimits: Objection = (object, cluster) => {
  const exceeded = claimLimitsExceeded(object, cluster)
  return exceeded.length === 0 ? undefined : forbiddenObject(object, errorList(exceeded))
}

/** Priority refuses a second default among the classes themselves. */
const secondDefault: Objection = (object, { priorityClasses }) => {
  const { globalDefault } = object as { readonly globalDefault?: boolean }
  const other = priorityClasses.find(
    (one) => one.globalDefault === true && one.metadata?.name !== object.metadata?.name,
  )
  if (globalDefault !== true || other === undefined) return undefined
  return forbiddenObject(
    object,
    `PriorityClass ${other.metadata?.name ?? ''} is already marked as default. Only one default can exist`,
  )
}

const adminLabel = 'resource.kubernetes.io/admin-access'

/** A request for admin access to devices needs a label on the namespace. */
const withoutAdminLabel =
  (specOf: (object: WireObject) => WireResourceClaimSpec | undefined): Objection =>
  (object, { namespaces }) => {
    const index = (specOf(object)?.devices?.requests ?? []).findIndex(isForAdmin)
    const namespace = namespaceIn(object)
    const known = namespaces.get(namespace)
    if (index < 0 || known?.labels[adminLabel] === 'true') return undefined
    const where = known === undefined ? `${namespace}, which is not among the objects` : namespace
    const at = ['spec', 'devices', 'requests', index]
    return invalidObject(object, [
      cause(
        [...(object.kind === 'ResourceClaim' ? [] : ['spec']), ...at, 'exactly', 'adminAccess'],
        true,
        `the label ${adminLabel}: "true" on namespace ${where}`,
        [...at, 'adminAccess'],
      ),
    ])
  }

const isForAdmin = ({ exactly }: WireDeviceRequest): boolean => exactly?.adminAccess === true

const objections: Readonly<Record<string, Objection | undefined>> = {
  PersistentVolumeClaim: aboveLimits,
  PriorityClass: secondDefault,
  ResourceClaim: withoutAdminLabel(({ spec }) => spec as WireResourceClaimSpec | undefined),
  ResourceClaimTemplate: withoutAdminLabel(
    ({ spec }) => (spec as { readonly spec?: WireResourceClaimSpec } | undefined)?.spec,
  ),
}

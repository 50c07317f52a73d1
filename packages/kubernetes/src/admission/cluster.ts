/**
 * Gathers the objects of a cluster that admission plugins read when they check another object:
 * LimitRanges, ResourceQuotas, PriorityClasses, RuntimeClasses, StorageClasses, and the labels of
 * nodes and namespaces.
 */
import { isObject, own, valueAt } from '@stowage/documents'
import { parseQuantity } from '../words/quantity.js'
import type {
  Texts,
  WireAmounts,
  WireLimitRangeSpec,
  WireObject,
  WirePriorityClass,
  WireQuotaSpec,
  WireRuntimeClass,
  WireStorageClass,
} from '../wire/objects.js'

/** The objects that admission reads, each with its defaults. */
export interface AdmissionCluster {
  readonly limitRanges: readonly NamespacedSpec<WireLimitRangeSpec>[]
  readonly quotas: readonly CountingQuota[]
  readonly priorityClasses: readonly WirePriorityClass[]
  readonly runtimeClasses: readonly WireRuntimeClass[]
  /** In the order of their creation. */
  readonly storageClasses: readonly WireStorageClass[]
  /** The labels of each node. */
  readonly nodes: ReadonlyMap<string, Texts>
  readonly namespaces: ReadonlyMap<string, NamespaceTexts>
}

/** The labels and annotations of a namespace, and whether it is being terminated. */
export interface NamespaceTexts {
  readonly labels: Texts
  readonly annotations: Texts
  readonly isTerminating: boolean
}

/** An object's spec with its namespace and name. */
export interface NamespacedSpec<Spec> {
  readonly namespace: string
  readonly name: string
  readonly spec: Spec
}

/** A ResourceQuota, with what its status says that it has counted. */
export interface CountingQuota extends NamespacedSpec<WireQuotaSpec> {
  readonly counted: WireAmounts
}

/** The objects that admission reads, among all objects of a cluster. */
export const admissionCluster = (objects: readonly WireObject[]): AdmissionCluster => {
  const ofKind = (kind: string): readonly WireObject[] =>
    objects.filter((object) => object.kind === kind)
  return {
    limitRanges: ofKind('LimitRange')
      .map(namespacedSpec<WireLimitRangeSpec>)
      .sort(specOrder),
    quotas: ofKind('ResourceQuota')
      .map((quota) => ({
        ...namespacedSpec<WireQuotaSpec>(quota),
        counted: countedAmounts(quota.status),
      }))
      .sort(specOrder),
    priorityClasses: ofKind('PriorityClass'),
    runtimeClasses: ofKind('RuntimeClass'),
    storageClasses: ofKind('StorageClass'),
    nodes: new Map(ofKind('Node').map((node) => [objectName(node), node.metadata?.labels ?? {}])),
    namespaces: new Map(
      ofKind('Namespace').map((one) => {
        const { labels = {}, annotations = {} } = one.metadata ?? {}
        const isTerminating = own(one.status ?? {}, 'phase') === 'Terminating'
        return [objectName(one), { labels, annotations, isTerminating }]
      }),
    ),
  }
}

/** The amounts that the status of a quota has counted; what is no amount is left out. */
const countedAmounts = (status: unknown): WireAmounts => {
  const used = valueAt(status, ['used'])
  if (!isObject(used)) return {}
  return Object.fromEntries(
    Object.entries(used).flatMap(([name, amount]: [string, unknown]) => {
      const text = typeof amount === 'number' ? String(amount) : amount
      return typeof text === 'string' && parseQuantity(text) !== undefined ? [[name, text]] : []
    }),
  )
}

/** Whether quotas count, or limits bound, what is made in any namespace. */
export const hasBounds = ({ quotas, limitRanges }: AdmissionCluster): boolean =>
  quotas.length + limitRanges.length > 0

const objectName = ({ metadata }: WireObject): string => metadata?.name ?? ''

/** The namespace of an object; `default` when it has none or an empty one. */
export const namespaceIn = ({ metadata }: Pick<WireObject, 'metadata'>): string => {
  const { namespace = '' } = metadata ?? {}
  return namespace === '' ? 'default' : namespace
}

const namespacedSpec = <Spec>(object: WireObject): NamespacedSpec<Spec> => ({
  namespace: namespaceIn(object),
  name: objectName(object),
  spec: (object.spec ?? {}) as Spec,
})

const specOrder = <Of extends NamespacedSpec<unknown>>(one: Of, other: Of): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0

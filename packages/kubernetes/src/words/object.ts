/**
 * Decodes Kubernetes objects by `apiVersion` and `kind`. An object of an unknown kind is skipped
 * and listed as ignored. An object that looks like a misspelt known kind is an error instead.
 */
import {
  decodeValue,
  isMisspelling,
  isObject,
  nestingFaults,
  own,
  type Codec,
  type DocumentFault,
  type IgnoredDocument,
  type SourceDocument,
} from '@stowage/documents'
import { renderValue, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { kustomizationFields } from '../schema/kustomization.js'
import { CronJob, Job } from './job.js'
import { Node } from './node.js'
import { PersistentVolume, PersistentVolumeClaim } from './persistent-volume.js'
import { Pod } from './pod.js'
import { PodDisruptionBudget, PriorityClass } from './preemption.js'
import { Namespace, Service } from './service.js'
import { Policy } from './metadata.js'
import {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  StorageClass,
  VolumeAttachment,
} from './storage.js'
import { DeviceClass, ResourceClaim, ResourceClaimTemplate } from './resource-claim.js'
import { DeviceTaintRule, ResourceSlice } from './resource-slice.js'
import {
  ControllerRevision,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from './workload.js'

interface ObjectByKind {
  readonly Node: Node
  readonly Pod: Pod
  readonly Deployment: Deployment
  readonly ReplicaSet: ReplicaSet
  readonly StatefulSet: StatefulSet
  readonly DaemonSet: DaemonSet
  readonly ReplicationController: ReplicationController
  readonly Job: Job
  readonly CronJob: CronJob
  readonly ControllerRevision: ControllerRevision
  readonly HorizontalPodAutoscaler: HorizontalPodAutoscaler
  readonly PriorityClass: PriorityClass
  readonly Namespace: Namespace
  readonly Service: Service
  readonly PodDisruptionBudget: PodDisruptionBudget
  readonly PersistentVolume: PersistentVolume
  readonly PersistentVolumeClaim: PersistentVolumeClaim
  readonly StorageClass: StorageClass
  readonly CSINode: CSINode
  readonly CSIDriver: CSIDriver
  readonly CSIStorageCapacity: CSIStorageCapacity
  readonly VolumeAttachment: VolumeAttachment
  readonly ResourceClaim: ResourceClaim
  readonly LimitRange: Policy
  readonly ResourceQuota: Policy
  readonly RuntimeClass: Policy
  readonly ResourceClaimTemplate: ResourceClaimTemplate
  readonly ResourceSlice: ResourceSlice
  readonly DeviceClass: DeviceClass
  readonly DeviceTaintRule: DeviceTaintRule
}

/** The kinds that are decoded. */
export type Kind = keyof ObjectByKind

type ObjectPath = readonly (string | number)[]

/** A decoded object with its source `from`, its path `at` in that source, and the `raw` value. */
export type KubernetesObject = {
  readonly [K in Kind]: {
    readonly kind: K
    readonly from: string
    readonly at: readonly (string | number)[]
    readonly raw: unknown
    readonly object: ObjectByKind[K]
    readonly likeness?: Likeness
  }
}[Kind]

/** What pods that are alike have in common; compared by identity. */
export type Likeness = object

/** Decodes the object of a kind; a pod may come with its likeness. */
export type DecodeObject = (
  kind: Kind,
  raw: unknown,
) => E.Either<
  readonly MalformedValue[],
  { readonly object: ObjectByKind[Kind]; readonly likeness?: Likeness }
>

/** The versions of a kind that are read alike; messages name the first. */
const kinds: {
  readonly [K in Kind]: {
    readonly apiVersion: string
    readonly olderVersion?: string
    readonly codec: Codec<ObjectByKind[K]>
  }
} = {
  Node: { apiVersion: 'v1', codec: Node },
  Pod: { apiVersion: 'v1', codec: Pod },
  Deployment: { apiVersion: 'apps/v1', codec: Deployment },
  ReplicaSet: { apiVersion: 'apps/v1', codec: ReplicaSet },
  StatefulSet: { apiVersion: 'apps/v1', codec: StatefulSet },
  DaemonSet: { apiVersion: 'apps/v1', codec: DaemonSet },
  ReplicationController: { apiVersion: 'v1', codec: ReplicationController },
  Job: { apiVersion: 'batch/v1', codec: Job },
  CronJob: { apiVersion: 'batch/v1', codec: CronJob },
  ControllerRevision: { apiVersion: 'apps/v1', codec: ControllerRevision },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    olderVersion: 'autoscaling/v1',
    codec: HorizontalPodAutoscaler,
  },
  PriorityClass: { apiVersion: 'scheduling.k8s.io/v1', codec: PriorityClass },
  Namespace: { apiVersion: 'v1', codec: Namespace },
  Service: { apiVersion: 'v1', codec: Service },
  PodDisruptionBudget: { apiVersion: 'policy/v1', codec: PodDisruptionBudget },
  PersistentVolume: { apiVersion: 'v1', codec: PersistentVolume },
  PersistentVolumeClaim: { apiVersion: 'v1', codec: PersistentVolumeClaim },
  StorageClass: { apiVersion: 'storage.k8s.io/v1', codec: StorageClass },
  CSINode: { apiVersion: 'storage.k8s.io/v1', codec: CSINode },
  CSIDriver: { apiVersion: 'storage.k8s.io/v1', codec: CSIDriver },
  CSIStorageCapacity: { apiVersion: 'storage.k8s.io/v1', codec: CSIStorageCapacity },
  VolumeAttachment: { apiVersion: 'storage.k8s.io/v1', codec: VolumeAttachment },
  ResourceClaim: { apiVersion: 'resource.k8s.io/v1', codec: ResourceClaim },
  LimitRange: { apiVersion: 'v1', codec: Policy },
  ResourceQuota: { apiVersion: 'v1', codec: Policy },
  RuntimeClass: { apiVersion: 'node.k8s.io/v1', codec: Policy },
  ResourceClaimTemplate: { apiVersion: 'resource.k8s.io/v1', codec: ResourceClaimTemplate },
  ResourceSlice: { apiVersion: 'resource.k8s.io/v1', codec: ResourceSlice },
  DeviceClass: { apiVersion: 'resource.k8s.io/v1', codec: DeviceClass },
  DeviceTaintRule: { apiVersion: 'resource.k8s.io/v1', codec: DeviceTaintRule },
}

interface TypeMeta {
  readonly apiVersion: string
  readonly kind: string
  readonly items?: unknown
}

const isTypeMeta = (value: unknown): value is TypeMeta =>
  hasKind(value) && typeof value.apiVersion === 'string'

const hasKind = (
  value: unknown,
): value is { readonly kind: string; readonly apiVersion?: unknown } =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

/** Whether an object of some version has metadata, but no kind. */
const lacksKind = (value: unknown): value is object =>
  isObject(value) &&
  !hasKind(value) &&
  typeof own(value, 'apiVersion') === 'string' &&
  isObject(own(value, 'metadata'))

/**
 * Whether a document is a Kubernetes object of any kind, or a list of such objects. A known kind
 * without an `apiVersion` counts too, and so does an object without a kind, so that the missing
 * field is reported.
 */
export const isKubernetes = (value: unknown): boolean => isKubernetesWithin(value, listsMax)

/** So many lists may be in each other, as many as a document may have levels. */
const listsMax = 250

const isKubernetesWithin = (value: unknown, lists: number): boolean =>
  Array.isArray(value)
    ? value.length > 0 && lists > 0 && value.every((item) => isKubernetesWithin(item, lists - 1))
    : isTypeMeta(value) ||
      (hasKind(value) && kindLike(value.kind) !== undefined) ||
      lacksKind(value) ||
      kustomizationFields(value) !== undefined

/** The objects of a document, the kinds that were ignored, and all errors. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[]
  readonly ignored: readonly IgnoredDocument[]
  readonly bad: readonly DocumentFault[]
}

const noObjects: ReadObjects = { objects: [], ignored: [], bad: [] }

/** Concatenates the results of several documents. */
export const concatObjects = (parts: readonly ReadObjects[]): ReadObjects => ({
  objects: parts.flatMap((part) => part.objects),
  ignored: parts.flatMap((part) => part.ignored),
  bad: parts.flatMap((part) => part.bad),
})

/**
 * Decodes a document as one object or as a list of objects. It never throws: errors are in `bad`,
 * each with its path.
 */
export const readObjects = (
  document: SourceDocument,
  at: ObjectPath = [],
  decode: DecodeObject = decodeByKind,
): ReadObjects => {
  const deep = nestingFaults(document)
  return deep.length > 0
    ? { ...noObjects, bad: deep.map((one) => ({ ...one, at: [...at, ...one.at] })) }
    : readPart(document, at, decode)
}

const readPart = (
  { from, value }: SourceDocument,
  at: ObjectPath,
  decode: DecodeObject,
): ReadObjects => {
  if (Array.isArray(value))
    return concatObjects(
      value.map((item: unknown, i) => readPart({ from, value: item }, [...at, i], decode)),
    )
  if (!isTypeMeta(value)) return { ...noObjects, bad: [typeFault(from, at, value)] }
  const itemKind = itemKindOf(value)
  if (itemKind !== undefined) return readList(from, at, value, itemKind, decode)
  const kind = knownKind(value)
  if (kind !== undefined) return readObject(from, at, kind, value, decode)
  const near = nearMiss(value)
  return near === undefined
    ? { ...noObjects, ignored: [{ from, kind: value.kind }] }
    : { ...noObjects, bad: [misspelt(from, at, value, near)] }
}

const kindNames = Object.keys(kinds) as readonly Kind[]

const versionsOf = (kind: Kind): readonly string[] => {
  const { apiVersion, olderVersion } = kinds[kind]
  return olderVersion === undefined ? [apiVersion] : [apiVersion, olderVersion]
}

/** The kinds that are decoded, each with each of its versions: `apps/v1 Deployment`. */
export const apiKinds: readonly string[] = kindNames.flatMap((kind) =>
  versionsOf(kind).map((version) => `${version} ${kind}`),
)

const knownKind = ({ apiVersion, kind }: TypeMeta): Kind | undefined =>
  kindNames.find((name) => name === kind && versionsOf(name).includes(apiVersion))

/** The known kind that equals this one apart from upper and lower case. */
const kindLike = (kind: string): Kind | undefined =>
  kindNames.find((name) => name.toLowerCase() === kind.toLowerCase())

/**
 * The API groups with a dot in which Kubernetes has these kinds. All groups without one are its own
 * as well; in any other group the same name means another kind.
 */
const ownDomains: readonly string[] = ['resource.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io']

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''

/**
 * The known kind whose name or version this object misspells: the object is in an API group of
 * Kubernetes, with a known kind in wrong upper or lower case, with a misspelt kind of this group,
 * or with an `apiVersion` that is not supported. Such an object is reported, because to ignore it
 * silently would lose it, and the API server would refuse it: nobody else can add kinds to these
 * groups.
 */
const nearMiss = ({ apiVersion, kind }: TypeMeta): Kind | undefined => {
  const group = groupOf(apiVersion)
  if (group.includes('.') && !ownDomains.includes(group)) return undefined
  const isOfGroup = (name: Kind): boolean => groupOf(kinds[name].apiVersion) === group
  return kindLike(kind) ?? kindNames.find((name) => isOfGroup(name) && isMisspelling(kind, name))
}

const misspelt = (
  from: string,
  at: ObjectPath,
  { apiVersion, kind }: TypeMeta,
  near: Kind,
): DocumentFault =>
  kind === near
    ? {
        from,
        at: [...at, 'apiVersion'],
        found: renderValue(apiVersion),
        expected: `${kinds[near].apiVersion}, the version of ${near} that is read`,
      }
    : { from, at: [...at, 'kind'], found: renderValue(kind), expected: near }

const typeFault = (from: string, at: ObjectPath, value: unknown): DocumentFault => {
  if (lacksKind(value)) {
    const name = Object.keys(value).find((key) => key.toLowerCase() === 'kind')
    const found = name === undefined ? 'nothing' : `it as ${name}`
    return { from, at: [...at, 'kind'], found, expected: 'a kind, such as Deployment' }
  }
  const near = hasKind(value) ? kindLike(value.kind) : undefined
  return near === undefined
    ? { from, at, found: renderValue(value), expected: 'an object with apiVersion and kind' }
    : {
        from,
        at: [...at, 'apiVersion'],
        found: renderValue(hasKind(value) ? value.apiVersion : undefined),
        expected: kinds[near].apiVersion,
      }
}

/**
 * The kind of a list's items: `''` for a List, whose items say their own kind, and the kind itself
 * for a typed list such as PodList; `undefined` when the object is no list.
 */
const itemKindOf = ({ apiVersion, kind }: TypeMeta): Kind | '' | undefined => {
  if (!kind.endsWith('List')) return undefined
  const itemKind = kind.slice(0, -'List'.length)
  if (itemKind === '') return apiVersion === 'v1' ? '' : undefined
  return knownKind({ apiVersion, kind: itemKind })
}

/** Decodes an object by the codec of its kind. */
export const decodeByKind: DecodeObject = (kind, raw) => {
  const decoded: E.Either<readonly MalformedValue[], ObjectByKind[Kind]> = decodeValue(
    kinds[kind].codec as Codec<ObjectByKind[Kind]>,
    raw,
  )
  return pipe(
    decoded,
    E.map((object) => ({ object })),
  )
}

const readObject = (
  from: string,
  at: ObjectPath,
  kind: Kind,
  raw: unknown,
  decode: DecodeObject,
): ReadObjects => {
  const read = decode(kind, raw)
  if (E.isLeft(read))
    return { ...noObjects, bad: read.left.map((bad) => ({ ...bad, from, at: [...at, ...bad.at] })) }
  const found = { kind, from, at, raw, ...read.right } as KubernetesObject
  return { ...noObjects, objects: [found] }
}

/** Items of a typed list, such as PodList, may omit `apiVersion` and `kind`. */
const readList = (
  from: string,
  at: ObjectPath,
  { apiVersion, items }: TypeMeta,
  itemKind: Kind | '',
  decode: DecodeObject,
): ReadObjects => {
  const listed = items ?? []
  if (!Array.isArray(listed)) {
    const bad = { from, at: [...at, 'items'], found: renderValue(listed), expected: 'a list' }
    return { ...noObjects, bad: [bad] }
  }
  return concatObjects(
    listed.map((item: unknown, i) => {
      const value =
        itemKind === '' || isTypeMeta(item) || typeof item !== 'object'
          ? item
          : { ...item, apiVersion, kind: itemKind }
      return readPart({ from, value }, [...at, 'items', i], decode)
    }),
  )
}

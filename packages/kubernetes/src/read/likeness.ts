/**
 * Decodes pods fast: the part that similar pods have in common is decoded only once. Pods are
 * similar if they differ only in their own fields, such as name, times, node and progress.
 * 1. A pod is divided into its own fields and the rest.
 * 2. The text of the rest is looked up. The first pod with that text is decoded whole.
 * 3. Of every further pod with that text, only its own fields are decoded; the rest is copied from
 *    the first pod.
 */
import { decodeValue, isObject, optional, own } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { decodeByKind, type DecodeObject, type Likeness } from '../words/object.js'
import { Metadata } from '../words/metadata.js'
import { Pod, PodStatus } from '../words/pod.js'

/** Fields of metadata that are a pod's own, and that no rule of scheduling compares. */
const ownMetadata: ReadonlySet<string> = new Set([
  'name',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'annotations',
  'managedFields',
  'selfLink',
])

/** The fields of a status that scheduling reads as it reads a spec. */
const sharedStatus: ReadonlySet<string> = new Set([
  'resources',
  'allocatedResources',
  'resourceClaimStatuses',
])

/** The lists of a status with the resources of each container. */
const containerLists = ['containerStatuses', 'initContainerStatuses'] as const

/** The fields of a container's status that scheduling reads. */
const sharedContainerStatus: ReadonlySet<string> = new Set([
  'name',
  'resources',
  'allocatedResources',
])

/** A decoder for the objects of one input, which decodes what pods share once. */
export const sharingDecoder = (): DecodeObject => {
  const known = new Map<string, Alike>()
  return (kind, raw) => {
    const parts = kind === 'Pod' ? podParts(raw) : undefined
    const text = parts === undefined ? undefined : comparableText(parts.shared)
    if (parts === undefined || text === undefined) return decodeByKind(kind, raw)
    const alike = known.get(text)
    const pod = alike === undefined ? undefined : withOwnPart(alike.first, parts.own)
    if (alike !== undefined && pod !== undefined) return E.right({ object: pod, likeness: alike })
    const decoded = decodeValue(Pod, raw)
    if (E.isLeft(decoded)) return decoded
    const likeness = { first: decoded.right }
    known.set(text, likeness)
    return E.right({ object: decoded.right, likeness })
  }
}

/**
 * The pods of one controller mostly are alike, so what is computed of one of them need not be
 * computed of the next.
 */
interface Alike extends Likeness {
  readonly first: Pod
}

/** The part that is a pod's own, as an object of its kind; `undefined` for what is no pod. */
export const ownPartOf = (raw: unknown): object | undefined => podParts(raw)?.own

/** The metadata of a pod without the fields that are its own. */
export const sharedMetadataOf = (metadata: object): object => splitFields(metadata, ownMetadata)[1]

/** The two parts of a raw pod. */
interface PodParts {
  readonly own: object
  readonly shared: readonly unknown[]
}

const podParts = (raw: unknown): PodParts | undefined => {
  if (!isObject(raw)) return undefined
  const { apiVersion, kind, metadata, spec, status, ...others } = raw as RawPod
  if (!isObject(metadata) || !isObject(spec) || !isObject(status ?? {})) return undefined
  const { nodeName, ...sharedSpec } = spec as { readonly nodeName?: unknown }
  const [ownFields, sharedFields] = splitFields(metadata, ownMetadata)
  const progress = status ?? {}
  const [sharedOfStatus] = splitFields(progress, sharedStatus)
  return {
    own: { apiVersion, kind, metadata: ownFields, spec: { nodeName }, status },
    shared: [
      ...[others, sharedFields, sharedSpec, sharedOfStatus],
      ...containerLists.map((name) => sharedOfContainers(own(progress, name))),
      isSet(nodeName) && nodeName !== '',
      ...['uid', 'creationTimestamp'].map((name) => isSet(own(metadata, name))),
    ],
  }
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null

/**
 * A text that is equal for equal values; `undefined` for values with a `null`, as JSON also writes
 * one for what is no number.
 */
const comparableText = (value: unknown): string | undefined => {
  const text = O.toUndefined(O.tryCatch(() => JSON.stringify(value)))
  return text?.includes('null') === true ? undefined : text?.replace(mountedToken, '$1')
}

interface RawPod {
  readonly apiVersion?: unknown
  readonly kind?: unknown
  readonly metadata?: unknown
  readonly spec?: unknown
  readonly status?: unknown
}

/** The API server names the volume of a service account's token at random, pod by pod. */
const mountedToken = /("kube-api-access)-[a-z0-9]{5}(?=")/g

const splitFields = (value: object, names: ReadonlySet<string>): readonly [object, object] => {
  const entries = Object.entries(value)
  return [
    Object.fromEntries(entries.filter(([name]) => names.has(name))),
    Object.fromEntries(entries.filter(([name]) => !names.has(name))),
  ]
}

const sharedOfContainers = (list: unknown): unknown =>
  Array.isArray(list)
    ? list.map((item: unknown) =>
        isObject(item) ? splitFields(item, sharedContainerStatus)[0] : item,
      )
    : (list ?? [])

/** The first pod with the own part of another; `undefined` when that part has faults. */
const withOwnPart = (first: Pod, part: object): Pod | undefined => {
  const { metadata, spec, status } = part as Required<RawPod>
  const ownFields = decodeValue(Metadata, metadata)
  const progress = decodeValue(optional(PodStatus), status)
  const nodeName = own(spec as object, 'nodeName') ?? undefined
  if (E.isLeft(ownFields) || E.isLeft(progress)) return undefined
  if (nodeName !== undefined && typeof nodeName !== 'string') return undefined
  const { name, uid, deletionTimestamp } = ownFields.right
  return {
    metadata: { ...first.metadata, name, uid, deletionTimestamp },
    spec: { ...first.spec, nodeName },
    status: progress.right,
  }
}

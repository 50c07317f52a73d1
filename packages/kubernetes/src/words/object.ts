/**
 * Objects told apart by `apiVersion` and `kind`. A kind that is not known here is not wrong: it is reported as ignored.
 */
import { shown, type BadDocument, type Document, type Ignored } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { decode, type Decoder } from './decode.js'
import { Node } from './node.js'
import { Pod } from './pod.js'
import { PriorityClass } from './priority-class.js'
import { DaemonSet, Job, Replicated } from './workload.js'

interface Words {
  readonly Node: Node
  readonly Pod: Pod
  readonly Deployment: Replicated
  readonly ReplicaSet: Replicated
  readonly StatefulSet: Replicated
  readonly DaemonSet: DaemonSet
  readonly Job: Job
  readonly PriorityClass: PriorityClass
}

export type Kind = keyof Words

/** An object, where it came from, and where in it the object stands. `raw` is what was decoded. */
export type KubernetesObject = {
  readonly [K in Kind]: {
    readonly kind: K
    readonly from: string
    readonly at: readonly (string | number)[]
    readonly raw: unknown
    readonly object: Words[K]
  }
}[Kind]

const kinds: {
  readonly [K in Kind]: { readonly group: string; readonly codec: Decoder<Words[K]> }
} = {
  Node: { group: '', codec: Node },
  Pod: { group: '', codec: Pod },
  Deployment: { group: 'apps', codec: Replicated },
  ReplicaSet: { group: 'apps', codec: Replicated },
  StatefulSet: { group: 'apps', codec: Replicated },
  DaemonSet: { group: 'apps', codec: DaemonSet },
  Job: { group: 'batch', codec: Job },
  PriorityClass: { group: 'scheduling.k8s.io', codec: PriorityClass },
}

interface TypeMeta {
  readonly apiVersion: string
  readonly kind: string
  readonly items?: unknown
}

const isTypeMeta = (value: unknown): value is TypeMeta =>
  typeof value === 'object' &&
  value !== null &&
  'apiVersion' in value &&
  'kind' in value &&
  typeof value.apiVersion === 'string' &&
  typeof value.kind === 'string'

/** Whether a document is a Kubernetes object, of whatever kind. */
export const isKubernetes = (value: unknown): boolean => isTypeMeta(value)

/** What came of a document: objects, what was ignored, and what is wrong. */
export interface ReadObjects {
  readonly objects: readonly KubernetesObject[]
  readonly ignored: readonly Ignored[]
  readonly bad: readonly BadDocument[]
}

const nothing: ReadObjects = { objects: [], ignored: [], bad: [] }

export const joined = (parts: readonly ReadObjects[]): ReadObjects => ({
  objects: parts.flatMap((part) => part.objects),
  ignored: parts.flatMap((part) => part.ignored),
  bad: parts.flatMap((part) => part.bad),
})

/** Reads an object, or the objects of a list. */
export const readObjects = (
  { from, value }: Document,
  at: readonly (string | number)[] = [],
): ReadObjects => {
  if (!isTypeMeta(value))
    return {
      ...nothing,
      bad: [{ from, at, found: shown(value), expected: 'an object with apiVersion and kind' }],
    }
  const itemKind = itemKindOf(value)
  if (itemKind !== undefined) return readList(from, at, value, itemKind)
  const kind = knownKind(value)
  return kind === undefined
    ? { ...nothing, ignored: [{ from, kind: value.kind }] }
    : readObject(from, at, kind, value)
}

const knownKind = ({ apiVersion, kind }: TypeMeta): Kind | undefined => {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const known = (Object.keys(kinds) as readonly Kind[]).find((name) => name === kind)
  return known !== undefined && kinds[known].group === group ? known : undefined
}

/** What a list's own kind says of its items: nothing for a List, `''`; one kind for a PodList. */
const itemKindOf = ({ apiVersion, kind }: TypeMeta): Kind | '' | undefined => {
  if (!kind.endsWith('List')) return undefined
  const itemKind = kind.slice(0, -'List'.length)
  if (itemKind === '') return apiVersion === 'v1' ? '' : undefined
  return knownKind({ apiVersion, kind: itemKind })
}

const readObject = <K extends Kind>(
  from: string,
  at: readonly (string | number)[],
  kind: K,
  raw: unknown,
): ReadObjects => {
  const read = decode(kinds[kind].codec, raw)
  if (E.isLeft(read))
    return { ...nothing, bad: read.left.map((bad) => ({ ...bad, from, at: [...at, ...bad.at] })) }
  const found = { kind, from, at, raw, object: read.right } as KubernetesObject
  return { ...nothing, objects: [found] }
}

/** The items of a typed list, such as a PodList, may leave out what the list's own kind says. */
const readList = (
  from: string,
  at: readonly (string | number)[],
  { apiVersion, items }: TypeMeta,
  itemKind: Kind | '',
): ReadObjects => {
  const listed = items ?? []
  if (!Array.isArray(listed)) {
    const bad = { from, at: [...at, 'items'], found: shown(listed), expected: 'a list' }
    return { ...nothing, bad: [bad] }
  }
  return joined(
    listed.map((item: unknown, i) => {
      const value =
        itemKind === '' || isTypeMeta(item) || typeof item !== 'object'
          ? item
          : { ...item, apiVersion, kind: itemKind }
      return readObjects({ from, value }, [...at, 'items', i])
    }),
  )
}

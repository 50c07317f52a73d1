/**
 * Compares objects of one kind that share a name. Two objects that the API server would store alike
 * are one object, as in `kubectl apply`; two different objects are an error. Objects whose names
 * the API server would generate are all different.
 */
import { duplicates, isObject, own, type DocumentFault } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import { namespaceIn } from '../admission/cluster.js'
import { isAdmittedKind } from '../admission/kind.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import type { WireObject } from '../wire/objects.js'
import type { Kind, KubernetesObject } from '../words/object.js'
import { fullName } from '../workload/workload.js'

/** The objects without repetitions, and the contradictions among them. */
export interface DistinctObjects {
  readonly objects: readonly KubernetesObject[]
  readonly contradictions: readonly DocumentFault[]
}

/** Keeps the first of equal objects, in the order of the objects. */
export const distinctObjects = (all: readonly KubernetesObject[]): DistinctObjects => {
  const objects = withGeneratedNames(all)
  const again = duplicates(objects, objectTitle)
  const repeated = new Set(again.map(({ index }) => index))
  return {
    objects: objects.filter((_, i) => !repeated.has(i)),
    contradictions: again
      .filter(({ item, first }) => !isSameObject(item, first))
      .map(({ item, first }) => ({
        from: item.from,
        at: [...item.at, 'metadata', 'name'],
        found: shown(item.object.metadata.name),
        expected: `a name of its own: ${objectTitle(item)} is also in ${first.from}`,
      })),
  }
}

/** Whether two objects are written alike, or are stored alike with their defaults. */
const isSameObject = (one: KubernetesObject, other: KubernetesObject): boolean => {
  if (isEqualObject(one.raw, other.raw)) return true
  const [stored, same] = [storedForm(one), storedForm(other)]
  return stored !== undefined && same !== undefined && isEqualObject(stored, same)
}

/** The object with its defaults and its namespace; `undefined` when a field of it is not known. */
const storedForm = ({ kind, raw }: KubernetesObject): object | undefined => {
  const { value, malformed, unknown } = decodeShape(raw)
  if (!isObject(value) || malformed.length + unknown.length > 0) return undefined
  const stored = isAdmittedKind(kind) ? withDefaults(value as WireObject) : (value as WireObject)
  return { ...stored, metadata: { ...stored.metadata, namespace: namespaceIn(stored) } }
}

/** Cluster-scoped kinds. */
const global = [
  'Node',
  'PriorityClass',
  'Namespace',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIDriver',
  'VolumeAttachment',
  'RuntimeClass',
  'ResourceSlice',
  'DeviceClass',
  'DeviceTaintRule',
] as const satisfies readonly Kind[]

/** Whether the objects of a kind belong to no namespace. */
export const isGlobal = (kind: Kind): boolean => (global as readonly Kind[]).includes(kind)

/** The kind and the name of an object, which say what it is in a cluster. */
export const objectTitle = ({ kind, object: { metadata } }: KubernetesObject): string =>
  `${kind} ${isGlobal(kind) ? metadata.name : fullName(metadata)}`

/** The second object of a generated name, and every further one, has its number after the `*`. */
const withGeneratedNames = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] => {
  const counts = new Map<string, number>()
  return objects.map((found) => {
    if (!found.object.metadata.name.endsWith('*')) return found
    const title = objectTitle(found)
    const count = (counts.get(title) ?? 0) + 1
    counts.set(title, count)
    return count === 1 ? found : withGeneratedName(found, `${found.object.metadata.name}${count}`)
  })
}

const withGeneratedName = (found: KubernetesObject, name: string): KubernetesObject =>
  ({
    ...found,
    object: { ...found.object, metadata: { ...found.object.metadata, name } },
  }) as KubernetesObject

/** Whether two values of JSON are equal, whatever the order of their fields. */
const isEqualObject = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, i) => isEqualObject(item, other[i]))
    )
  if (!isObject(one) || !isObject(other)) return Object.is(one, other)
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqualObject(own(one, key), own(other, key)))
  )
}

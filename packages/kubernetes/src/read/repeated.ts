/**
 * Compares objects of one kind that share a name.
 * 1. Two objects that the API server would store alike are one object, as in `kubectl apply`.
 * 2. An object as the API server stores it and a manifest of it are one object: the manifest is
 *    applied to the stored object, and a warning says so.
 * 3. Two different manifests, or two different stored objects, are an error.
 *
 * Objects whose names the API server would generate are all different.
 */
import { duplicates, isObject, type DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import { namespaceIn } from '../admission/cluster.js'
import { isAdmittedKind } from '../admission/kind.js'
import { applyManifest, hasLastApplied } from '../apply/apply-manifest.js'
import { isEqualValue } from '../apply/equal-value.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import type { WireObject } from '../wire/objects.js'
import {
  readObjects,
  type DecodeObject,
  type Kind,
  type KubernetesObject,
} from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { isStored } from '../workload/stored.js'
import { fullName } from '../workload/workload.js'

/** The objects without repetitions, what is wrong, and which manifests were applied. */
export interface DistinctObjects {
  readonly objects: readonly KubernetesObject[]
  readonly contradictions: readonly DocumentFault[]
  readonly warnings: readonly KubernetesWarning[]
}

/** Keeps the first of equal objects, in the order of the objects. */
export const distinctObjects = (
  all: readonly KubernetesObject[],
  decode: DecodeObject,
): DistinctObjects => {
  const objects = withGeneratedNames(all)
  const again = duplicates(objects, objectTitle)
  const repeated = new Set(again.map(({ index }) => index))
  const groups = [...repetitionsOf(again)].map(([first, items]) =>
    settleGroup(first, items, decode),
  )
  const settled = new Map(groups.map(({ first, object }) => [first, object]))
  return {
    objects: objects
      .filter((_, i) => !repeated.has(i))
      .map((object) => settled.get(object) ?? object),
    contradictions: groups.flatMap(({ faults }) => faults),
    warnings: groups.flatMap(({ warnings }) => warnings),
  }
}

/** The further objects of each name, by the first one. */
const repetitionsOf = (
  again: readonly { readonly item: KubernetesObject; readonly first: KubernetesObject }[],
): ReadonlyMap<KubernetesObject, readonly KubernetesObject[]> => {
  const groups = new Map<KubernetesObject, KubernetesObject[]>()
  for (const { item, first } of again) {
    const group = groups.get(first)
    if (group === undefined) groups.set(first, [item])
    else group.push(item)
  }
  return groups
}

/** The objects of one name as one object. */
interface SettledGroup {
  readonly first: KubernetesObject
  readonly object: KubernetesObject
  readonly faults: readonly DocumentFault[]
  readonly warnings: readonly KubernetesWarning[]
}

const settleGroup = (
  first: KubernetesObject,
  items: readonly KubernetesObject[],
  decode: DecodeObject,
): SettledGroup => {
  const alone = { first, object: first, warnings: [] }
  if (items.every((item) => isSameObject(item, first))) return { ...alone, faults: [] }
  const all = [first, ...items]
  const [stored, ...copies] = all.filter(({ raw }) => isStored(raw))
  const [manifest, ...others] = all.filter(({ raw }) => !isStored(raw))
  const faults = [...contradictionsWith(stored, copies), ...contradictionsWith(manifest, others)]
  if (stored === undefined || manifest === undefined || faults.length > 0)
    return { ...alone, faults }
  const { from, at, raw } = manifest
  const applied = readObjects({ from, value: applyManifest(stored.raw, raw) }, at, decode)
  return {
    ...{ first, object: applied.objects[0] ?? manifest, faults: applied.bad },
    warnings: [manifestApplied(manifest, stored)],
  }
}

const contradictionsWith = (
  first: KubernetesObject | undefined,
  items: readonly KubernetesObject[],
): readonly DocumentFault[] =>
  first === undefined
    ? []
    : items
        .filter((item) => !isSameObject(item, first))
        .map((item) => ({
          from: item.from,
          at: [...item.at, 'metadata', 'name'],
          found: renderValue(item.object.metadata.name),
          expected: `a name of its own: ${objectTitle(item)} is also in ${first.from}`,
        }))

const manifestApplied = (
  manifest: KubernetesObject,
  stored: KubernetesObject,
): KubernetesWarning => ({
  code: 'ManifestApplied',
  from: manifest.from,
  subject: objectTitle(manifest),
  text:
    'there as the cluster stores it and as a manifest: the manifest is applied to it, as kubectl apply does' +
    (hasLastApplied(stored.raw)
      ? ''
      : ', and what the manifest leaves out stays, as no annotation says what was applied last'),
})

/** Whether two objects are written alike, or are stored alike with their defaults. */
const isSameObject = (one: KubernetesObject, other: KubernetesObject): boolean => {
  if (isEqualValue(one.raw, other.raw)) return true
  const [stored, same] = [storedForm(one), storedForm(other)]
  return stored !== undefined && same !== undefined && isEqualValue(stored, same)
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

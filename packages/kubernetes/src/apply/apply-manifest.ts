/**
 * Applies a manifest to a stored object, as `kubectl apply` does on the client side: a three-way
 * merge of the manifest, the stored object, and the manifest that was applied last, which the
 * annotation `kubectl.kubernetes.io/last-applied-configuration` holds. A field of the stored object
 * 1. gets the value of the manifest when the manifest has the field;
 * 2. is removed when the manifest that was applied last has it and the new one does not;
 * 3. stays otherwise, such as `status`, `metadata.uid`, and a `spec.replicas` that an autoscaler
 *    sets.
 *
 * Source: Kubernetes documentation, "Declarative Management of Kubernetes Objects Using
 * Configuration Files" (how apply calculates differences and merges changes).
 */
import { isObject, own, valueAt } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { isEqualValue } from './equal-value.js'
import { itemId, mergeKeyOf, retainsPatchKeys } from './merge-keys.js'

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** The stored object after the manifest was applied. Its generation grows when its spec changes. */
export const applyManifest = (stored: unknown, manifest: unknown): unknown => {
  if (!isObject(stored) || !isObject(manifest)) return manifest
  const last = withoutServerFields(lastApplied(stored) ?? {})
  const applied = mergeObjects(stored, last, withoutServerFields(manifest), '')
  if (isEqualValue(applied, stored)) return stored
  const generation = valueAt(stored, ['metadata', 'generation'])
  return typeof generation !== 'number' || isEqualValue(own(applied, 'spec'), own(stored, 'spec'))
    ? applied
    : { ...applied, metadata: { ...metadataOf(applied), generation: generation + 1 } }
}

/** Whether the stored object says which fields the manifest had that was applied last. */
export const hasLastApplied = (stored: unknown): boolean =>
  isObject(stored) && lastApplied(stored) !== undefined

const metadataOf = (object: object): object => {
  const metadata = own(object, 'metadata')
  return isObject(metadata) ? metadata : {}
}

/** What the API server sets by itself; of a manifest it ignores these. */
const withoutServerFields = (manifest: object): object => {
  const fields = Object.entries(manifest).filter(([key]) => key !== 'status')
  const metadata = Object.entries(metadataOf(manifest)).filter(([key]) => !serverFields.has(key))
  return Object.fromEntries([...fields, ['metadata', Object.fromEntries(metadata)]])
}

const serverFields: ReadonlySet<string> = new Set([
  'uid',
  'creationTimestamp',
  'resourceVersion',
  'generation',
  'managedFields',
])

const lastApplied = (stored: object): object | undefined => {
  const text = valueAt(stored, ['metadata', 'annotations', annotation])
  if (typeof text !== 'string') return undefined
  const parsed = E.tryCatch((): unknown => JSON.parse(text), String)
  return E.isRight(parsed) && isObject(parsed.right) ? parsed.right : undefined
}

/** One value of the three objects. */
interface ThreeWays {
  readonly stored: unknown
  /** `undefined` when it was not set by the manifest that was applied last. */
  readonly last: unknown
  readonly manifest: unknown
}

/** The value of a field with this name. */
const merge = ({ stored, last, manifest }: ThreeWays, name: string): unknown => {
  if (Array.isArray(manifest)) return mergeLists(listOr(stored), listOr(last), manifest, name)
  return isObject(manifest) && isObject(stored)
    ? mergeObjects(stored, isObject(last) ? last : {}, manifest, name)
    : manifest
}

const listOr = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const mergeObjects = (stored: object, last: object, manifest: object, name: string): object => {
  const stays = (key: string): boolean =>
    !Object.hasOwn(manifest, key) && !Object.hasOwn(last, key) && !retainsPatchKeys(name)
  const merged = Object.keys(manifest).flatMap((key) => {
    const ways = { stored: own(stored, key), last: own(last, key), manifest: own(manifest, key) }
    // A field that is null in the manifest is one that the object must not have.
    return ways.manifest === null ? [] : [[key, merge(ways, key)] as const]
  })
  return Object.fromEntries([...Object.entries(stored).filter(([key]) => stays(key)), ...merged])
}

/** The items of the manifest in its order, and then those that others have added. */
const mergeLists = (
  stored: readonly unknown[],
  last: readonly unknown[],
  manifest: readonly unknown[],
  name: string,
): readonly unknown[] => {
  const key = mergeKeyOf(name, [...manifest, ...stored, ...last])
  if (key === undefined) return manifest
  const [storedItems, lastItems, items] = [stored, last, manifest].map((list) => itemsBy(list, key))
  const isAdded = (id: unknown): boolean => !items!.has(id) && !lastItems!.has(id)
  return [
    ...manifest.map((item) => {
      const id = itemId(item, key)
      return merge({ stored: storedItems!.get(id), last: lastItems!.get(id), manifest: item }, name)
    }),
    ...stored.filter((item) => isAdded(itemId(item, key))),
  ]
}

const itemsBy = (list: readonly unknown[], key: string): ReadonlyMap<unknown, unknown> =>
  new Map(list.map((item) => [itemId(item, key), item]))

/**
 * Unites objects that are several times among documents and are one object of a cluster: of an
 * object as a cluster stores it and a manifest of it, the manifest is applied to the stored object.
 */
import type { SourceDocument } from '@stowage/documents'
import type { Platform } from '../platform/platform.js'
import { platforms } from '../platform/platforms.js'
import type { RawObject } from '../platform/raw-object.js'
import { byDocument, remainingDocuments, valueWith } from './edit-document.js'

/** The documents, in which an object that is united stands once. */
export const unitedDocuments = (
  documents: readonly SourceDocument[],
): readonly SourceDocument[] => {
  const united = platforms.flatMap((platform) =>
    [...byKey(objectsOf(platform, documents)).values()].flatMap((alike) => {
      const [first, ...others] = unitedObjects(platform, alike)
      return first === undefined || first === alike[0] ? [] : [{ first, others }]
    }),
  )
  if (united.length === 0) return documents
  const gone = byDocument(united.flatMap(({ others }) => others))
  const changed = byDocument(united.map(({ first }) => first))
  // Values are set before any is removed: a removal shifts the paths of a list.
  return documents.flatMap((document) =>
    remainingDocuments(
      { from: document.from, value: valueWith(document, changed.get(document) ?? []) },
      gone.get(document) ?? [],
    ),
  )
}

/** Objects of one key, the first of which has the value of all where they are one object. */
export const unitedObjects = (
  { objects }: Platform,
  alike: readonly RawObject[],
): readonly RawObject[] => {
  const [first, ...others] = alike
  if (first === undefined || others.length === 0) return alike
  const value = objects.valueOfAll?.(alike)
  return value === undefined ? alike : [{ ...first, value }, ...others]
}

/** The objects of a platform in documents. */
export const objectsOf = (
  { recognises, objects }: Platform,
  documents: readonly SourceDocument[],
): readonly RawObject[] =>
  documents.filter(({ value }) => recognises(value)).flatMap(objects.objectsIn)

/** Objects by each of their keys. */
type ByKey = ReadonlyMap<string, readonly RawObject[]>

/** Groups objects by their keys. */
export const byKey = (objects: readonly RawObject[]): ByKey => {
  const groups = new Map<string, RawObject[]>()
  for (const object of objects)
    for (const key of object.keys) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [object])
      else group.push(object)
    }
  return groups
}

/** The objects of groups that share a key with an object. */
export const alikeIn = (groups: ByKey, { keys }: RawObject): readonly RawObject[] => [
  ...new Set(keys.flatMap((key) => groups.get(key) ?? [])),
]

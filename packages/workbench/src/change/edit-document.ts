/**
 * Edits documents at paths: removes objects, and sets values. Documents are not written to: an edit
 * returns a copy, which shares what does not change.
 */
import { isObject, own, type Path, type SourceDocument } from '@stowage/documents'
import type { RawObject } from '../platform/raw-object.js'
import { platforms } from '../platform/platforms.js'

/** Groups items by the document that they are in. */
export const byDocument = <Item extends Pick<RawObject, 'document'>>(
  items: readonly Item[],
): ReadonlyMap<SourceDocument, readonly Item[]> => {
  const groups = new Map<SourceDocument, Item[]>()
  for (const item of items) {
    const others = groups.get(item.document)
    if (others === undefined) groups.set(item.document, [item])
    else others.push(item)
  }
  return groups
}

/** A document without these objects of it; none when it has no other object. */
export const remainingDocuments = (
  document: SourceDocument,
  gone: readonly Pick<RawObject, 'at'>[],
): readonly SourceDocument[] => {
  if (gone.length === 0) return [document]
  const paths = gone.map(({ at }) => at)
  const rest = { from: document.from, value: without(document.value, paths) }
  const isEmpty = platforms.every(
    ({ recognises, objects }) => !recognises(rest.value) || objects.objectsIn(rest).length === 0,
  )
  return isEmpty ? [] : [rest]
}

/** The value of a document in which these objects have these values. */
export const valueWith = (
  document: SourceDocument,
  objects: readonly Pick<RawObject, 'at' | 'value'>[],
): unknown => objects.reduce((whole, { at, value }) => withValue(whole, at, value), document.value)

/** A value without what is at these paths; `undefined` for the path to itself. */
const without = (value: unknown, paths: readonly Path[]): unknown => {
  const tails = new Map<string | number, Path[]>()
  for (const [step, ...tail] of paths) {
    if (step === undefined) return undefined
    const others = tails.get(step)
    if (others === undefined) tails.set(step, [tail])
    else others.push(tail)
  }
  const inside = (step: string | number, member: unknown): readonly unknown[] => {
    const own = tails.get(step)
    if (own === undefined) return [member]
    return own.some(({ length }) => length === 0) ? [] : [without(member, own)]
  }
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => inside(i, item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
      inside(key, member).map((value) => [key, value] as const),
    ),
  )
}

/** A value with another one at a path. */
const withValue = (whole: unknown, [step, ...tail]: Path, value: unknown): unknown => {
  if (step === undefined) return value
  if (Array.isArray(whole))
    return whole.map((item: unknown, i) => (i === step ? withValue(item, tail, value) : item))
  return isObject(whole) ? { ...whole, [step]: withValue(own(whole, step), tail, value) } : whole
}

/**
 * Reads the objects of one kind of Karpenter, such as NodePool, from the input documents, including
 * the items of lists. An object of another API version than the supported one is an error, because
 * its fields may have another meaning.
 */
import {
  collectAll,
  decodeDocument,
  isObject,
  own,
  type Codec,
  type DocumentFault,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

/** A kind: its group, the version that is read, and its codec. */
export interface CustomKind<Value> {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly codec: Codec<Value>
}

/** An object with where it is. */
export interface LocatedObject<Value> {
  readonly value: Value
  readonly from: string
  readonly at: Path
}

/** The objects in the order of the documents. */
export const readCustomObjects = <Value>(
  documents: readonly SourceDocument[],
  kind: CustomKind<Value>,
): E.Either<readonly DocumentFault[], readonly LocatedObject<Value>[]> =>
  collectAll(
    documents.flatMap(({ from, value: document }) =>
      objectsIn(document, [], kind).map(([value, at]) =>
        decodeCustomObject({ from, value }, at, kind),
      ),
    ),
  )

const decodeCustomObject = <Value>(
  document: SourceDocument,
  at: Path,
  { group, version, codec }: CustomKind<Value>,
): E.Either<readonly DocumentFault[], LocatedObject<Value>> => {
  const { from, value } = document
  const found = isObject(value) ? own(value, 'apiVersion') : undefined
  const expected = `${group}/${version}`
  return found === expected
    ? pipe(
        decodeDocument(codec, document, at),
        E.map((read) => ({ value: read, from, at })),
      )
    : E.left([{ from, at: [...at, 'apiVersion'], found: renderValue(found), expected }])
}

const objectsIn = <Value>(
  value: unknown,
  at: Path,
  kind: CustomKind<Value>,
): readonly (readonly [object: object, at: Path])[] => {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, i) => objectsIn(item, [...at, i], kind))
  if (!isObject(value)) return []
  const items = own(value, 'items')
  if (Array.isArray(items)) return objectsIn(items, [...at, 'items'], kind)
  const apiVersion = own(value, 'apiVersion')
  const isOfGroup = typeof apiVersion === 'string' && apiVersion.startsWith(`${kind.group}/`)
  return isOfGroup && own(value, 'kind') === kind.kind ? [[value, at]] : []
}

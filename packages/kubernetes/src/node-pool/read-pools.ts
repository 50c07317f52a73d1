/**
 * Reads the NodePools among the input documents, also those within lists. Another version of the
 * kind is an error: its fields mean something else.
 */
import {
  collectAll,
  decodeDocument,
  isObject,
  own,
  type DocumentFault,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { NodePool } from './words.js'

const poolGroup = 'karpenter.sh/'
const poolVersion = 'karpenter.sh/v1'

/** The NodePools in the order of the documents. */
export const readNodePools = (
  documents: readonly SourceDocument[],
): E.Either<readonly DocumentFault[], readonly NodePool[]> =>
  collectAll(
    documents.flatMap(({ from, value: document }) =>
      poolsIn(document, []).map(([value, at]) => decodePool({ from, value }, at)),
    ),
  )

const decodePool = (
  document: SourceDocument,
  at: Path,
): E.Either<readonly DocumentFault[], NodePool> => {
  const { from, value } = document
  const found = isObject(value) ? own(value, 'apiVersion') : undefined
  return found === poolVersion
    ? decodeDocument(NodePool, document, at)
    : E.left([{ from, at: [...at, 'apiVersion'], found: shown(found), expected: poolVersion }])
}

const poolsIn = (value: unknown, at: Path): readonly (readonly [pool: object, at: Path])[] => {
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => poolsIn(item, [...at, i]))
  if (!isObject(value)) return []
  const items = own(value, 'items')
  if (Array.isArray(items)) return poolsIn(items, [...at, 'items'])
  const apiVersion = own(value, 'apiVersion')
  const isPool = typeof apiVersion === 'string' && apiVersion.startsWith(poolGroup)
  return isPool && own(value, 'kind') === 'NodePool' ? [[value, at]] : []
}

/**
 * Reads the ConfigMap of the Cluster Autoscaler's expander `priority` among documents: regular
 * expressions for names of node groups, by priority.
 *
 * Source: Cluster Autoscaler documentation, "Priority based expander".
 */
import { isObject, own, valueAt, type SourceDocument } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { documentsOf } from '../text/documents.js'
import type { Faults } from '../text/fault.js'

/** Expressions by priority. */
export type PriorityTiers = ReadonlyMap<number, readonly string[]>

const mapName = 'cluster-autoscaler-priority-expander'

/** The priorities of the ConfigMap; `undefined` when there is none. */
export const priorityTiersIn = (
  documents: readonly SourceDocument[],
): E.Either<Faults, PriorityTiers | undefined> => {
  const found = documents
    .flatMap(({ from, value }) => rawObjectsIn(value).map((object) => ({ from, object })))
    .find(
      ({ object }) =>
        own(object, 'kind') === 'ConfigMap' && valueAt(object, ['metadata', 'name']) === mapName,
    )
  if (found === undefined) return E.right(undefined)
  const text = valueAt(found.object, ['data', 'priorities'])
  const tiers = typeof text === 'string' ? tiersIn(text) : undefined
  return tiers !== undefined
    ? E.right(tiers)
    : E.left([
        {
          ...{ from: found.from, at: ['data', 'priorities'], found: shown(text) },
          expected: 'whole numbers, each with a list of regular expressions for node groups',
        },
      ])
}

const rawObjectsIn = (value: unknown): readonly object[] => {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => rawObjectsIn(item))
  if (!isObject(value)) return []
  const items = own(value, 'items')
  return Array.isArray(items) ? items.flatMap((item: unknown) => rawObjectsIn(item)) : [value]
}

const tiersIn = (text: string): PriorityTiers | undefined => {
  const read = documentsOf([{ file: mapName, text }])
  if (E.isLeft(read) || read.right.length !== 1) return undefined
  const { value } = read.right[0]!
  if (!isObject(value)) return undefined
  const tiers = Object.entries(value) as readonly (readonly [string, unknown])[]
  return tiers.every(([key, names]) => /^-?\d+$/.test(key) && isTexts(names))
    ? new Map(tiers.map(([key, names]) => [Number(key), names as readonly string[]]))
    : undefined
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

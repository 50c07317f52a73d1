/**
 * Finds and decodes the ConfigMap that configures the Cluster Autoscaler's `priority` expander: for
 * each priority, a list of regular expressions that select node groups by name.
 *
 * Source: Cluster Autoscaler documentation, "Priority based expander".
 */
import { isObject, valueAt, type SourceDocument } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { documentsOf } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { kubernetesObjects } from './kubernetes-objects.js'

/** Expressions by priority. */
export type PriorityTiers = ReadonlyMap<number, readonly string[]>

const mapName = 'cluster-autoscaler-priority-expander'

/** The priorities of the ConfigMap; `undefined` when there is none. */
export const priorityTiersIn = (
  documents: readonly SourceDocument[],
): E.Either<Faults, PriorityTiers | undefined> => {
  const found = documents
    .flatMap(kubernetesObjects.objectsIn)
    .find(
      ({ value }) =>
        valueAt(value, ['kind']) === 'ConfigMap' &&
        valueAt(value, ['metadata', 'name']) === mapName,
    )
  if (found === undefined) return E.right(undefined)
  const text = valueAt(found.value, ['data', 'priorities'])
  const tiers = typeof text === 'string' ? tiersIn(text) : undefined
  return tiers !== undefined
    ? E.right(tiers)
    : E.left([
        {
          ...{
            from: found.document.from,
            at: [...found.at, 'data', 'priorities'],
            found: renderValue(text),
          },
          expected: 'whole numbers, each with a list of regular expressions for node groups',
        },
      ])
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

/**
 * Computes a key for each node, by which `groups.ts` groups the nodes. Two nodes have the same key
 * exactly when these are equal:
 * 1. their partitions (nodes in the same domains, such as zones, with equal fixed scores);
 * 2. their replica counts;
 * 3. their scores that depend on the replicas on the node.
 */
import type { LiveCounts } from './live-counts.js'
import type { Partitions } from './partitions.js'

export type GroupKey = number

/** Keys are never freed; a budget bounds how many there are. */
export interface GroupKeys {
  readonly partitions: Partitions
  /** Counts of tallies whose domains have one node each. */
  readonly perNodeCounts: readonly LiveCounts[]
  /** By key: maps a value to the key of the combination. */
  readonly combined: (Map<number | undefined, GroupKey> | undefined)[]
  nextKey: GroupKey
  /** How many more leaves and keys may be allocated. Below 0 the groups must not be used. */
  budget: number
}

/** The key of a node's partition and per-node counts. */
export const keyFromCounts = (keys: GroupKeys, row: number): GroupKey => {
  const { partitions, perNodeCounts } = keys
  let key = partitions.partitionOf[row]!
  for (let i = 0; i < perNodeCounts.length; i++)
    key = combineKey(keys, key, perNodeCounts[i]!.countAt(row))
  return key
}

/**
 * The key of a key and a value, the same each time. A key starts as the number of the partition; a
 * table maps each pair (key so far, next value) to one new key.
 */
export const combineKey = (keys: GroupKeys, key: GroupKey, value: number | undefined): GroupKey => {
  const keyByValue = (keys.combined[key] ??= new Map<number | undefined, GroupKey>())
  const known = keyByValue.get(value)
  if (known !== undefined) return known
  const combined = keys.nextKey++
  keys.budget--
  keyByValue.set(value, combined)
  return combined
}

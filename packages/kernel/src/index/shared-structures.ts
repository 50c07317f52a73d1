/**
 * Caches the index structures that several classes (workloads as the scheduler sees them) share, so
 * that each change in the change log is applied once for all of them:
 *
 * - partitions (nodes in the same domains, such as zones, with equal fixed scores), their memory
 *   layouts (`FlatLayout`) and their sorted node lists (`FreeOrder`);
 * - node records: the capacity and load of each node;
 * - domain counts: the results of each tally (a rule that counts replicas per domain).
 */
import {
  changeOf,
  classRowOf,
  isNodeChange,
  nodeOf,
  phaseOf,
  type Changes,
} from '../cluster/changes.js'
import { phaseMaskOf } from '../cluster/classes.js'
import { columnCount } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import type { Scratch } from '../cluster/scratch.js'
import type { Tally } from '../rule/expr.js'
import { inputVersionOf, isSameInputVersion, type InputVersion } from './input-version.js'
import type { ReadSet } from './read-set.js'
import { masksOfTally } from './rule-reads.js'
import { addToCounts, openLiveCounts, type LiveCounts } from './structures/live-counts.js'
import { catchUpLayout, flatLayoutOf, type FlatLayout } from './structures/flat-layout.js'
import { openFreeOrder, type FreeOrder, type FreeOrderKey } from './structures/free-order.js'
import { catchUpPartitions, type NodeSource } from './structures/moved-nodes.js'
import { catchUpNodeRecords, openNodeRecords, type NodeRecords } from './structures/node-records.js'
import { partitionsKey, partitionsOf, type Partitions } from './structures/partitions.js'

export interface SharedStructures {
  partitions: SharedEntry<Partitions>[]
  readonly orders: WeakMap<Partitions, FreeOrder[]>
  readonly layouts: WeakMap<Partitions, FlatLayout>
  /** Undefined until a class needs them. */
  records: NodeRecords | undefined
  counts: SharedEntry<LiveCounts>[]
  /** By class row; computed from `counts`, and emptied whenever `counts` changes. */
  readonly subscribers: (Subscribers | undefined)[]
  /** The number of the first change that is not applied to records and counts yet. */
  nextChange: number
  /** By what structures follow nodes; without it they are built for these nodes. */
  readonly source: NodeSource | undefined
}

/**
 * Valid for nodes with the same rules (`key`) and masks and columns (`version`). When a mask or
 * column is replaced, the entries that read the old one stay, because a rollback of a trial
 * (changes that may be rolled back) restores the old one.
 */
interface SharedEntry<Value> {
  readonly key: string
  readonly version: InputVersion
  readonly value: Value
}

/** The domain counts that count the replicas of a class in at least one phase. */
interface Subscribers {
  readonly counts: readonly LiveCounts[]
  /** For each of the counts: a bit for each phase in which it counts the class. */
  readonly masks: readonly number[]
}

export const newSharedStructures = ({ count }: Changes, source?: NodeSource): SharedStructures => ({
  partitions: [],
  orders: new WeakMap(),
  layouts: new WeakMap(),
  records: undefined,
  counts: [],
  subscribers: [],
  nextChange: count,
  source,
})

/**
 * Applies all moves of replicas that are not applied yet to records and counts. Partitions do not
 * depend on replicas. A `FreeOrder` catches up when a class needs it.
 */
export const catchUpShared = (shared: SharedStructures, state: State, changes: Changes): void => {
  const { count } = changes
  if (shared.records !== undefined)
    catchUpNodeRecords(shared.records, state, changes, shared.nextChange)
  if (shared.counts.length > 0)
    for (let number = shared.nextChange; number < count; number++) {
      if (isNodeChange(changes, number)) continue
      const { counts, masks } = subscribersOf(shared, state, classRowOf(changes, number))
      for (let i = 0; i < counts.length; i++)
        if (((masks[i]! >> phaseOf(changes, number)) & 1) === 1)
          addToCounts(counts[i]!, nodeOf(changes, number), changeOf(changes, number))
    }
  shared.nextChange = count
}

const subscribersOf = (
  { subscribers, counts }: SharedStructures,
  { classes }: State,
  classRow: number,
): Subscribers => {
  const known = subscribers[classRow]
  if (known !== undefined) return known
  const maskOf = ({ tally }: LiveCounts): number =>
    phaseMaskOf(tally.facts, classes.classes[classRow])
  const counting = counts.map(({ value }) => value).filter((one) => maskOf(one) !== 0)
  const made = { counts: counting, masks: counting.map(maskOf) }
  subscribers[classRow] = made
  return made
}

const findOrBuild = <Value>(
  entries: SharedEntry<Value>[],
  key: string,
  inputVersion: InputVersion,
  build: () => Value,
): Value => {
  const found = entries.find(
    (entry) => entry.key === key && isSameInputVersion(entry.version, inputVersion),
  )
  if (found !== undefined) return found.value
  const value = build()
  entries.push({ key, version: inputVersion, value })
  return value
}

export const sharedPartitions = (
  shared: SharedStructures,
  readSet: ReadSet,
  state: State,
  scratch: Scratch,
): Partitions => {
  const { source } = shared
  const found = (): Partitions =>
    findOrBuild(shared.partitions, partitionsKey(readSet), inputVersionOf(readSet, state), () => ({
      ...partitionsOf(readSet, state, scratch, source?.domains),
      nextNode: source?.nodes.length ?? 0,
    }))
  const partitions = found()
  return followNodes(shared, partitions, readSet, state, scratch) ? partitions : found()
}

/**
 * Applies to partitions what nodes have joined, left or been described anew. False where they have
 * to be computed anew; they are dropped then.
 */
export const followNodes = (
  shared: SharedStructures,
  partitions: Partitions,
  readSet: ReadSet,
  state: State,
  scratch: Scratch,
): boolean => {
  const { source, layouts } = shared
  if (source === undefined || partitions.nextNode === source.nodes.length) return true
  if (!catchUpPartitions(partitions, readSet, source, state, scratch)) {
    shared.partitions = shared.partitions.filter(({ value }) => value !== partitions)
    return false
  }
  const layout = layouts.get(partitions)
  if (layout !== undefined) catchUpLayout(layout, partitions)
  return true
}

/** An order is built anew, and older ones are dropped, once the cluster has more dimensions. */
export const sharedOrder = (
  { orders, nextChange, source }: SharedStructures,
  key: FreeOrderKey,
  partitions: Partitions,
  state: State,
): FreeOrder => {
  const { dimension, sign } = key
  const width = columnCount(state.dimensions.next)
  const ordersOfPartitions = orders.get(partitions) ?? []
  const found = ordersOfPartitions.find(
    ({ order }) => order.dimension === dimension && order.sign === sign && order.width === width,
  )
  if (found !== undefined) return found
  const made = openFreeOrder(partitions, key, state, nextChange, source?.labels)
  const sameWidth = ordersOfPartitions.filter(({ order }) => order.width === width)
  orders.set(partitions, [...sameWidth, made])
  return made
}

export const sharedRecords = (shared: SharedStructures, state: State): NodeRecords =>
  (shared.records ??= openNodeRecords(state, shared.source?.domains.rowsMax))

export const sharedLayout = ({ layouts }: SharedStructures, partitions: Partitions): FlatLayout => {
  const found = layouts.get(partitions)
  if (found !== undefined) return found
  const made = flatLayoutOf(partitions)
  layouts.set(partitions, made)
  return made
}

/**
 * The domain counts of each tally of a class. Tallies with equal content share their counts; these
 * have a histogram when any of these tallies needs its extremes.
 */
export const sharedCounts = (
  shared: SharedStructures,
  { tallies, extremesTallies }: Pick<ReadSet, 'tallies' | 'extremesTallies'>,
  state: State,
): ReadonlyMap<Tally, LiveCounts> => {
  const extremesTexts = new Set(extremesTallies.map((tally) => JSON.stringify(tally)))
  return new Map(
    tallies.map((tally) => {
      const hasExtremes = extremesTexts.has(JSON.stringify(tally))
      const inputVersion = inputVersionOf({ masks: masksOfTally(tally), columns: [] }, state)
      const key = JSON.stringify([tally, hasExtremes])
      const counts = findOrBuild(shared.counts, key, inputVersion, () => {
        shared.subscribers.length = 0
        return openLiveCounts(state, tally, hasExtremes, shared.source?.domains)
      })
      return [tally, counts]
    }),
  )
}

/**
 * Drops the partitions and counts that none of these users has. The layouts and sorted lists of
 * dropped partitions go with them.
 */
export const evictUnused = (
  shared: SharedStructures,
  users: Iterable<{
    readonly partitions: Partitions
    readonly counts: ReadonlyMap<Tally, LiveCounts>
  }>,
): void => {
  const [partitionsInUse, countsInUse] = [new Set<Partitions>(), new Set<LiveCounts>()]
  for (const user of users) {
    partitionsInUse.add(user.partitions)
    for (const counts of user.counts.values()) countsInUse.add(counts)
  }
  shared.partitions = shared.partitions.filter(({ value }) => partitionsInUse.has(value))
  shared.counts = shared.counts.filter(({ value }) => countsInUse.has(value))
  // A class counts by all domains that tell its partitions apart.
  const domainsInUse = new Set(Array.from(countsInUse, ({ domains }) => domains))
  const byKey = shared.source?.domains.byKey ?? []
  for (const [key, [, domains]] of byKey)
    if (!domainsInUse.has(domains)) shared.source?.domains.byKey.delete(key)
  shared.subscribers.length = 0
}

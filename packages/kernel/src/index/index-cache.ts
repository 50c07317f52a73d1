/**
 * Caches the indexes of classes (workloads as the scheduler sees them), with LRU eviction at a
 * memory limit. If an index did not save time, the next index of its class is built later
 * (exponential backoff). The life cycle of an index:
 *
 * 1. Scanned: the class has no index, so all nodes are scanned for each replica.
 * 2. Built: so many replicas are requested that an index saves time, according to the cost model.
 * 3. Caught up: more replicas are requested, and the index applies the change log.
 * 4. Evicted: the memory limit is exceeded, or the index is out of date or has too many groups.
 *    Back to 1.
 *
 * When nodes join, leave or are described anew for the first time, all indexes are evicted. Those
 * that are built afterwards can also apply later changes of nodes. The nodes of an unfinished trial
 * have a cache of their own.
 */
import { listen, reachesBackTo, type Changes } from '../cluster/changes.js'
import { stateOf } from '../cluster/cluster.js'
import type { Integers } from '../cluster/column.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { rankedRows } from '../cluster/roster.js'
import type { ClassSpec } from '../rule/class.js'
import {
  forgetFacts,
  groupCount,
  isCurrent,
  isUsable,
  movesBehind,
  nextChangeOf,
  openClassIndex,
  rowCost,
  type ClassIndex,
} from './class-index.js'
import { defaultCosts, type CostModel } from './cost-model.js'
import { applyNodeChanges, newNodeSource } from './node-changes.js'
import { readSetOf, type ReadSet } from './read-set.js'
import {
  catchUpShared,
  evictUnused,
  newSharedStructures,
  type SharedStructures,
} from './shared-structures.js'
import type { NodeSource } from './structures/moved-nodes.js'

/** The indexes for one list of nodes. */
interface IndexCache {
  /** The list of nodes, compared by identity. */
  ranked: Integers
  readonly shared: SharedStructures
  /** Memory of the classes in rows, without shared structures. */
  rows: number
  /** From the least to the most recently used, once half of the memory is used. */
  readonly entries: Map<ClassSpec, CacheEntry>
  /** Of classes without an index. */
  readonly backoffs: WeakMap<ClassSpec, Backoff>
}

interface CacheEntry {
  readonly index: ClassIndex
  /** How many replicas it was asked for. */
  replicas: number
}

interface Backoff {
  /** How many replicas were asked for since the class has no index. */
  readonly replicas: number
  /** So many replicas count as one for the cost model: 1, 2, 4, … */
  readonly factor: number
}

const noBackoff: Backoff = { replicas: 0, factor: 1 }

/** An index that pays again is missed for 256 times the usual number of replicas at most. */
const backoffFactorMax = 256

/** How many decisions an index must serve to repay the cost of building it. */
const replicasMin = 4

/**
 * A module-level cache, keyed by the identity of the change log: it follows the log from draft to
 * cluster to draft and is collected with it. At most two caches per log, the most recently used
 * first: one for the nodes as they are, one for the nodes before a trial that added or removed
 * some.
 */
const cachesOf = new WeakMap<Changes, readonly IndexCache[]>()

/**
 * The index of a class that will be asked for so many more replicas, or undefined when a scan is
 * cheaper. The caller must call `catchUp` before each decision.
 */
export const indexFor = (
  draft: Draft,
  classSpec: ClassSpec,
  replicas: number,
  costs: CostModel,
): ClassIndex | undefined => {
  const cache = currentCache(draft, costs)
  const entry = cache.entries.get(classSpec)
  if (entry === undefined) return buildIfPays(draft, cache, classSpec, replicas, costs)
  if (hasTrialRemovals(entry.index.readSet, draft)) return undefined
  const isRepairable = canCatchUp(entry.index, draft, costs)
  if (isRepairable && isWorthKeeping(entry.index, costs)) {
    entry.replicas += replicas
    return touch(cache, classSpec, entry, costs)
  }
  evictEntry(cache, classSpec, entry)
  if (isRepairable) backOff(cache, classSpec)
  return buildIfPays(draft, cache, classSpec, replicas, costs)
}

const currentCache = (draft: Draft, costs: CostModel): IndexCache => {
  const [changes, ranked] = [changesOf(draft), rankedRows(stateOf(draft).roster)]
  const caches = cachesOf.get(changes) ?? []
  const [first] = caches
  if (first !== undefined && isValidFor(first, changes, ranked)) return first
  const valid = caches.find((other) => isValidFor(other, changes, ranked))
  const behind = valid ?? cacheBehind(caches, changes)
  const cache = valid ?? followingCache(draft, behind, ranked, costs)
  cachesOf.set(changes, [cache, ...caches.filter((other) => other !== behind).slice(0, 1)])
  return cache
}

/** A cache for which the log tells all changes of nodes. Those of an open trial may not stay. */
const cacheBehind = (caches: readonly IndexCache[], changes: Changes): IndexCache | undefined =>
  changes.trialNodes > 0
    ? undefined
    : caches.find(({ shared }) => reachesBackTo(changes, shared.nextChange))

/** The cache once it has followed the nodes to this list, or an empty one that can. */
const followingCache = (
  draft: Draft,
  behind: IndexCache | undefined,
  ranked: Integers,
  costs: CostModel,
): IndexCache => {
  const [changes, state] = [changesOf(draft), stateOf(draft)]
  if (behind === undefined) return newCache(changes, ranked)
  const { entries, shared, backoffs } = behind
  if (entries.size === 0)
    return { ...newCache(changes, ranked, shared.source && newNodeSource(state)), backoffs }
  if (applyNodeChanges(shared, state, changes, costs.paysToFollow)) {
    behind.ranked = ranked
    return behind
  }
  for (const [classSpec, entry] of entries) noteEviction(behind, classSpec, entry)
  return { ...newCache(changes, ranked, newNodeSource(state)), backoffs }
}

const isValidFor = (cache: IndexCache, changes: Changes, ranked: Integers): boolean =>
  cache.ranked === ranked && reachesBackTo(changes, cache.shared.nextChange)

const newCache = (changes: Changes, ranked: Integers, source?: NodeSource): IndexCache => ({
  ranked,
  shared: newSharedStructures(changes, source),
  rows: 0,
  entries: new Map(),
  backoffs: new WeakMap(),
})

/** Whether the draft is in a trial in which a tally of the class counts removals differently. */
const hasTrialRemovals = ({ hasRemovals }: ReadSet, draft: Draft): boolean =>
  hasRemovals && stateOf(draft).moves !== undefined

const canCatchUp = (index: ClassIndex, draft: Draft, costs: CostModel): boolean => {
  const changes = changesOf(draft)
  const nextChange = nextChangeOf(index)
  return (
    isCurrent(index, draft) &&
    reachesBackTo(changes, nextChange) &&
    costs.paysToCatchUp(
      index.partitions.partitionOf.length,
      changes.count - nextChange + movesBehind(index),
    )
  )
}

const isWorthKeeping = (index: ClassIndex, costs: CostModel): boolean =>
  isUsable(index) && costs.paysToKeep(index.partitions.partitionOf.length, groupCount(index))

const buildIfPays = (
  draft: Draft,
  cache: IndexCache,
  classSpec: ClassSpec,
  replicas: number,
  costs: CostModel,
): ClassIndex | undefined => {
  const { ranked, shared, backoffs } = cache
  const before = backoffs.get(classSpec) ?? noBackoff
  const { factor } = before
  const total = before.replicas + replicas
  backoffs.set(classSpec, { replicas: total, factor })
  if (!costs.paysToBuild(Math.floor(total / factor), ranked.length)) return undefined
  const readSet = readSetOf(classSpec, stateOf(draft))
  if (readSet !== undefined && hasTrialRemovals(readSet, draft)) return undefined
  listen(changesOf(draft))
  const index =
    readSet === undefined ? undefined : openClassIndex(draft, classSpec, readSet, shared)
  if (index !== undefined && isWorthKeeping(index, costs))
    return addEntry(cache, classSpec, { index, replicas }, costs)
  backOff(cache, classSpec)
  return undefined
}

/**
 * Doubles the number of replicas after which the class gets an index again. This happens after an
 * index had too many groups, or was evicted before it had served `replicasMin` replicas.
 */
const backOff = ({ backoffs }: IndexCache, classSpec: ClassSpec): void => {
  const { factor } = backoffs.get(classSpec) ?? noBackoff
  backoffs.set(classSpec, { replicas: 0, factor: Math.min(2 * factor, backoffFactorMax) })
}

/** Adds an entry, and evicts the least recently used others above the memory limit. */
const addEntry = (
  cache: IndexCache,
  classSpec: ClassSpec,
  entry: CacheEntry,
  costs: CostModel,
): ClassIndex => {
  const { entries } = cache
  entries.set(classSpec, entry)
  cache.rows += rowCost(entry.index)
  for (const [oldest, other] of entries) {
    if (rowsInCache(cache) + rowsOfCounts(cache) <= costs.rowsMax || other === entry) break
    evictEntry(cache, oldest, other)
    evictUnused(cache.shared, indexesOf(entries))
  }
  return entry.index
}

/** Partitions with a free order take as much memory as 4 tournaments, and so do node records. */
const rowsInCache = ({ rows, ranked, shared: { partitions, records } }: IndexCache): number =>
  rows + 4 * ranked.length * (partitions.length + Number(records !== undefined))

/** The count of a domain takes a quarter of a row. */
const rowsOfCounts = ({ shared }: IndexCache): number =>
  shared.counts.reduce((rows, { value }) => rows + value.domains.count / 4, 0)

const indexesOf = (entries: IndexCache['entries']): readonly ClassIndex[] =>
  Array.from(entries.values(), ({ index }) => index)

/** Removes an entry. Unused shared structures are evicted only when many may have piled up. */
const evictEntry = (cache: IndexCache, classSpec: ClassSpec, entry: CacheEntry): void => {
  const { entries, shared } = cache
  noteEviction(cache, classSpec, entry)
  entries.delete(classSpec)
  cache.rows -= rowCost(entry.index)
  if (shared.partitions.length + shared.counts.length > 4 * entries.size + 16)
    evictUnused(shared, indexesOf(entries))
}

const noteEviction = (cache: IndexCache, classSpec: ClassSpec, { replicas }: CacheEntry): void => {
  if (replicas < replicasMin) backOff(cache, classSpec)
  else cache.backoffs.set(classSpec, noBackoff)
}

/** Marks an entry as most recently used; skipped while less than half of the memory is used. */
const touch = (
  cache: IndexCache,
  classSpec: ClassSpec,
  entry: CacheEntry,
  costs: CostModel,
): ClassIndex => {
  const { entries } = cache
  if (2 * rowsInCache(cache) < costs.rowsMax) return entry.index
  entries.delete(classSpec)
  entries.set(classSpec, entry)
  return entry.index
}

/**
 * Before the classes in these rows are forgotten: all changes are applied to what counts replicas
 * by the facts of their classes, and the indexes of these classes go. A cache for the nodes before
 * a trial, which cannot apply them now, goes too.
 */
export const forgetClasses = (draft: Draft, classRows: ReadonlySet<number>): void => {
  const [changes, state] = [changesOf(draft), stateOf(draft)]
  const ranked = rankedRows(state.roster)
  if (cachesOf.has(changes)) currentCache(draft, defaultCosts)
  const caches = cachesOf.get(changes) ?? []
  const current = caches.filter((cache) => isValidFor(cache, changes, ranked))
  cachesOf.set(changes, current)
  for (const cache of current) {
    catchUpShared(cache.shared, state, changes)
    for (const row of classRows) dropEntry(cache, state.classes.classes[row]!)
    evictUnused(cache.shared, indexesOf(cache.entries))
    for (const { index } of cache.entries.values()) forgetFacts(index, changes)
  }
}

const dropEntry = (cache: IndexCache, classSpec: ClassSpec): void => {
  const entry = cache.entries.get(classSpec)
  if (entry === undefined) return
  cache.entries.delete(classSpec)
  cache.rows -= rowCost(entry.index)
}

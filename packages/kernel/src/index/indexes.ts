/**
 * Which classes have an index: derived, built where it pays, dropped at will, and bounded in
 * memory. They move with the changes of the draft, and so from cluster to cluster.
 */
import { listen, reachesBackTo, type Changes } from '../cluster/changes.js'
import { stateOf } from '../cluster/cluster.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { rankedRows } from '../cluster/roster.js'
import type { Integers } from '../cluster/column.js'
import type { ClassSpec } from '../rule/class.js'
import {
  groupsIn,
  isUsable,
  openIndex,
  rowsIn,
  seenBy,
  stands,
  type ClassIndex,
} from './class-index.js'
import { readsOf, type Reads } from './reads.js'
import { keepOnly, newShared, type Shared } from './shared.js'

/** When an index is worth what it costs. The answer is the same, whatever pays. */
export interface Paying {
  /** For so many replicas, decided one after the other, on so many nodes. */
  readonly opened: (replicas: number, nodes: number) => boolean
  /** When so many nodes are of so many kinds. */
  readonly kept: (nodes: number, kinds: number) => boolean
  /** When so many changes are to be caught up with. */
  readonly caughtUp: (nodes: number, changes: number) => boolean
  /** Rows of all indexes together that are kept; one takes some 32 bytes. */
  readonly rowsMax: number
}

const rowsMax = 4_194_304

/**
 * Sorting the nodes is held to cost hardly more than looking at all of them once, and no less than
 * looking at two thousand: of many nodes it pays as soon as a class is asked for again, and of few
 * once it was asked for some times. Catching up with twice as many changes as there are nodes is
 * held to cost no more than that, as many of them come to the same nodes.
 */
export const wherePays: Paying = {
  opened: (replicas, nodes) => replicas >= 2 && nodes >= 64 && replicas * nodes >= 2_000,
  kept: (nodes, kinds) => kinds * 4 <= nodes,
  caughtUp: (nodes, changes) => changes <= 2 * nodes + 256,
  rowsMax,
}

export const always: Paying = {
  opened: () => true,
  kept: () => true,
  caughtUp: () => true,
  rowsMax,
}

/** Those of classes on nodes as they are. */
interface Indexes {
  readonly ranked: Integers
  readonly shared: Shared
  /** Of all classes together, beside what they share. */
  rows: number
  /** The one that was asked for last comes last, where it matters. */
  readonly of: Map<ClassSpec, Kept>
  /** Of classes that have none. */
  readonly waiting: WeakMap<ClassSpec, Waiting>
}

interface Kept {
  readonly index: ClassIndex
  /** For how many replicas it was asked. */
  asked: number
}

/**
 * How many replicas were decided since the class has no index, and how many of them are held to be
 * one.
 */
interface Waiting {
  readonly replicas: number
  readonly worth: number
}

const noWaiting: Waiting = { replicas: 0, worth: 1 }

/**
 * Of the nodes as they are, and as they were before a trial; the ones that were asked for last come
 * first.
 */
const known = new WeakMap<Changes, readonly Indexes[]>()

const indexesOf = (changes: Changes, ranked: Integers): Indexes => {
  const before = known.get(changes) ?? []
  const [first] = before
  if (first?.ranked === ranked && reachesBackTo(changes, first.shared.seen)) return first
  const made =
    before.find((one) => one.ranked === ranked && reachesBackTo(changes, one.shared.seen)) ??
    newIndexes(changes, ranked)
  known.set(changes, [made, ...before.slice(0, 1)])
  return made
}

const newIndexes = (changes: Changes, ranked: Integers): Indexes => ({
  ranked,
  shared: newShared(changes),
  rows: 0,
  of: new Map(),
  waiting: new WeakMap(),
})

/**
 * The index of the class, to decide about so many more replicas once it has caught up; nothing
 * where it would not pay.
 */
export const indexFor = (
  draft: Draft,
  classSpec: ClassSpec,
  replicas: number,
  paying: Paying,
): ClassIndex | undefined => {
  const indexes = indexesOf(changesOf(draft), rankedRows(stateOf(draft).roster))
  const before = indexes.of.get(classSpec)
  if (before === undefined) return opened(draft, indexes, classSpec, replicas, paying)
  if (isTried(before.index.reads, draft)) return undefined
  const isToCatchUp = isWorthIt(before.index, draft, paying)
  if (isToCatchUp && isKept(before.index, paying)) {
    before.asked += replicas
    return used(indexes, classSpec, before, paying)
  }
  dropped(indexes, classSpec, before)
  if (isToCatchUp) waitLonger(indexes, classSpec)
  return opened(draft, indexes, classSpec, replicas, paying)
}

/** In a trial that would not be counted rightly. */
const isTried = ({ removes }: Reads, draft: Draft): boolean =>
  removes && stateOf(draft).moves !== undefined

const isWorthIt = (index: ClassIndex, draft: Draft, paying: Paying): boolean => {
  const changes = changesOf(draft)
  const seen = seenBy(index)
  return (
    stands(index, stateOf(draft)) &&
    reachesBackTo(changes, seen) &&
    paying.caughtUp(index.kinds.of.length, changes.count - seen)
  )
}

const isKept = (index: ClassIndex, paying: Paying): boolean =>
  isUsable(index) && paying.kept(index.kinds.of.length, groupsIn(index))

const opened = (
  draft: Draft,
  indexes: Indexes,
  classSpec: ClassSpec,
  replicas: number,
  paying: Paying,
): ClassIndex | undefined => {
  const { ranked, shared, waiting } = indexes
  const before = waiting.get(classSpec) ?? noWaiting
  const { worth } = before
  const all = before.replicas + replicas
  waiting.set(classSpec, { replicas: all, worth })
  if (!paying.opened(Math.floor(all / worth), ranked.length)) return undefined
  const reads = readsOf(classSpec, stateOf(draft))
  if (reads !== undefined && isTried(reads, draft)) return undefined
  listen(changesOf(draft))
  const index = reads === undefined ? undefined : openIndex(draft, classSpec, reads, shared)
  if (index !== undefined && isKept(index, paying))
    return kept(indexes, classSpec, { index, asked: replicas }, paying)
  waitLonger(indexes, classSpec)
  return undefined
}

/**
 * Of no use, or gone before it had made up for what it cost: the class waits twice as long for the
 * next.
 */
const waitLonger = ({ waiting }: Indexes, classSpec: ClassSpec): void => {
  const { worth } = waiting.get(classSpec) ?? noWaiting
  waiting.set(classSpec, { replicas: 0, worth: Math.min(2 * worth, worthMax) })
}

/** Nobody waits so long that an index which pays again is missed for long. */
const worthMax = 256

const kept = (indexes: Indexes, classSpec: ClassSpec, made: Kept, paying: Paying): ClassIndex => {
  const { of } = indexes
  of.set(classSpec, made)
  indexes.rows += rowsIn(made.index)
  for (const [first, one] of of) {
    if (rowsOf(indexes) + rowsOfSums(indexes) <= paying.rowsMax || one === made) break
    dropped(indexes, first, one)
    keepOnly(indexes.shared, indexesIn(of))
  }
  return made.index
}

/**
 * Kinds of nodes, with the order in which they may stand, take as much as four tournaments; and so
 * do holdings of nodes.
 */
const rowsOf = ({ rows, ranked, shared: { kinds, holdings } }: Indexes): number =>
  rows + 4 * ranked.length * (kinds.length + Number(holdings !== undefined))

/** A count takes a fourth of what a row of a tournament does. */
const rowsOfSums = ({ shared }: Indexes): number =>
  shared.sums.reduce((rows, { value }) => rows + value.domains.count / 4, 0)

const indexesIn = (of: Indexes['of']): readonly ClassIndex[] =>
  Array.from(of.values(), ({ index }) => index)

/** As many decisions as it takes to make up for what it costs to sort the nodes. */
const askedMin = 4

/** What it had in common with others goes now and then, when much may be left over. */
const dropped = (indexes: Indexes, classSpec: ClassSpec, { index, asked }: Kept): void => {
  const { of, shared, waiting } = indexes
  if (asked < askedMin) waitLonger(indexes, classSpec)
  else waiting.set(classSpec, noWaiting)
  of.delete(classSpec)
  indexes.rows -= rowsIn(index)
  if (shared.kinds.length + shared.sums.length > 4 * of.size + 16) keepOnly(shared, indexesIn(of))
}

const used = (indexes: Indexes, classSpec: ClassSpec, one: Kept, paying: Paying): ClassIndex => {
  const { of } = indexes
  if (2 * rowsOf(indexes) < paying.rowsMax) return one.index
  of.delete(classSpec)
  of.set(classSpec, one)
  return one.index
}

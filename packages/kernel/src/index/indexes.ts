/**
 * Which classes have an index: derived, built where it pays, dropped at will, and bounded in memory. They move with the changes of
 * the draft, and so from cluster to cluster.
 */
import { listen, reachesBackTo, type Changes } from '../cluster/changes.js'
import { partsOf } from '../cluster/cluster.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { rankedRows } from '../cluster/roster.js'
import type { Integers } from '../cluster/column.js'
import type { Class } from '../rule/class.js'
import { groupsIn, isUsable, openIndex, stands, type ClassIndex } from './class-index.js'
import { readsOf, type Reads } from './reads.js'

/** When an index is worth what it costs. The answer is the same, whatever pays. */
export interface Paying {
  /** For so many replicas, decided one after the other, on so many nodes. */
  readonly opened: (replicas: number, nodes: number) => boolean
  /** When so many nodes are of so many kinds. */
  readonly kept: (nodes: number, kinds: number) => boolean
  /** When so many changes are to be caught up with. */
  readonly caughtUp: (nodes: number, changes: number) => boolean
}

/**
 * Sorting the nodes is held to cost as much as looking at all of them three times, and catching up with a change as much as looking at
 * four nodes.
 */
export const wherePays: Paying = {
  opened: (replicas, nodes) => replicas >= 4 && nodes >= 64,
  kept: (nodes, kinds) => kinds * 4 <= nodes,
  caughtUp: (nodes, changes) => changes * 4 <= nodes + 256,
}

export const always: Paying = { opened: () => true, kept: () => true, caughtUp: () => true }

/** Rows of all indexes together; one takes some 32 bytes. */
const rowsMost = 4_194_304

interface Indexes {
  /** The one that was asked for last comes last, where it matters. */
  readonly of: Map<Class, ClassIndex>
  /** How many replicas were decided without one. */
  readonly waiting: WeakMap<Class, number>
  /** Classes that look at too much, and the nodes of which that is true. */
  readonly barred: WeakMap<Class, Integers>
}

const known = new WeakMap<Changes, Indexes>()

const indexesOf = (changes: Changes): Indexes => {
  const before = known.get(changes)
  if (before !== undefined) return before
  const made: Indexes = { of: new Map(), waiting: new WeakMap(), barred: new WeakMap() }
  known.set(changes, made)
  return made
}

/** The index of the class, to decide about so many more replicas once it has caught up; nothing where it would not pay. */
export const indexFor = (
  draft: Draft,
  described: Class,
  replicas: number,
  paying: Paying,
): ClassIndex | undefined => {
  const indexes = indexesOf(changesOf(draft))
  const index = indexes.of.get(described)
  if (index === undefined) return opened(draft, indexes, described, replicas, paying)
  if (isTried(index.reads, draft)) return undefined
  if (isWorthIt(index, draft, paying)) {
    if (isKept(index, paying)) return used(indexes, described, index)
    indexes.barred.set(described, rankedRows(partsOf(draft).roster))
  }
  indexes.of.delete(described)
  return opened(draft, indexes, described, replicas, paying)
}

/** In a trial that would not be counted rightly. */
const isTried = ({ removes }: Reads, draft: Draft): boolean =>
  removes && partsOf(draft).tried !== undefined

const isWorthIt = (index: ClassIndex, draft: Draft, paying: Paying): boolean => {
  const changes = changesOf(draft)
  return (
    stands(index, partsOf(draft)) &&
    reachesBackTo(changes, index.seen) &&
    paying.caughtUp(index.kinds.length, changes.count - index.seen)
  )
}

const isKept = (index: ClassIndex, paying: Paying): boolean =>
  isUsable(index) && paying.kept(index.kinds.length, groupsIn(index))

const opened = (
  draft: Draft,
  { of, waiting, barred }: Indexes,
  described: Class,
  replicas: number,
  paying: Paying,
): ClassIndex | undefined => {
  const ranked = rankedRows(partsOf(draft).roster)
  if (barred.get(described) === ranked) return undefined
  const all = (waiting.get(described) ?? 0) + replicas
  waiting.set(described, all)
  if (!paying.opened(all, ranked.length)) return undefined
  const reads = readsOf(described, partsOf(draft))
  if (reads !== undefined && isTried(reads, draft)) return undefined
  waiting.delete(described)
  listen(changesOf(draft))
  const index = reads === undefined ? undefined : openIndex(draft, described, reads)
  if (index !== undefined && isKept(index, paying)) return kept(of, described, index)
  barred.set(described, ranked)
  return undefined
}

const kept = (of: Indexes['of'], described: Class, index: ClassIndex): ClassIndex => {
  for (const first of of.keys()) {
    if ((of.size + 1) * index.kinds.length <= rowsMost) break
    of.delete(first)
  }
  of.set(described, index)
  return index
}

const used = ({ of }: Indexes, described: Class, index: ClassIndex): ClassIndex => {
  if (2 * of.size * index.kinds.length < rowsMost) return index
  of.delete(described)
  of.set(described, index)
  return index
}

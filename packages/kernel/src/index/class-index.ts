/**
 * Placing replicas of a class without looking at every node. Nodes that are alike in all that the class looks at, but for how good
 * they are, stand together, and the best of them stands for all: what is judged and scored are these few, by the same functions
 * that judge and score every node by the book.
 */
import { partsOf } from '../cluster/cluster.js'
import type { Integers } from '../cluster/column.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import { viewOf, type Indexed, type Parts } from '../cluster/parts.js'
import { ranksOf } from '../cluster/roster.js'
import { clearScratch, lendPositions, lendRows, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import type { Class } from '../rule/class.js'
import { bestOf, hash } from '../score/best.js'
import { scoreAll } from '../score/score.js'
import { groundOf, isSameGround, type Ground } from './ground.js'
import { catchUpGroups, firstOfGroups, groupAt, openGroups, type Groups } from './groups.js'
import type { Kinds } from './kinds.js'
import { firstWithRoom, type Demand } from './line.js'
import { catchUpOrder, type Order } from './order.js'
import type { Reads } from './reads.js'
import { hear, sharedKinds, sharedOrder, sharedSums, type Shared } from './shared.js'
import { isSame, type Sum } from './sum.js'
import { nthOfEquals } from './equals.js'

export interface ClassIndex {
  readonly described: Class
  readonly reads: Reads
  readonly ground: Ground
  readonly shared: Shared
  readonly kinds: Kinds
  readonly sums: readonly Sum[]
  readonly standing: Grouped | Ordered
  /** What is lent to a decision. */
  readonly indexed: Indexed
}

/** The nodes that take a replica of this class, by what they are to it. */
interface Grouped {
  readonly _tag: 'Grouped'
  readonly groups: Groups
}

/** All nodes, by what they have left, for every class that asks for the same order. */
interface Ordered {
  readonly _tag: 'Ordered'
  readonly order: Order
  readonly demand: Demand
}

/** Whether it still speaks of the nodes as they are, but for what stands on them. */
export const stands = ({ reads, ground }: ClassIndex, parts: Parts): boolean =>
  isSameGround(ground, groundOf(reads, parts))

/** `reads` is what the class reads. */
export const openIndex = (
  draft: Draft,
  described: Class,
  reads: Reads,
  shared: Shared,
): ClassIndex => {
  const [parts, scratch] = [partsOf(draft), scratchOf(draft)]
  hear(shared, parts, changesOf(draft))
  const kinds = sharedKinds(shared, reads, parts, scratch)
  const sums = sharedSums(shared, reads, parts)
  const lone = sums.filter(({ domains }) => domains.isLone)
  const standing: Grouped | Ordered =
    reads.ordering === undefined || lone.length > 0
      ? { _tag: 'Grouped', groups: openGroups({ described, reads, kinds, lone }, draft) }
      : {
          _tag: 'Ordered',
          order: sharedOrder(shared, reads.ordering, kinds, parts),
          demand: demandOf(reads),
        }
  const ground = groundOf(reads, parts)
  const indexed = indexedBy(reads, kinds, sums, standing)
  return { described, reads, ground, shared, kinds, sums, standing, indexed }
}

/** All that has to fit, dimension by dimension. */
const demandOf = ({ own }: Reads): Demand => {
  const most = new Map<number, number>()
  for (const filter of own)
    if (filter._tag === 'Fit')
      for (const { dimension, amount } of filter.parts)
        if (amount > (most.get(dimension) ?? 0)) most.set(dimension, amount)
  return [...most]
}

const indexedBy = (
  reads: Reads,
  kinds: Kinds,
  sums: readonly Sum[],
  standing: Grouped | Ordered,
): Indexed => {
  const scores = new Map(reads.common.map((raw, i) => [raw, kinds.scores[i]!]))
  const sumOf = (tally: Sum['tally']): Sum | undefined =>
    sums.find((sum) => isSame(sum.tally, tally))
  return {
    censusOf: sumOf,
    scoreOf: (raw) => {
      const byKind = scores.get(raw)
      return byKind === undefined ? undefined : (row) => byKind[kinds.of[row]!]!
    },
    isLone: (tally) => sumOf(tally)?.domains.isLone === true,
    likeOf: (row) => (standing._tag === 'Ordered' ? 1 : groupAt(standing.groups, row).tree.count),
  }
}

/** How many groups of nodes there are to look at. */
export const groupsIn = ({ standing, kinds }: ClassIndex): number =>
  standing._tag === 'Ordered' ? kinds.members.length : standing.groups.taken

/** How many rows it keeps of its own. */
export const rowsIn = ({ standing, kinds }: ClassIndex): number =>
  standing._tag === 'Ordered' ? 0 : kinds.of.length

/** The first change that it has not seen; an order sees any number of them. */
export const seenBy = ({ standing, shared }: ClassIndex): number =>
  standing._tag === 'Ordered' ? shared.seen : standing.groups.seen

export const isUsable = ({ standing }: ClassIndex): boolean =>
  standing._tag === 'Ordered' || standing.groups.room >= 0

/** Sees what has changed. False: the index is of no use any more. */
export const catchUp = (index: ClassIndex, draft: Draft): boolean => {
  const [parts, changes] = [partsOf(draft), changesOf(draft)]
  hear(index.shared, parts, changes)
  if (index.standing._tag === 'Ordered') catchUpOrder(index.standing.order, parts, changes)
  else catchUpGroups(index.standing.groups, parts, changes, scratchOf(draft))
  return isUsable(index)
}

/** The row of the node for the next replica, which will have this id, or nothing. The index must have caught up. */
export const decideIn = (index: ClassIndex, draft: Draft, replica: number): number | undefined => {
  const { described, reads, indexed } = index
  const { tie } = described.choice
  const [parts, scratch] = [partsOf(draft), scratchOf(draft)]
  const candidates = standIns(index, parts, scratch)
  const isOne = (): boolean => candidates.count === 1 && tie === 'rank'
  if (candidates.count === 0) return undefined
  if (reads.shared.length === 0 && isOne()) return candidates.rows[0]!
  const view = viewOf(parts, indexed)
  for (const filter of reads.shared) narrow(filter, view, candidates)
  if (candidates.count === 0) return undefined
  if (isOne()) return candidates.rows[0]!
  clearScratch(scratch)
  const { deciding } = scoreAll(described.choice, { parts: view, candidates, scratch })
  const { positions, count } = bestOf(
    deciding,
    candidates.count,
    lendPositions(scratch, candidates.count),
  )
  if (tie === 'rank' || index.standing._tag === 'Ordered') return candidates.rows[positions[0]!]!
  const { groups } = index.standing
  const best = Array.from(positions.subarray(0, count), (position) =>
    groupAt(groups, candidates.rows[position]!),
  )
  return nthOfEquals(best, index.kinds, parts, hash(tie.seeded, replica))
}

/** Those that stand for others, in the order of rank. */
const standIns = ({ standing, kinds }: ClassIndex, parts: Parts, scratch: Scratch): Candidates => {
  const candidates =
    standing._tag === 'Ordered'
      ? firstOfKinds(standing, kinds, scratch)
      : firstOfGroups(standing.groups, scratch)
  inRank(candidates, ranksOf(parts.roster))
  return candidates
}

const firstOfKinds = (
  { order, demand }: Ordered,
  { members }: Kinds,
  scratch: Scratch,
): Candidates => {
  const rows = lendRows(scratch, members.length)
  let count = 0
  for (let kind = 0; kind < members.length; kind++) {
    const row = firstWithRoom(order.lines[kind]!, demand)
    if (row !== undefined) rows[count++] = row
  }
  return { rows, count }
}

/** Few are sorted by hand: that is done before a comparison by a function of one's own has begun. */
const inRank = ({ rows, count }: Candidates, ranks: Integers): void => {
  if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)
  else
    for (let i = 1; i < count; i++) {
      const row = rows[i]!
      let at = i
      for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!
      rows[at] = row
    }
}

/**
 * What is kept so that replicas of a class are placed without looking at every node. Nodes that are alike in all that the class looks at,
 * but for how good they are, stand together, and the best of them stands for all. What came to a node, or went, puts it elsewhere, and
 * changes the counts of the domains that it is in; this is caught up with when the class is asked for again.
 */
import { partsOf } from '../cluster/cluster.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import type { Indexed, Parts } from '../cluster/parts.js'
import type { Class } from '../rule/class.js'
import type { Choice } from '../rule/score.js'
import { groundOf, isSameGround, type Ground } from './ground.js'
import { catchUpGroups, groupAt, openGroups, type Groups } from './groups.js'
import type { Kinds } from './kinds.js'
import type { Demand } from './line.js'
import { catchUpOrder, type Order } from './order.js'
import type { Reads } from './reads.js'
import { hear, sharedKinds, sharedOrder, sharedSums, type Shared } from './shared.js'
import { isSame, type Sum } from './sum.js'

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
export interface Grouped {
  readonly _tag: 'Grouped'
  readonly groups: Groups
}

/** All nodes, by what they have left, for every class that asks for the same order. */
export interface Ordered {
  readonly _tag: 'Ordered'
  readonly order: Order
  readonly demand: Demand
  /** What nodes of a kind have in common, which decides before what they have left. */
  readonly before: Choice
  readonly after: Choice
}

/** Whether it still speaks of the nodes as they are, but for what stands on them. */
export const stands = ({ reads, ground }: ClassIndex, parts: Parts): boolean =>
  ground.length === 0 || isSameGround(ground, groundOf(reads, parts))

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
      ? { _tag: 'Grouped', groups: openGroups({ reads, kinds, lone }, draft) }
      : {
          _tag: 'Ordered',
          order: sharedOrder(shared, reads.ordering, kinds, parts),
          demand: demandOf(reads),
          ...aroundLoad(described.choice),
        }
  const ground = groundOf(reads, parts)
  const indexed = indexedBy(reads, kinds, sums, standing)
  return { described, reads, ground, shared, kinds, sums, standing, indexed }
}

const aroundLoad = (choice: Choice): Pick<Ordered, 'before' | 'after'> => {
  const keys = choice._tag === 'Chain' ? choice.keys : []
  const at = keys.findIndex(({ raw }) => raw._tag === 'Load')
  return {
    before: { _tag: 'Chain', keys: keys.slice(0, at), tie: 'rank' },
    after: { _tag: 'Chain', keys: keys.slice(at), tie: 'rank' },
  }
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

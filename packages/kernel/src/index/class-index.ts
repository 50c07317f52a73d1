/**
 * What is kept so that replicas of a class are placed without looking at every node. Nodes that are
 * alike in all that the class looks at, but for how good they are, stand together, and the best of
 * them stands for all. What came to a node, or went, puts it elsewhere, and changes the counts of
 * the domains that it is in; this is caught up with when the class is asked for again.
 */
import { stateOf } from '../cluster/cluster.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import type { IndexAnswers, State } from '../cluster/state.js'
import type { ClassSpec } from '../rule/class.js'
import type { Choice } from '../rule/score.js'
import type { Tally } from '../rule/expr.js'
import { askedOf, curvesOf } from './asked.js'
import { catchUpForest, likeIn, openForest, type Forest } from './forest.js'
import { groundOf, isSameGround, type Ground } from './ground.js'
import { catchUpGroups, groupAt, openGroups, type Groups } from './groups.js'
import type { Kinds } from './kinds.js'
import type { Demand } from './line.js'
import { catchUpOrder, type Order } from './order.js'
import { demandOf, type Reads } from './reads.js'
import {
  hear,
  sharedHoldings,
  sharedKinds,
  sharedLayout,
  sharedOrder,
  sharedSums,
  type Shared,
} from './shared.js'
import type { Sum } from './sum.js'

export interface ClassIndex {
  readonly classSpec: ClassSpec
  readonly reads: Reads
  readonly ground: Ground
  readonly shared: Shared
  readonly kinds: Kinds
  /** By the tallies of the class. */
  readonly sums: ReadonlyMap<Tally, Sum>
  readonly standing: Standing
  /** What is lent to a decision. */
  readonly indexed: IndexAnswers
}

export type Standing = Grouped | Looped | Ordered

/** The nodes that take a replica of this class, by what they are to it. */
export interface Grouped {
  readonly _tag: 'Grouped'
  readonly groups: Groups
}

/** The same, where a loop looks at them. */
export interface Looped {
  readonly _tag: 'Looped'
  readonly forest: Forest
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
export const stands = ({ reads, ground }: ClassIndex, parts: State): boolean =>
  ground.length === 0 || isSameGround(ground, groundOf(reads, parts))

/** `reads` is what the class reads. */
export const openIndex = (
  draft: Draft,
  classSpec: ClassSpec,
  reads: Reads,
  shared: Shared,
): ClassIndex => {
  const [parts, scratch] = [stateOf(draft), scratchOf(draft)]
  hear(shared, parts, changesOf(draft))
  const kinds = sharedKinds(shared, reads, parts, scratch)
  const sums = sharedSums(shared, reads, parts)
  const standing = standingOf({ classSpec, reads, shared, kinds, sums }, draft)
  const ground = groundOf(reads, parts)
  const indexed = indexedBy(reads, kinds, sums, standing)
  return { classSpec, reads, ground, shared, kinds, sums, standing, indexed }
}

type Making = Pick<ClassIndex, 'classSpec' | 'reads' | 'shared' | 'kinds' | 'sums'>

const standingOf = (making: Making, draft: Draft): Standing => {
  const { classSpec, reads, shared, kinds, sums } = making
  const lone = [...new Set(sums.values())].filter(({ domains }) => domains.isLone)
  if (reads.ordering !== undefined && lone.length === 0)
    return {
      _tag: 'Ordered',
      order: sharedOrder(shared, reads.ordering, kinds, stateOf(draft)),
      demand: demandOf(reads),
      ...aroundLoad(classSpec.choice),
    }
  const forest = lone.length === 0 ? forestOf(making, draft) : undefined
  return forest === undefined
    ? { _tag: 'Grouped', groups: openGroups({ reads, kinds, lone }, draft) }
    : { _tag: 'Looped', forest }
}

const forestOf = ({ reads, shared, kinds }: Making, draft: Draft): Forest | undefined => {
  const curves = curvesOf(reads)
  if (curves === undefined) return undefined
  const holdings = sharedHoldings(shared, stateOf(draft))
  const asked = askedOf(curves, demandOf(reads), holdings)
  if (asked === undefined) return undefined
  return openForest(holdings, sharedLayout(shared, kinds), asked, shared.seen)
}

const aroundLoad = (choice: Choice): Pick<Ordered, 'before' | 'after'> => {
  const keys = choice._tag === 'Chain' ? choice.keys : []
  const at = keys.findIndex(({ raw }) => raw._tag === 'Load')
  return {
    before: { _tag: 'Chain', keys: keys.slice(0, at), tie: 'rank' },
    after: { _tag: 'Chain', keys: keys.slice(at), tie: 'rank' },
  }
}

const indexedBy = (
  reads: Reads,
  kinds: Kinds,
  sums: ClassIndex['sums'],
  standing: Standing,
): IndexAnswers => {
  const scores = new Map(reads.common.map((raw, i) => [raw, kinds.scores[i]!]))
  return {
    countsOf: (tally) => sums.get(tally),
    scoreOf: (raw) => {
      const byKind = scores.get(raw)
      return byKind === undefined ? undefined : (row) => byKind[kinds.of[row]!]!
    },
    isLone: (tally) => sums.get(tally)?.domains.isLone === true,
    nodesAt: (row) => likeOf(standing, row),
  }
}

const likeOf = (standing: Standing, row: number): number => {
  switch (standing._tag) {
    case 'Grouped':
      return groupAt(standing.groups, row).tree.count
    case 'Looped':
      return likeIn(standing.forest, row)
    case 'Ordered':
      return 1
  }
}

/** How many groups of nodes there are to look at. */
export const groupsIn = ({ standing, kinds }: ClassIndex): number =>
  standing._tag === 'Grouped' ? standing.groups.taken : kinds.members.length

/** How many rows it keeps of its own; those of a loop take an eighth of what others do. */
export const rowsIn = ({ standing, kinds }: ClassIndex): number => {
  switch (standing._tag) {
    case 'Grouped':
      return kinds.of.length
    case 'Looped':
      return kinds.of.length / 8
    case 'Ordered':
      return 0
  }
}

/** The first change that it has not seen; an order sees any number of them. */
export const seenBy = ({ standing, shared }: ClassIndex): number => {
  switch (standing._tag) {
    case 'Grouped':
      return standing.groups.seen
    case 'Looped':
      return standing.forest.seen
    case 'Ordered':
      return shared.seen
  }
}

export const isUsable = ({ standing }: ClassIndex): boolean =>
  standing._tag !== 'Grouped' || standing.groups.room >= 0

/** Sees what has changed. False: the index is of no use any more. */
export const catchUp = (index: ClassIndex, draft: Draft): boolean => {
  const { standing, shared } = index
  const [parts, changes] = [stateOf(draft), changesOf(draft)]
  hear(shared, parts, changes)
  if (standing._tag === 'Looped') catchUpForest(standing.forest, changes)
  else if (standing._tag === 'Ordered') catchUpOrder(standing.order, parts, changes)
  else catchUpGroups(standing.groups, parts, changes, scratchOf(draft))
  return isUsable(index)
}

/**
 * Chooses the cheapest data structure for the index of a class (a workload as the scheduler sees
 * it). Each structure keeps nodes sorted or grouped, so that a decision compares only a few
 * candidates:
 *
 * - `FreeOrder` sorts nodes by free amount, for a class that prefers the least or most free amount
 *   of one dimension. Classes share it, so it takes no memory per class.
 * - `FlatTournaments` is for a class whose scores `flat-loop.ts` can compute. It takes about 4
 *   bytes per node.
 * - `Groups` is for any other class, and for any class that counts replicas per node. It takes
 *   about 32 bytes per node.
 */
import { stateOf } from '../cluster/cluster.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import type { ClassSpec } from '../rule/class.js'
import type { Tally } from '../rule/expr.js'
import { loopQueryOf, loopScoresOf } from './loop-query.js'
import { demandOf, type ReadSet } from './read-set.js'
import {
  sharedLayout,
  sharedOrder,
  sharedRecords,
  type SharedStructures,
} from './shared-structures.js'
import type { Demand } from './structures/block.js'
import type { LiveCounts } from './structures/live-counts.js'
import {
  catchUpFlatTournaments,
  feasibleInPartition,
  openFlatTournaments,
  type FlatTournaments,
} from './structures/flat-tournaments.js'
import { catchUpFreeOrder, type FreeOrder } from './structures/free-order.js'
import { catchUpGroups, groupOfRow, openGroups, type Groups } from './structures/groups.js'
import { partitionKeyOf, type PartitionKey } from './structures/partition-keys.js'
import type { Partitions } from './structures/partitions.js'

export type ClassStructure = GroupStructure | FlatStructure | OrderStructure

/** The candidates are the best nodes of the groups. */
export interface GroupStructure {
  readonly _tag: 'Groups'
  readonly groups: Groups
}

/** The candidates are the best nodes of the partitions. */
interface FlatStructure {
  readonly _tag: 'FlatTournaments'
  readonly tournaments: FlatTournaments
}

/** The candidates are the first nodes with room of the best partitions. */
export interface OrderStructure {
  readonly _tag: 'FreeOrder'
  readonly order: FreeOrder
  readonly demand: Demand
  /** The keys of the chain before the free amount. */
  readonly keysBefore: readonly PartitionKey[]
  /** The keys of the chain after the free amount. */
  readonly keysAfter: readonly PartitionKey[]
}

/** What a structure is built from. */
export interface StructureSource {
  readonly classSpec: ClassSpec
  readonly readSet: ReadSet
  readonly shared: SharedStructures
  readonly partitions: Partitions
  readonly counts: ReadonlyMap<Tally, LiveCounts>
}

export const chooseStructure = (source: StructureSource, draft: Draft): ClassStructure => {
  const { readSet, shared, partitions, counts } = source
  const perNodeCounts = [...new Set(counts.values())].filter(({ domains }) => domains.isPerNode)
  if (readSet.orderKey !== undefined && perNodeCounts.length === 0)
    return {
      _tag: 'FreeOrder',
      order: sharedOrder(shared, readSet.orderKey, partitions, stateOf(draft)),
      demand: demandOf(readSet),
      ...splitChain(source),
    }
  const tournaments = perNodeCounts.length === 0 ? flatTournamentsFor(source, draft) : undefined
  return tournaments === undefined
    ? { _tag: 'Groups', groups: openGroups({ rules: readSet, partitions, perNodeCounts }, draft) }
    : { _tag: 'FlatTournaments', tournaments }
}

const flatTournamentsFor = (
  { readSet, shared, partitions }: StructureSource,
  draft: Draft,
): FlatTournaments | undefined => {
  const scores = loopScoresOf(readSet)
  if (scores === undefined) return undefined
  const records = sharedRecords(shared, stateOf(draft))
  const query = loopQueryOf(scores, demandOf(readSet), records)
  if (query === undefined) return undefined
  return openFlatTournaments(records, sharedLayout(shared, partitions), query, shared.nextChange)
}

const splitChain = ({
  classSpec: { choice },
  readSet: { staticScores },
  partitions,
  counts,
}: StructureSource): Pick<OrderStructure, 'keysBefore' | 'keysAfter'> => {
  const keys = choice._tag === 'Chain' ? choice.keys : []
  const at = keys.findIndex(({ raw }) => raw._tag === 'Load')
  const source = { partitions, counts, staticScores }
  return {
    keysBefore: keys.slice(0, at).map((key) => partitionKeyOf(key, source)),
    keysAfter: keys.slice(at + 1).map((key) => partitionKeyOf(key, source)),
  }
}

/** Applies all changes of the log. The shared structures must have caught up. */
export const catchUpStructure = (structure: ClassStructure, draft: Draft): void => {
  const changes = changesOf(draft)
  if (structure._tag === 'FlatTournaments') catchUpFlatTournaments(structure.tournaments, changes)
  else if (structure._tag === 'FreeOrder')
    catchUpFreeOrder(structure.order, stateOf(draft), changes)
  else catchUpGroups(structure.groups, stateOf(draft), changes, scratchOf(draft))
}

/** How many nodes the candidate in this row represents, itself included. */
export const nodesLike = (structure: ClassStructure, row: number): number => {
  switch (structure._tag) {
    case 'Groups':
      return groupOfRow(structure.groups, row).tournament.count
    case 'FlatTournaments':
      return feasibleInPartition(structure.tournaments, row)
    case 'FreeOrder':
      return 1
  }
}

/**
 * Builds and updates the index of one class (a workload as the scheduler sees it). The index finds
 * the node for the next replica without checking every node: it compares only the best node of each
 * group of nodes that the rules of the class cannot tell apart.
 *
 * 1. `openClassIndex` builds the index, on structures that several classes share.
 * 2. `catchUp` applies the change log before each decision.
 * 3. The caller discards the index when `isCurrent` or `isUsable` returns false.
 */
import type { Changes } from '../cluster/changes.js'
import { stateOf } from '../cluster/cluster.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import type { IndexAnswers } from '../cluster/state.js'
import {
  catchUpStructure,
  chooseStructure,
  nodesLike,
  type ClassStructure,
  type StructureSource,
} from './class-structure.js'
import { inputVersionOf, isSameInputVersion, type InputVersion } from './input-version.js'
import type { ReadSet } from './read-set.js'
import type { ClassSpec } from '../rule/class.js'
import {
  catchUpShared,
  followNodes,
  sharedCounts,
  sharedPartitions,
  type SharedStructures,
} from './shared-structures.js'

export interface ClassIndex extends StructureSource {
  readonly version: InputVersion
  readonly structure: ClassStructure
  /** Passed to filters and scores of a decision. */
  readonly answers: IndexAnswers
}

export const openClassIndex = (
  draft: Draft,
  classSpec: ClassSpec,
  readSet: ReadSet,
  shared: SharedStructures,
): ClassIndex => {
  const state = stateOf(draft)
  catchUpShared(shared, state, changesOf(draft))
  const partitions = sharedPartitions(shared, readSet, state, scratchOf(draft))
  const counts = sharedCounts(shared, readSet, state)
  const source = { classSpec, readSet, shared, partitions, counts }
  const structure = chooseStructure(source, draft)
  const version = inputVersionOf(readSet, state)
  return { ...source, version, structure, answers: answersOf(source, structure) }
}

const answersOf = (
  { readSet, partitions, counts }: StructureSource,
  structure: ClassStructure,
): IndexAnswers => {
  const scores = new Map(readSet.staticScores.map((raw, i) => [raw, partitions.scores[i]!]))
  return {
    domainCounts: (tally) => counts.get(tally),
    scoreOf: (raw) => {
      const byPartition = scores.get(raw)
      return byPartition === undefined
        ? undefined
        : (row) => byPartition[partitions.partitionOf[row]!]!
    },
    isPerNode: (tally) => counts.get(tally)?.domains.isPerNode === true,
    nodesLike: (row) => nodesLike(structure, row),
  }
}

/**
 * Whether the masks and columns that the class reads are the ones that it was built from, and its
 * partitions follow the nodes.
 */
export const isCurrent = ({ readSet, version, shared, partitions }: ClassIndex, draft: Draft) => {
  const state = stateOf(draft)
  return (
    (version.length === 0 || isSameInputVersion(version, inputVersionOf(readSet, state))) &&
    followNodes(shared, partitions, readSet, state, scratchOf(draft))
  )
}

/** False once the groups have exceeded their budget. */
export const isUsable = ({ structure }: ClassIndex): boolean =>
  structure._tag !== 'Groups' || structure.groups.budget >= 0

/** Applies all changes of the log; returns `isUsable`. */
export const catchUp = (index: ClassIndex, draft: Draft): boolean => {
  catchUpShared(index.shared, stateOf(draft), changesOf(draft))
  catchUpStructure(index.structure, draft)
  return isUsable(index)
}

/** The number of the first change that must be in the log. A free order needs no old change. */
export const nextChangeOf = ({ structure, shared }: ClassIndex): number => {
  switch (structure._tag) {
    case 'Groups':
      return structure.groups.nextChange
    case 'FlatTournaments':
      return structure.tournaments.nextChange
    case 'FreeOrder':
      return shared.nextChange
  }
}

/** How many moves of nodes within partitions are not applied yet. */
export const movesBehind = ({ structure, partitions: { moves } }: ClassIndex): number => {
  switch (structure._tag) {
    case 'Groups':
      return (moves.length - structure.groups.nextMove) / 3
    case 'FlatTournaments':
      return (moves.length - structure.tournaments.nextMove) / 3
    case 'FreeOrder':
      return 0
  }
}

/** How many candidates a decision compares at most: the groups, or else the partitions. */
export const groupCount = ({ structure, partitions }: ClassIndex): number =>
  structure._tag === 'Groups' ? structure.groups.nonEmpty : partitions.members.length

/** Memory of the class alone, in rows of about 32 bytes. */
export const rowCost = ({ structure, partitions }: ClassIndex): number => {
  switch (structure._tag) {
    case 'Groups':
      return partitions.partitionOf.length
    case 'FlatTournaments':
      return partitions.partitionOf.length / 8
    case 'FreeOrder':
      return 0
  }
}

/** Before classes are forgotten: changes that are not applied yet do not tell what they counted. */
export const forgetFacts = ({ structure }: ClassIndex, { count }: Changes): void => {
  if (structure._tag === 'Groups') structure.groups.factsFrom = count
}

/**
 * Groups the feasible nodes of one class (a workload as the scheduler sees it), and finds the best
 * node of each group by a tournament tree. Nodes of one group are equal for the class except for
 * one value, such as the score for free resources; the tree compares this value.
 *
 * 1. `openGroups` filters, scores and groups all nodes.
 * 2. `catchUpGroups` does the same for the nodes that changed.
 * 3. When the groups need too much memory (`budget` is below 0), the caller discards them.
 */
import type { Changes } from '../../cluster/changes.js'
import { stateOf } from '../../cluster/cluster.js'
import type { Amounts, Integers } from '../../cluster/column.js'
import { changesOf, scratchOf, type Draft } from '../../cluster/draft.js'
import type { State } from '../../cluster/state.js'
import {
  clearScratch,
  lendColumn,
  lendPositions,
  lendRows,
  type Scratch,
} from '../../cluster/scratch.js'
import type { Candidates } from '../../judge/candidates.js'
import { narrow } from '../../judge/judge.js'
import type { Filter } from '../../rule/filter.js'
import type { RawScore } from '../../rule/raw.js'
import { rawScores } from '../../score/score.js'
import { allRows, changedRows, type ChangedRows } from './changed-rows.js'
import type { LiveCounts } from './live-counts.js'
import { combineKey, keyFromCounts, type GroupKey, type GroupKeys } from './group-keys.js'
import { noNumber, type Partitions } from './partitions.js'
import {
  bestLeaf,
  clearLeaf,
  newTournament,
  setLeaf,
  type Tournament,
  type TournamentOptions,
} from './tournament.js'

/** The rules of a class that decide the group of a node and its value there. */
export interface GroupRules extends TournamentOptions {
  /** Filters whose answer changes only with the replicas on the node. */
  readonly nodeFilters: readonly Filter[]
  /** Scores that change only with the replicas on the node, and split groups. */
  readonly nodeScores: readonly RawScore[]
  /** The value of a node in its tournament is the sum of these terms. */
  readonly valueTerms: readonly ValueTerm[]
}

/** A raw score times a factor. */
export interface ValueTerm {
  readonly raw: RawScore
  readonly factor: number
}

export interface GroupSource {
  readonly rules: GroupRules
  readonly partitions: Partitions
  /** Counts of tallies whose domains have one node each. */
  readonly perNodeCounts: readonly LiveCounts[]
}

export interface Groups extends GroupSource, GroupKeys {
  readonly groups: Group[]
  /** By key: the number of the group. */
  readonly groupByKey: (number | undefined)[]
  /** By row: the number of the node's group; `noNumber` while the node is not feasible. */
  readonly groupOf: Integers
  /** How many groups are not empty. */
  nonEmpty: number
  /** The number of the first change that is not applied yet. */
  nextChange: number
  /** How many numbers of the moves of the partitions are applied. */
  nextMove: number
  /** The number of the first change whose class is sure to be known. */
  factsFrom: number
}

export interface Group {
  readonly partition: number
  /** A leaf for each node of the partition, by position; empty for nodes of other groups. */
  readonly tournament: Tournament
  /** The key of the current members; reassigned when an empty group is reused. */
  key: GroupKey
}

export const openGroups = (source: GroupSource, draft: Draft): Groups => {
  const { partitions } = source
  const [state, scratch] = [stateOf(draft), scratchOf(draft)]
  const opened: Groups = {
    ...source,
    groups: [],
    groupByKey: [],
    groupOf: new Int32Array(partitions.partitionOf.length).fill(noNumber),
    combined: [],
    nextKey: partitions.members.length,
    budget: budgetFor(partitions.partitionOf.length),
    nonEmpty: 0,
    nextChange: changesOf(draft).count,
    nextMove: partitions.moves.length,
    factsFrom: 0,
  }
  refreshRows(opened, state, allRows(partitions, state, scratch), scratch)
  return opened
}

/** A group costs a leaf for each node of its partition: 16 groups that hold all nodes, or more. */
const budgetFor = (nodes: number): number => 16 * nodes + 4_096

/**
 * Applies all changes of the log that are not applied yet. A node may change its group or its
 * value, or leave when it is no longer feasible; an empty group is reused.
 */
export const catchUpGroups = (
  groups: Groups,
  state: State,
  changes: Changes,
  scratch: Scratch,
): void => {
  const { moves } = groups.partitions
  if (groups.nextChange === changes.count && groups.nextMove === moves.length) return
  for (let i = groups.nextMove; i < moves.length; i += 3)
    removeFromGroup(groups, moves[i]!, moves[i + 2]!)
  refreshRows(groups, state, changedRows(groups, state, changes, scratch), scratch)
  groups.nextChange = changes.count
  groups.nextMove = moves.length
}

/** Filters, scores and groups these rows again. */
const refreshRows = (
  groups: Groups,
  state: State,
  candidates: ChangedRows,
  scratch: Scratch,
): void => {
  const { rows, count } = candidates
  const before = lendPositions(scratch, count)
  for (let i = 0; i < count; i++) before[i] = rows[i]!
  for (const filter of groups.rules.nodeFilters) narrow(filter, state, candidates)
  if (candidates.count < count) removeDropped(groups, before, count, candidates)
  clearScratch(scratch)
  const values = groupValues(groups.rules, state, candidates, scratch)
  insertAll(groups, candidates, groupKeys(groups, state, candidates, scratch), values)
}

/** Removes the rows of `before` that are no candidates any more; both lists have one order. */
const removeDropped = (
  groups: Groups,
  before: Integers,
  count: number,
  { rows, count: remaining }: Candidates,
): void => {
  let next = 0
  for (let i = 0; i < count; i++) {
    const row = before[i]!
    if (next < remaining && rows[next] === row) next++
    else removeFromGroup(groups, row, groups.partitions.positionOf[row]!)
  }
}

/** The position is the one that the node had in its partition when it came to the group. */
const removeFromGroup = (groups: Groups, row: number, position: number): void => {
  const { groupOf } = groups
  const number = groupOf[row]!
  if (number === noNumber) return
  const { tournament, key } = groups.groups[number]!
  clearLeaf(tournament, position)
  groupOf[row] = noNumber
  if (tournament.count > 0) return
  groups.nonEmpty--
  groups.groupByKey[key] = undefined
}

const insertAll = (
  groups: Groups,
  { rows, count }: Candidates,
  keys: Amounts,
  values: Amounts,
): void => {
  const { groupOf } = groups
  const { partitionOf, positionOf } = groups.partitions
  for (let i = 0; i < count && groups.budget >= 0; i++) {
    const [row, key] = [rows[i]!, keys[i]!]
    const number = groups.groupByKey[key] ?? allocateGroup(groups, key, partitionOf[row]!)
    if (number !== groupOf[row]) removeFromGroup(groups, row, positionOf[row]!)
    insertIntoGroup(groups, number, positionOf[row]!, values[i]!)
    groupOf[row] = number
  }
}

const insertIntoGroup = (groups: Groups, number: number, position: number, value: number): void => {
  const { tournament } = groups.groups[number]!
  if (tournament.count === 0) groups.nonEmpty++
  setLeaf(tournament, position, value)
}

/** Reuses an empty group of the partition, or makes a new one; returns its number. */
const allocateGroup = (groups: Groups, key: GroupKey, partition: number): number => {
  const isFree = (group: Group): boolean =>
    group.partition === partition && group.tournament.count === 0
  const free = groups.groups.findIndex(isFree)
  const number = free === -1 ? groups.groups.length : free
  if (free === -1) {
    const { length } = groups.partitions.members[partition]!
    groups.budget -= length
    groups.groups.push({ partition, tournament: newTournament(length, groups.rules), key })
  } else groups.groups[free]!.key = key
  groups.groupByKey[key] = number
  return number
}

/** By candidate: its value in the tournament. */
const groupValues = (
  { valueTerms }: GroupRules,
  state: State,
  candidates: Candidates,
  scratch: Scratch,
): Amounts => {
  const values = lendColumn(scratch, candidates.count)
  values.fill(0, 0, candidates.count)
  for (const { raw, factor } of valueTerms) {
    const scores = rawScores(raw, { state, candidates, scratch })
    for (let i = 0; i < candidates.count; i++) values[i]! += factor * scores[i]!
  }
  return values
}

/** By candidate: its key. A node whose counts did not change keeps the key of its group. */
const groupKeys = (
  groups: Groups,
  state: State,
  candidates: ChangedRows,
  scratch: Scratch,
): Amounts => {
  const { rules, groupOf, groups: all } = groups
  const { rows, count, marks, recountMark } = candidates
  const keys = lendColumn(scratch, count)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const number = groupOf[row]!
    const canKeepKey =
      rules.nodeScores.length === 0 && number !== noNumber && marks[row] !== recountMark
    keys[i] = canKeepKey ? all[number]!.key : keyFromCounts(groups, row)
  }
  for (const raw of rules.nodeScores) {
    const scores = rawScores(raw, { state, candidates, scratch })
    for (let i = 0; i < count; i++) keys[i] = combineKey(groups, keys[i]!, scores[i])
  }
  return keys
}

/** The best node of each group that is not empty, not in order of rank. */
export const bestOfGroups = ({ groups, partitions }: Groups, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, groups.length)
  let count = 0
  for (const { partition, tournament } of groups)
    if (tournament.count > 0) rows[count++] = partitions.members[partition]![bestLeaf(tournament)]!
  return { rows, count }
}

/** The group of a feasible node. */
export const groupOfRow = ({ groups, groupOf }: Groups, row: number): Group =>
  groups[groupOf[row]!]!

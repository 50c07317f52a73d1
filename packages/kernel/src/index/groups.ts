/**
 * The nodes of one class that take a replica now, in groups of those that are alike in all that the
 * class looks at, but for how good they are; the best of each group is found at once. What came to
 * a node, or went, puts it into another group or another place in its own.
 */
import { classRowOf, nodeOf, phaseOf, type Changes } from '../cluster/changes.js'
import { phaseMasksOf } from '../cluster/classes.js'
import { stateOf } from '../cluster/cluster.js'
import type { Amounts, Integers } from '../cluster/column.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import type { State } from '../cluster/state.js'
import { rankedRows } from '../cluster/roster.js'
import {
  clearScratch,
  lendColumn,
  lendVisited,
  lendPositions,
  lendRows,
  type Scratch,
} from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import { rawScores } from '../score/score.js'
import { out, type Kinds } from './kinds.js'
import type { Reads } from './reads.js'
import type { Sum } from './sum.js'
import { firstIn, newTree, put, takeOut, type Tree } from './tree.js'

/** What groups are made of. */
export interface Grouping {
  readonly reads: Reads
  readonly kinds: Kinds
  /** Sums over domains that have one node each at most, which tell nodes of a kind apart. */
  readonly lone: readonly Sum[]
}

export interface Groups extends Grouping {
  readonly groups: Group[]
  /** By key. */
  readonly groupOf: (number | undefined)[]
  /** By row: the group that the node is in; `out` while it takes no replica. */
  readonly standing: Integers
  /** Kinds are keys themselves; of a key and what else nodes have in common comes another. */
  readonly pairs: (Map<number | undefined, Key> | undefined)[]
  nextKey: Key
  /**
   * How many more nodes the groups may have room for, and keys there may be. Below 0 they are of no
   * use any more.
   */
  room: number
  /** How many groups somebody is in. */
  taken: number
  /** The first change that they have not seen. */
  seen: number
}

/**
 * Nodes that are alike: those of a kind, if nothing else matters, or else those of them that also
 * have something else in common.
 */
export interface Group {
  readonly kind: number
  readonly tree: Tree
  /** Of a group that has become empty, what those have in common who come next. */
  key: Key
}

/** What nodes alike have in common: their kind, and what changes with what stands on them. */
type Key = number

export const openGroups = (grouping: Grouping, draft: Draft): Groups => {
  const { reads, kinds, lone } = grouping
  const [parts, scratch] = [stateOf(draft), scratchOf(draft)]
  const opened: Groups = {
    ...{ reads, kinds, lone },
    groups: [],
    groupOf: [],
    standing: new Int32Array(kinds.of.length).fill(out),
    pairs: [],
    nextKey: kinds.members.length,
    room: widest(kinds.of.length),
    taken: 0,
    seen: changesOf(draft).count,
  }
  refresh(opened, parts, everyRow(kinds, parts, scratch), scratch)
  return opened
}

/** Each group has room for all nodes of its kind, whether or not they are in it. */
const widest = (nodes: number): number => 16 * nodes + 4_096

const everyRow = ({ of }: Kinds, { roster }: State, scratch: Scratch): Changed => {
  const ranked = rankedRows(roster)
  const rows = lendRows(scratch, ranked.length)
  let count = 0
  for (let i = 0; i < ranked.length; i++) if (of[ranked[i]!]! !== out) rows[count++] = ranked[i]!
  const { marks, mark } = lendVisited(scratch, of.length)
  return { rows, count, marks, recounted: mark }
}

/** Sees what has changed. */
export const catchUpGroups = (
  groups: Groups,
  parts: State,
  changes: Changes,
  scratch: Scratch,
): void => {
  if (groups.seen === changes.count) return
  refresh(groups, parts, changedRows(groups, parts, changes, scratch), scratch)
  groups.seen = changes.count
}

/**
 * Rows that have changed, each once. Those that are `recounted` may be counted otherwise by a sum
 * that tells nodes of a kind apart.
 */
interface Changed extends Candidates {
  readonly marks: Integers
  readonly recounted: number
}

/** But for those that never take a replica, or were a node in a trial alone. */
const changedRows = (
  { kinds: { of }, lone, seen }: Groups,
  { classes }: State,
  changes: Changes,
  scratch: Scratch,
): Changed => {
  const masks = lone.map(({ tally }) => phaseMasksOf(classes, tally.facts))
  const rows = lendRows(scratch, changes.count - seen)
  const { marks, mark } = lendVisited(scratch, of.length)
  let count = 0
  for (let number = seen; number < changes.count; number++) {
    const row = nodeOf(changes, number)
    if ((of[row] ?? out) === out) continue
    if (marks[row]! < mark) {
      marks[row] = mark
      rows[count++] = row
    }
    if (isCounted(masks, changes, number)) marks[row] = mark + 1
  }
  return { rows, count, marks, recounted: mark + 1 }
}

const isCounted = (
  masks: readonly (readonly number[])[],
  changes: Changes,
  number: number,
): boolean => {
  for (let i = 0; i < masks.length; i++)
    if (((masks[i]![classRowOf(changes, number)]! >> phaseOf(changes, number)) & 1) === 1)
      return true
  return false
}

/** Looks at these rows again. */
const refresh = (groups: Groups, parts: State, candidates: Changed, scratch: Scratch): void => {
  const { rows, count } = candidates
  const before = lendPositions(scratch, count)
  for (let i = 0; i < count; i++) before[i] = rows[i]!
  for (const filter of groups.reads.own) narrow(filter, parts, candidates)
  if (candidates.count < count) leaveAllBut(groups, before, count, candidates)
  clearScratch(scratch)
  const values = valuesOf(groups.reads, parts, candidates, scratch)
  putAll(groups, candidates, keysOf(groups, parts, candidates, scratch), values)
}

/** Takes those out that are not candidates any more; these are in the same order. */
const leaveAllBut = (
  groups: Groups,
  before: Integers,
  count: number,
  { rows, count: kept }: Candidates,
): void => {
  let next = 0
  for (let i = 0; i < count; i++) {
    const row = before[i]!
    if (next < kept && rows[next] === row) next++
    else leaveGroup(groups, row)
  }
}

const leaveGroup = (groups: Groups, row: number): void => {
  const { kinds, standing } = groups
  const number = standing[row]!
  if (number === out) return
  const { tree, key } = groups.groups[number]!
  takeOut(tree, kinds.positions[row]!)
  standing[row] = out
  if (tree.count > 0) return
  groups.taken--
  groups.groupOf[key] = undefined
}

const putAll = (
  groups: Groups,
  { rows, count }: Candidates,
  keys: Amounts,
  values: Amounts,
): void => {
  const { standing } = groups
  const { of, positions } = groups.kinds
  for (let i = 0; i < count && groups.room >= 0; i++) {
    const [row, key] = [rows[i]!, keys[i]!]
    const number = groups.groupOf[key] ?? newGroup(groups, key, of[row]!)
    if (number !== standing[row]) leaveGroup(groups, row)
    putInto(groups, number, positions[row]!, values[i]!)
    standing[row] = number
  }
}

const putInto = (groups: Groups, number: number, position: number, value: number): void => {
  const { tree } = groups.groups[number]!
  if (tree.count === 0) groups.taken++
  put(tree, position, value)
}

/** An empty one of the same kind will do. */
const newGroup = (groups: Groups, key: Key, kind: number): number => {
  const isFree = (group: Group): boolean => group.kind === kind && group.tree.count === 0
  const free = groups.groups.findIndex(isFree)
  const number = free === -1 ? groups.groups.length : free
  if (free === -1) {
    const { length } = groups.kinds.members[kind]!
    groups.room -= length
    groups.groups.push({ kind, tree: newTree(length, groups.reads), key })
  } else groups.groups[free]!.key = key
  groups.groupOf[key] = number
  return number
}

const valuesOf = (
  { telling }: Reads,
  parts: State,
  candidates: Candidates,
  scratch: Scratch,
): Amounts => {
  const values = lendColumn(scratch, candidates.count)
  values.fill(0, 0, candidates.count)
  for (const { raw, factor } of telling) {
    const scores = rawScores(raw, { state: parts, candidates, scratch })
    for (let i = 0; i < candidates.count; i++) values[i]! += factor * scores[i]!
  }
  return values
}

const keysOf = (groups: Groups, parts: State, candidates: Changed, scratch: Scratch): Amounts => {
  const { reads, standing, groups: all } = groups
  const { rows, count, marks, recounted } = candidates
  const keys = lendColumn(scratch, count)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const number = standing[row]!
    const isKept = reads.moving.length === 0 && number !== out && marks[row] !== recounted
    keys[i] = isKept ? all[number]!.key : countedKey(groups, row)
  }
  for (const raw of reads.moving) {
    const scores = rawScores(raw, { state: parts, candidates, scratch })
    for (let i = 0; i < count; i++) keys[i] = together(groups, keys[i]!, scores[i])
  }
  return keys
}

/** Of the node's kind and what is counted on it. */
const countedKey = (groups: Groups, row: number): Key => {
  const { kinds, lone } = groups
  let key = kinds.of[row]!
  for (let i = 0; i < lone.length; i++) key = together(groups, key, lone[i]!.countAt(row))
  return key
}

/** A key for what one key and something else say together, the same each time. */
const together = (groups: Groups, key: Key, said: number | undefined): Key => {
  const known = (groups.pairs[key] ??= new Map<number | undefined, Key>())
  const before = known.get(said)
  if (before !== undefined) return before
  const both = groups.nextKey++
  groups.room--
  known.set(said, both)
  return both
}

/** The rows of those that stand for their groups, in no order. */
export const firstOfGroups = ({ groups, kinds }: Groups, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, groups.length)
  let count = 0
  for (const { kind, tree } of groups)
    if (tree.count > 0) rows[count++] = kinds.members[kind]![firstIn(tree)]!
  return { rows, count }
}

/** The group of a node that is in one. */
export const groupAt = ({ groups, standing }: Groups, row: number): Group => groups[standing[row]!]!

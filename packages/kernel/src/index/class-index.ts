/**
 * Placing replicas of a class without looking at every node. Nodes that are alike in all that the class looks at, but for how good
 * they are, form a group, and the best of each group stands for it: what is judged and scored are these few, by the same functions
 * that judge and score every node by the book. What came to a node, or went, puts it into another group or another place in its own,
 * and changes the sums of the domains that it is in; this is caught up with when the class is asked for again.
 */
import { moveOf, nodeOf, type Changes } from '../cluster/changes.js'
import { partsOf } from '../cluster/cluster.js'
import type { Amounts, Integers } from '../cluster/column.js'
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import type { Parts } from '../cluster/parts.js'
import { rankedRows, ranksOf } from '../cluster/roster.js'
import {
  clearScratch,
  lendColumn,
  lendMarks,
  lendPositions,
  lendRows,
  type Scratch,
} from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import type { Class } from '../rule/class.js'
import type { Raw } from '../rule/raw.js'
import { bestOf, pick } from '../score/best.js'
import { rawScores, scoreAll } from '../score/score.js'
import type { Reads } from './reads.js'
import { addMove, isSame, sumOf, type Sum } from './sum.js'
import { equalToFirst, firstIn, newTree, put, takeOut, type Tree } from './tree.js'

export interface ClassIndex {
  readonly described: Class
  readonly reads: Reads
  /** What it was made of, apart from what stands on the nodes. */
  readonly ground: Ground
  /** By row: what the node is, once and for all; `out` for one that never takes a replica. */
  readonly kinds: Integers
  /** Of each score that nodes of a kind have in common, what it is, by kind. */
  readonly scores: ReadonlyMap<Raw, Amounts>
  /** By row: where it stands among those of its kind, in the order of rank. */
  readonly positions: Integers
  /** By kind: the rows of the nodes, by position. */
  readonly members: readonly Integers[]
  readonly groups: Group[]
  readonly groupOf: Map<Key, number>
  /** By row: the group that the node is in; `out` while it takes no replica. */
  readonly standing: Integers
  readonly sums: readonly Sum[]
  /** Those of them, over domains that have one node each at most, that tell nodes of a kind apart. */
  readonly lone: readonly Sum[]
  /** Kinds are keys themselves; of a key and what else nodes have in common comes another. */
  readonly pairs: Map<Key, Map<number | undefined, Key>>
  nextKey: Key
  /** How many more nodes the groups may have room for, and keys there may be. Below 0 the index is of no use any more. */
  room: number
  /** The first change that it has not seen. */
  seen: number
}

/** Nodes that are alike: those of a kind, if nothing else matters, or else those of them that also have something else in common. */
interface Group {
  readonly kind: number
  readonly tree: Tree
  /** Of a group that has become empty, what those have in common who come next. */
  key: Key
}

/** Nodes, masks and columns, each of which is another when it says anything else. */
type Ground = readonly unknown[]

/** What nodes alike have in common: their kind, and what changes with what stands on them. */
type Key = number

const out = -1

const groundOf = ({ masks, columns }: Reads, { roster, given }: Parts): Ground => [
  rankedRows(roster),
  ...masks.map((mask) => given.members[mask]),
  ...columns.map((column) => given.numbers[column]),
]

/** Whether it still speaks of the nodes as they are, but for what stands on them. */
export const stands = ({ reads, ground }: ClassIndex, parts: Parts): boolean =>
  groundOf(reads, parts).every((one, i) => one === ground[i])

/** `reads` is what the class reads. */
export const openIndex = (draft: Draft, described: Class, reads: Reads): ClassIndex => {
  const [parts, scratch] = [partsOf(draft), scratchOf(draft)]
  const ranked = rankedRows(parts.roster)
  const candidates = { rows: ranked.slice(), count: ranked.length }
  for (const filter of reads.fixed) narrow(filter, parts, candidates)
  const rows = parts.roster.specs.length
  const sums = sumsOf(reads, parts)
  const kinds = kindsOf(reads, sums, parts, candidates, scratch)
  const index: ClassIndex = {
    described,
    reads,
    ground: groundOf(reads, parts),
    ...kinds,
    groups: [],
    groupOf: new Map(),
    standing: new Int32Array(rows).fill(out),
    sums,
    lone: sums.filter(({ isLone }) => isLone),
    pairs: new Map(),
    nextKey: kinds.members.length,
    room: widest(ranked.length),
    seen: changesOf(draft).count,
  }
  refresh(index, parts, candidates, scratch)
  return index
}

/** Of each tally one, with its levels if they are asked for by any that says the same. */
const sumsOf = ({ tallies, ranged }: Reads, parts: Parts): readonly Sum[] =>
  tallies
    .filter((tally, i) => !tallies.slice(0, i).some((before) => isSame(before, tally)))
    .map((tally) =>
      sumOf(
        parts,
        tally,
        ranged.some((one) => isSame(one, tally)),
      ),
    )

/** Each group has room for all nodes of its kind, whether or not they are in it. */
const widest = (nodes: number): number => 16 * nodes + 4_096

const kindsOf = (
  { common }: Reads,
  sums: readonly Sum[],
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): Kinds => {
  const { rows, count } = candidates
  const kindAt = new Int32Array(count)
  let kinds = 1
  for (const { domains, isLone } of sums)
    if (!isLone) kinds = refine(kindAt, kinds, (i) => domains[rows[i]!]!)
  clearScratch(scratch)
  const columns = common.map(
    (raw) => [raw, rawScores(raw, { parts, candidates, scratch })] as const,
  )
  for (const [, column] of columns) kinds = refine(kindAt, kinds, (i) => column[i]!)
  const scores = columns.map(([raw, column]) => {
    const byKind = new Float64Array(kinds)
    for (let i = 0; i < count; i++) byKind[kindAt[i]!] = column[i]!
    return [raw, byKind] as const
  })
  return { ...placedBy(kindAt, kinds, rows, parts.roster.specs.length), scores: new Map(scores) }
}

type Kinds = Pick<ClassIndex, 'kinds' | 'positions' | 'members' | 'scores'>

/** Makes two kinds of those of one that differ in something else too, and gives how many there are then. */
const refine = (kindAt: Integers, kinds: number, saidAt: (i: number) => number): number => {
  const known = Array.from({ length: kinds }, () => new Map<number, number>())
  let next = 0
  for (let i = 0; i < kindAt.length; i++) {
    const [refined, said] = [known[kindAt[i]!]!, saidAt(i)]
    const kind = refined.get(said)
    if (kind === undefined) refined.set(said, next)
    kindAt[i] = kind ?? next++
  }
  return next
}

const placedBy = (
  kindAt: Integers,
  count: number,
  rows: Integers,
  length: number,
): Omit<Kinds, 'scores'> => {
  const kinds = new Int32Array(length).fill(out)
  const positions = new Int32Array(length)
  const members = Array.from({ length: count }, (): number[] => [])
  for (let i = 0; i < kindAt.length; i++) {
    const [row, kind] = [rows[i]!, kindAt[i]!]
    kinds[row] = kind
    positions[row] = members[kind]!.push(row) - 1
  }
  return { kinds, positions, members: members.map((some) => Int32Array.from(some)) }
}

/** Looks at these rows again; none twice. */
const refresh = (
  index: ClassIndex,
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): void => {
  const { rows, count } = candidates
  const before = lendPositions(scratch, count)
  for (let i = 0; i < count; i++) before[i] = rows[i]!
  for (const filter of index.reads.own) narrow(filter, parts, candidates)
  if (candidates.count < count) leaveAllBut(index, before, count, candidates)
  clearScratch(scratch)
  const values = valuesOf(index, parts, candidates, scratch)
  const keys = keysOf(index, parts, candidates, scratch)
  for (let i = 0; i < candidates.count; i++) putInto(index, rows[i]!, keys[i]!, values[i]!)
}

/** Takes those out that are not candidates any more; these are in the same order. */
const leaveAllBut = (
  index: ClassIndex,
  before: Integers,
  count: number,
  { rows, count: kept }: Candidates,
): void => {
  let next = 0
  for (let i = 0; i < count; i++) {
    const row = before[i]!
    if (next < kept && rows[next] === row) next++
    else leaveGroup(index, row)
  }
}

const leaveGroup = (index: ClassIndex, row: number): void => {
  const number = index.standing[row]!
  if (number === out) return
  const { tree, key } = index.groups[number]!
  takeOut(tree, index.positions[row]!)
  index.standing[row] = out
  if (tree.count === 0) index.groupOf.delete(key)
}

const putInto = (index: ClassIndex, row: number, key: Key, value: number): void => {
  if (index.room < 0) return
  const number = index.groupOf.get(key) ?? newGroup(index, key, index.kinds[row]!)
  if (number !== index.standing[row]) leaveGroup(index, row)
  put(index.groups[number]!.tree, index.positions[row]!, value)
  index.standing[row] = number
}

/** An empty one of the same kind will do. */
const newGroup = (index: ClassIndex, key: Key, kind: number): number => {
  const { reads, members, groups, groupOf } = index
  const isFree = (group: Group): boolean => group.kind === kind && group.tree.count === 0
  const free = groups.findIndex(isFree)
  const number = free === -1 ? groups.length : free
  if (free === -1) {
    const { length } = members[kind]!
    index.room -= length
    groups.push({ kind, tree: newTree(length, reads.isSmall), key })
  } else groups[free]!.key = key
  groupOf.set(key, number)
  return number
}

const valuesOf = (
  { reads }: ClassIndex,
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): Amounts => {
  const values = lendColumn(scratch, candidates.count)
  values.fill(0, 0, candidates.count)
  for (const { raw, factor } of reads.telling) {
    const scores = rawScores(raw, { parts, candidates, scratch })
    for (let i = 0; i < candidates.count; i++) values[i]! += factor * scores[i]!
  }
  return values
}

const keysOf = (
  index: ClassIndex,
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): Amounts => {
  const { reads, kinds, lone } = index
  const { rows, count } = candidates
  const keys = lendColumn(scratch, count)
  for (let i = 0; i < count; i++) keys[i] = kinds[rows[i]!]!
  for (const { countAt } of lone)
    for (let i = 0; i < count; i++) keys[i] = together(index, keys[i]!, countAt(rows[i]!))
  for (const raw of reads.moving) {
    const scores = rawScores(raw, { parts, candidates, scratch })
    for (let i = 0; i < count; i++) keys[i] = together(index, keys[i]!, scores[i])
  }
  return keys
}

/** A key for what one key and something else say together, the same each time. */
const together = (index: ClassIndex, key: Key, said: number | undefined): Key => {
  const known = index.pairs.get(key) ?? new Map<number | undefined, Key>()
  const before = known.get(said)
  if (before !== undefined) return before
  const both = index.nextKey++
  index.room--
  index.pairs.set(key, known.set(said, both))
  return both
}

/** How many groups somebody is in. */
export const groupsIn = ({ groupOf }: ClassIndex): number => groupOf.size

/** Sees what has changed. False: the index is of no use any more. */
export const catchUp = (index: ClassIndex, draft: Draft): boolean => {
  const [parts, scratch, changes] = [partsOf(draft), scratchOf(draft), changesOf(draft)]
  if (index.seen === changes.count) return isUsable(index)
  if (index.sums.length > 0) addMoves(index, parts, changes)
  refresh(index, parts, changedRows(index, changes, scratch), scratch)
  index.seen = changes.count
  return isUsable(index)
}

const addMoves = ({ sums, seen }: ClassIndex, parts: Parts, changes: Changes): void => {
  for (let number = seen; number < changes.count; number++) {
    const move = moveOf(changes, number)
    for (const sum of sums) addMove(sum, parts, move)
  }
}

export const isUsable = ({ room }: ClassIndex): boolean => room >= 0

/** The rows that have changed, each once, but for those that never take a replica, or were a node in a trial alone. */
const changedRows = (
  { kinds, seen }: ClassIndex,
  changes: Changes,
  scratch: Scratch,
): Candidates => {
  const rows = lendRows(scratch, changes.count - seen)
  const { marks, mark } = lendMarks(scratch, kinds.length)
  let count = 0
  for (let number = seen; number < changes.count; number++) {
    const row = nodeOf(changes, number)
    if (marks[row] === mark || (kinds[row] ?? out) === out) continue
    marks[row] = mark
    rows[count++] = row
  }
  return { rows, count }
}

/** The row of the node for the next replica, which will have this id, or nothing. The index must have caught up. */
export const decideIn = (index: ClassIndex, draft: Draft, replica: number): number | undefined => {
  const { described, reads } = index
  const { tie } = described.choice
  const [parts, scratch] = [partsOf(draft), scratchOf(draft)]
  const candidates = standIns(index, parts, scratch)
  if (candidates.count === 0) return undefined
  if (reads.shared.length === 0 && candidates.count === 1 && tie === 'rank')
    return candidates.rows[0]!
  const view = viewOf(index, parts)
  for (const filter of reads.shared) narrow(filter, view, candidates)
  if (candidates.count === 0) return undefined
  if (candidates.count === 1 && tie === 'rank') return candidates.rows[0]!
  clearScratch(scratch)
  const { deciding } = scoreAll(described.choice, { parts: view, candidates, scratch })
  const tops = bestOf(deciding, candidates.count, lendPositions(scratch, candidates.count))
  if (tie === 'rank') return candidates.rows[tops.positions[0]!]!
  const best = [...tops.positions.subarray(0, tops.count)]
    .map((position) => index.groups[index.standing[candidates.rows[position]!]!]!)
    .flatMap(({ kind, tree }) => equalToFirst(tree).map((at) => index.members[kind]![at]!))
  const positions = inRank(Int32Array.from(best), parts)
  return pick(tie, { positions, count: best.length }, replica)
}

/** The best of each group, in the order of rank. */
const standIns = ({ groups, members }: ClassIndex, parts: Parts, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, groups.length)
  let count = 0
  for (const { kind, tree } of groups)
    if (tree.count > 0) rows[count++] = members[kind]![firstIn(tree)]!
  if (count > 1) inRank(rows.subarray(0, count), parts)
  return { rows, count }
}

const inRank = (rows: Integers, { roster }: Parts): Integers => {
  const ranks = ranksOf(roster)
  return rows.sort((a, b) => ranks[a]! - ranks[b]!)
}

const viewOf = (index: ClassIndex, parts: Parts): Parts => ({
  ...parts,
  indexed: {
    censusOf: (tally) => index.sums.find((sum) => isSame(sum.tally, tally)),
    scoreOf: (raw) => {
      const byKind = index.scores.get(raw)
      return byKind === undefined ? undefined : (row) => byKind[index.kinds[row]!]!
    },
    isLone: (tally) => index.lone.some((sum) => isSame(sum.tally, tally)),
    likeOf: (row) => index.groups[index.standing[row]!]!.tree.count,
  },
})

/**
 * Placing replicas of a class without looking at every node. Nodes that are alike in all that the class looks at, but for how good
 * they are, form a group, and the best of each group stands for it: what is judged and scored are these few, by the same functions
 * that judge and score every node by the book. What came to a node, or went, puts it into another group or another place in its own,
 * and changes the sums of the domains that it is in; this is caught up with when the class is asked for again.
 */
import { changesOf, scratchOf, type Draft } from '../cluster/draft.js'
import { moveOf, nodeOf, type Changes } from '../cluster/changes.js'
import { partsOf } from '../cluster/cluster.js'
import type { Amounts, Integers } from '../cluster/column.js'
import type { Parts } from '../cluster/parts.js'
import { rankedRows } from '../cluster/roster.js'
import {
  clearScratch,
  lendColumn,
  lendPositions,
  lendRows,
  type Scratch,
} from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { census, domainOf } from '../judge/census.js'
import { narrow } from '../judge/judge.js'
import type { Class } from '../rule/class.js'
import type { Raw } from '../rule/raw.js'
import { bestOf, pick } from '../score/best.js'
import { rawScores, scoreAll } from '../score/score.js'
import { depart, enter, equalToFirst, move, newHeap, type Heap, type Places } from './heap.js'
import { readsOf, type Reads } from './reads.js'
import { addMove, isSame, sumOf, type Sum } from './sum.js'

export interface ClassIndex {
  readonly described: Class
  readonly reads: Reads
  /** What it was made of, apart from what stands on the nodes. */
  readonly ground: Ground
  /** By row: what the node is, once and for all; `out` for one that never takes a replica. */
  readonly kinds: Integers
  readonly ranks: Integers
  readonly places: Places
  /** By row: the group that the node is in; `out` while it takes no replica. */
  readonly groups: Integers
  readonly heaps: Heap[]
  readonly groupOf: Map<Key, number>
  readonly keys: Key[]
  /** Groups that nobody is in. */
  readonly vacant: number[]
  readonly sums: readonly Sum[]
  /** By row: up to which change it was looked at last. */
  readonly fresh: Amounts
  /** The first change that it has not seen. */
  seen: number
}

/** Nodes, masks and columns, each of which is another when it says anything else. */
type Ground = readonly unknown[]

/** What nodes alike have in common: their kind, and what changes with what stands on them. */
type Key = number | string

const out = -1

const groundOf = ({ masks, columns }: Reads, { roster, given }: Parts): Ground => [
  rankedRows(roster),
  ...masks.map((mask) => given.members[mask]),
  ...columns.map((column) => given.numbers[column]),
]

/** Whether it still speaks of the nodes as they are, but for what stands on them. */
export const stands = ({ reads, ground }: ClassIndex, parts: Parts): boolean =>
  groundOf(reads, parts).every((one, i) => one === ground[i])

/** Nothing where the class looks at too much. */
export const openIndex = (draft: Draft, described: Class): ClassIndex | undefined => {
  const parts = partsOf(draft)
  const reads = readsOf(described, parts)
  if (reads === undefined) return undefined
  const ranked = rankedRows(parts.roster)
  const rows = parts.roster.specs.length
  const ranks = new Int32Array(rows)
  for (let i = 0; i < ranked.length; i++) ranks[ranked[i]!] = i
  const index: ClassIndex = {
    described,
    reads,
    ground: groundOf(reads, parts),
    kinds: new Int32Array(rows).fill(out),
    groups: new Int32Array(rows).fill(out),
    ranks,
    places: new Int32Array(ranked.length),
    heaps: [],
    groupOf: new Map(),
    keys: [],
    vacant: [],
    fresh: new Float64Array(rows),
    sums: [...reads.wide, ...reads.ranged].map((tally) => sumOf(parts, tally)),
    seen: changesOf(draft).count,
  }
  const candidates = { rows: ranked.slice(), count: ranked.length }
  for (const filter of reads.fixed) narrow(filter, parts, candidates)
  nameKinds(index, parts, candidates, scratchOf(draft))
  refresh(index, parts, candidates, scratchOf(draft))
  return index
}

const nameKinds = (
  { reads, kinds }: ClassIndex,
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): void => {
  const { rows, count } = candidates
  const domains = reads.wide.map((tally) => domainOf(parts, tally))
  const scores = columnsOf(reads.common, parts, candidates, scratch)
  const known = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const said = [...domains.map((at) => at(rows[i]!) ?? ''), ...scores.map((column) => column[i]!)]
    const key = said.join(' ')
    const kind = known.get(key) ?? known.size
    if (kind === known.size) known.set(key, kind)
    kinds[rows[i]!] = kind
  }
}

const columnsOf = (
  raws: readonly Raw[],
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): readonly Amounts[] => {
  clearScratch(scratch)
  return raws.map((raw) => rawScores(raw, { parts, candidates, scratch }))
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
  if (candidates.count < count) departOthers(index, before, count, candidates)
  clearScratch(scratch)
  const values = valuesOf(index, parts, candidates, scratch)
  const keyAt = keysOf(index, parts, candidates, scratch)
  for (let i = 0; i < candidates.count; i++) putInto(index, rows[i]!, keyAt(i), values[i]!)
}

/** Takes those out that are not candidates any more; these are in the same order. */
const departOthers = (
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
  const group = index.groups[row]!
  if (group === out) return
  const heap = index.heaps[group]!
  depart(heap, index.places, index.ranks[row]!)
  index.groups[row] = out
  if (heap.ranks.length > 0) return
  index.groupOf.delete(index.keys[group]!)
  index.vacant.push(group)
}

const putInto = (index: ClassIndex, row: number, key: Key, value: number): void => {
  const group = index.groupOf.get(key)
  if (group !== undefined && group === index.groups[row]) {
    move(index.heaps[group]!, index.places, index.ranks[row]!, value)
    return
  }
  leaveGroup(index, row)
  const into = groupFor(index, key)
  index.groups[row] = into
  enter(index.heaps[into]!, index.places, index.ranks[row]!, value)
}

const groupFor = ({ groupOf, heaps, keys, vacant }: ClassIndex, key: Key): number => {
  const known = groupOf.get(key)
  if (known !== undefined) return known
  const group = vacant.pop() ?? heaps.length
  if (group === heaps.length) heaps.push(newHeap())
  groupOf.set(key, group)
  keys[group] = key
  return group
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
  { reads, kinds }: ClassIndex,
  parts: Parts,
  candidates: Candidates,
  scratch: Scratch,
): ((position: number) => Key) => {
  const { rows } = candidates
  if (reads.local.length + reads.moving.length === 0) return (i) => kinds[rows[i]!]!
  const counted = reads.local.map((tally) => census(parts, tally).countAt)
  const scores = reads.moving.map((raw) => rawScores(raw, { parts, candidates, scratch }))
  return (i) => {
    const counts = counted.map((at) => at(rows[i]!) ?? '')
    return [kinds[rows[i]!]!, ...counts, ...scores.map((column) => column[i]!)].join(' ')
  }
}

/** Sees what has changed. */
export const catchUp = (index: ClassIndex, draft: Draft): void => {
  const [parts, scratch, changes] = [partsOf(draft), scratchOf(draft), changesOf(draft)]
  if (index.seen === changes.count) return
  for (const sum of index.sums)
    for (let number = index.seen; number < changes.count; number++)
      addMove(sum, parts, moveOf(changes, number))
  refresh(index, parts, changedRows(index, changes, scratch), scratch)
  index.seen = changes.count
}

/** The rows that have changed, each once, but for those that never take a replica, or were a node in a trial alone. */
const changedRows = (
  { kinds, seen, fresh }: ClassIndex,
  changes: Changes,
  scratch: Scratch,
): Candidates => {
  const rows = lendRows(scratch, changes.count - seen)
  let count = 0
  for (let number = changes.count - 1; number >= seen; number--) {
    const row = nodeOf(changes, number)
    if ((kinds[row] ?? out) === out || fresh[row] === changes.count) continue
    fresh[row] = changes.count
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
  const view = { ...parts, indexed: indexedBy(index) }
  for (const filter of reads.shared) narrow(filter, view, candidates)
  if (candidates.count === 0) return undefined
  if (candidates.count === 1 && tie === 'rank') return candidates.rows[0]!
  clearScratch(scratch)
  const { deciding } = scoreAll(described.choice, { parts: view, candidates, scratch })
  const tops = bestOf(deciding, candidates.count, lendPositions(scratch, candidates.count))
  if (tie === 'rank') return candidates.rows[tops.positions[0]!]!
  const equal = [...tops.positions.subarray(0, tops.count)]
    .map((position) => index.heaps[index.groups[candidates.rows[position]!]!]!)
    .flatMap(equalToFirst)
    .sort((a, b) => a - b)
  const best = { positions: Int32Array.from(equal), count: equal.length }
  return rankedRows(parts.roster)[pick(tie, best, replica)]
}

/** The best of each group, in the order of rank. */
const standIns = ({ heaps }: ClassIndex, parts: Parts, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, heaps.length)
  let count = 0
  for (const { ranks } of heaps) if (ranks.length > 0) rows[count++] = ranks[0]!
  if (count > 1) rows.subarray(0, count).sort()
  const ranked = rankedRows(parts.roster)
  for (let i = 0; i < count; i++) rows[i] = ranked[rows[i]!]!
  return { rows, count }
}

const indexedBy = ({ sums, heaps, groups }: ClassIndex): NonNullable<Parts['indexed']> => ({
  countedOf: (tally) => sums.find((sum) => isSame(sum.tally, tally)),
  likeOf: (row) => heaps[groups[row]!]!.ranks.length,
})

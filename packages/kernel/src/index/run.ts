/**
 * Placing one replica after the other of one class without looking at every node again. Nodes that are alike in all that the class
 * looks at, but for how good they are, form a group, and the best of each group stands for it: what is judged and scored are these
 * few, by the same functions that judge and score every node by the book. A replica that was placed changes its node, which goes to
 * another group or another place in its own, and the sums of the domains that it is in.
 */
import type { Integers } from '../cluster/column.js'
import { masksOf } from '../cluster/classes.js'
import type { Parts } from '../cluster/parts.js'
import { phases } from '../cluster/replicas.js'
import { clearScratch, lendPositions, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { census, domainOf, eligibility, isLocal, sumsIn } from '../judge/census.js'
import { narrow } from '../judge/judge.js'
import type { Class } from '../rule/class.js'
import type { ClassId } from '../rule/id.js'
import type { Tally } from '../rule/tally.js'
import { bestOf, pick } from '../score/best.js'
import { rawScores, scoreAll } from '../score/score.js'
import { enter, equalToFirst, first, type Entry, type Heap } from './heap.js'
import { readsOf, type Reads } from './reads.js'

/** Nodes that are alike; those of them that take a replica are in the heap, which may also hold what stands no more. */
interface Group {
  readonly key: string
  readonly heap: Heap
  size: number
}

/** The counts of a tally by domain, and what a replica of the class adds to that of a node's domain. */
interface Sum {
  readonly tally: Tally
  readonly counts: Map<number, number>
  readonly added: number
  readonly domainAt: (row: number) => number | undefined
  readonly isEligible: (row: number) => boolean
}

export interface Run {
  readonly described: Class
  readonly reads: Reads
  readonly scratch: Scratch
  readonly groups: Map<string, Group>
  readonly sums: readonly Sum[]
  /** By row, while the node takes a replica. */
  readonly standing: Map<number, { readonly entry: Entry; readonly group: Group }>
}

/** Nothing where it would not pay: the class looks at too much, or too few nodes are alike. `candidates` are in the order of rank. */
export const openRun = (
  parts: Parts,
  id: ClassId,
  candidates: Candidates,
  scratch: Scratch,
  pays: (nodes: number, kinds: number) => boolean,
): Run | undefined => {
  const described = parts.classes.classes[id]!
  const reads = readsOf(described, parts)
  if (reads === undefined) return undefined
  const run: Run = {
    described,
    reads,
    scratch,
    groups: new Map(),
    sums: reads.tallies.filter((tally) => !isLocal(tally)).map((tally) => sumOf(parts, id, tally)),
    standing: new Map(),
  }
  for (const filter of reads.own) narrow(filter, parts, candidates)
  add(run, parts, candidates, (i) => i)
  return pays(candidates.count, run.groups.size) ? run : undefined
}

const sumOf = (parts: Parts, id: ClassId, tally: Tally): Sum => {
  const assumed = 1 << phases.indexOf('assumed')
  return {
    tally,
    counts: new Map(sumsIn(parts, tally)),
    added: (masksOf(parts.classes, tally.facts)[id]! & assumed) === 0 ? 0 : 1,
    domainAt: domainOf(parts, tally),
    isEligible: eligibility(parts, tally),
  }
}

/** Puts each of the candidates into its group. */
const add = (
  run: Run,
  parts: Parts,
  candidates: Candidates,
  rankOf: (position: number) => number,
): void => {
  const { rows, count } = candidates
  const keys = keysOf(run, parts, candidates)
  const values = valuesOf(run, parts, candidates)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const group = groupOf(run, keys(i))
    const entry = { row, value: values[i]!, rank: rankOf(i) }
    enter(group.heap, entry)
    group.size++
    run.standing.set(row, { entry, group })
  }
}

const groupOf = ({ groups }: Run, key: string): Group => {
  const known = groups.get(key)
  if (known !== undefined) return known
  const group: Group = { key, heap: [], size: 0 }
  groups.set(key, group)
  return group
}

/** What the nodes have in common with those of their group, as a text. */
const keysOf = (
  { reads, scratch }: Run,
  parts: Parts,
  candidates: Candidates,
): ((position: number) => string) => {
  const { rows } = candidates
  const counted = reads.tallies.map((tally) =>
    isLocal(tally) ? census(parts, tally).countAt : domainOf(parts, tally),
  )
  clearScratch(scratch)
  const scored = reads.common.map((raw) => rawScores(raw, { parts, candidates, scratch }).slice())
  return (i) =>
    [...counted.map((at) => at(rows[i]!) ?? ''), ...scored.map((scores) => scores[i]!)].join(' ')
}

const valuesOf = ({ reads, scratch }: Run, parts: Parts, candidates: Candidates) => {
  const values = new Float64Array(candidates.count)
  for (const { raw, factor } of reads.telling) {
    clearScratch(scratch)
    const scores = rawScores(raw, { parts, candidates, scratch })
    for (let i = 0; i < candidates.count; i++) values[i]! += factor * scores[i]!
  }
  return values
}

/** The row of the node for the next replica, which will have this id, or nothing. */
export const decideIn = (run: Run, parts: Parts, replica: number): number | undefined => {
  const { described, reads, scratch } = run
  const stands = (entry: Entry): boolean => run.standing.get(entry.row)?.entry === entry
  const candidates = standIns(run, stands)
  const view = { ...parts, indexed: indexedBy(run) }
  for (const filter of reads.shared) narrow(filter, view, candidates)
  if (candidates.count === 0) return undefined
  clearScratch(scratch)
  const { deciding } = scoreAll(described.choice, { parts: view, candidates, scratch })
  const best = bestOf(deciding, candidates.count, lendPositions(scratch, candidates.count))
  const { tie } = described.choice
  if (tie === 'rank') return candidates.rows[best.positions[0]!]!
  const equal = [...best.positions.subarray(0, best.count)]
    .map((position) => run.standing.get(candidates.rows[position]!)!.group)
    .flatMap(({ heap }) => equalToFirst(heap, stands))
  return pick(tie, { positions: inRank(equal), count: equal.length }, replica)
}

/** The best of each group, in the order of rank. */
const standIns = ({ groups }: Run, stands: (entry: Entry) => boolean): Candidates => {
  const found: Entry[] = []
  for (const { heap } of groups.values()) {
    const best = first(heap, stands)
    if (best !== undefined) found.push(best)
  }
  return { rows: inRank(found), count: found.length }
}

const inRank = (entries: Entry[]): Integers =>
  Int32Array.from(entries.sort((a, b) => a.rank - b.rank).map(({ row }) => row))

const indexedBy = ({ sums, standing }: Run): NonNullable<Parts['indexed']> => ({
  sumsOf: (tally) => sums.find((sum) => isSame(sum.tally, tally))?.counts,
  likeOf: (row) => standing.get(row)!.group.size,
})

const isSame = (one: Tally, other: Tally): boolean =>
  one === other ||
  (one.facts === other.facts &&
    one.domain === other.domain &&
    one.key === other.key &&
    one.absent === other.absent &&
    one.eligible === other.eligible &&
    one.removal === other.removal)

/** A replica of the class was placed on the node in this row, which was decided for it. */
export const noteBooked = (run: Run, parts: Parts, row: number): void => {
  for (const { counts, added, domainAt, isEligible } of run.sums) {
    const domain = domainAt(row)
    if (domain !== undefined && isEligible(row)) counts.set(domain, counts.get(domain)! + added)
  }
  const { entry, group } = run.standing.get(row)!
  if (--group.size === 0) run.groups.delete(group.key)
  run.standing.delete(row)
  const candidates = { rows: Int32Array.of(row), count: 1 }
  for (const filter of run.reads.own) narrow(filter, parts, candidates)
  add(run, parts, candidates, () => entry.rank)
}

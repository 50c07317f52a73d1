/**
 * What the nodes are to a class, once and for all: those that differ neither in what its filters
 * and scores read of them for ever, nor in the domains that they share with others, are of one
 * kind. Classes that read the same have the same kinds.
 */
import type { Amounts, Integers } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import { rankedRows } from '../cluster/roster.js'
import { clearScratch, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import { rawScores } from '../score/score.js'
import { domainsIn, type Domains } from './domains.js'
import type { Reads } from './reads.js'

export interface Kinds {
  /** By row; `out` for a node that never takes a replica. */
  readonly of: Integers
  /** By row: where the node stands among those of its kind, in the order of rank. */
  readonly positions: Integers
  /** By kind: the rows of the nodes, by position. */
  readonly members: readonly Integers[]
  /**
   * Of each score that nodes of a kind have in common, in the order of the reads, what it is, by
   * kind.
   */
  readonly scores: readonly Amounts[]
}

export const out = -1

/** Reads that have the same make the same kinds of the same nodes. */
export const keyOfKinds = ({ fixed, common, tallies }: Reads): string =>
  JSON.stringify([fixed, common, tallies.map(({ domain, key, absent }) => [domain, key, absent])])

export const kindsOf = (reads: Reads, parts: State, scratch: Scratch): Kinds => {
  const ranked = rankedRows(parts.roster)
  const candidates = { rows: ranked.slice(), count: ranked.length }
  for (const filter of reads.fixed) narrow(filter, parts, candidates)
  const { rows, count } = candidates
  const kindAt = new Int32Array(count)
  let kinds = 1
  for (const domains of sharedIn(reads, parts))
    kinds = refine(kindAt, kinds, (i) => domains.of[rows[i]!]!)
  clearScratch(scratch)
  const columns = reads.common.map((raw) => rawScores(raw, { state: parts, candidates, scratch }))
  for (const column of columns) kinds = refine(kindAt, kinds, (i) => column[i]!)
  const scores = columns.map((column) => byKind(column, kindAt, kinds))
  return { ...placedBy(kindAt, kinds, candidates, parts.roster.specs.length), scores }
}

/** Those in which more than one node may be. */
const sharedIn = ({ tallies }: Reads, parts: State): Iterable<Domains> =>
  new Set(tallies.map((tally) => domainsIn(parts, tally)).filter(({ isLone }) => !isLone))

/**
 * Makes two kinds of those of one that differ in something else too, and gives how many there are
 * then.
 */
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

const byKind = (column: Amounts, kindAt: Integers, kinds: number): Amounts => {
  const scores = new Float64Array(kinds)
  for (let i = 0; i < kindAt.length; i++) scores[kindAt[i]!] = column[i]!
  return scores
}

const placedBy = (
  kindAt: Integers,
  count: number,
  { rows }: Candidates,
  length: number,
): Omit<Kinds, 'scores'> => {
  const of = new Int32Array(length).fill(out)
  const positions = new Int32Array(length)
  const members = Array.from({ length: count }, (): number[] => [])
  for (let i = 0; i < kindAt.length; i++) {
    const [row, kind] = [rows[i]!, kindAt[i]!]
    of[row] = kind
    positions[row] = members[kind]!.push(row) - 1
  }
  return { of, positions, members: members.map((some) => Int32Array.from(some)) }
}

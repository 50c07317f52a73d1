/**
 * Splits the nodes into partitions for a class (a workload as the scheduler sees it). Nodes of one
 * partition are in the same domains, such as zones, and have equal fixed scores; a node that a
 * fixed filter refuses is in no partition. Fixed means that replicas do not change the result.
 */
import type { Amounts, Integers } from '../../cluster/column.js'
import type { State } from '../../cluster/state.js'
import { rankedRows } from '../../cluster/roster.js'
import { clearScratch, type Scratch } from '../../cluster/scratch.js'
import type { Candidates } from '../../judge/candidates.js'
import { narrow } from '../../judge/judge.js'
import type { Filter } from '../../rule/filter.js'
import type { RawScore } from '../../rule/raw.js'
import type { Tally } from '../../rule/expr.js'
import { rawScores } from '../../score/score.js'
import { domainsOf, type Domains } from './domains.js'

/** The rules of a class that decide the partition of a node. */
export interface StaticRules {
  /** Filters whose answer for a node cannot change. */
  readonly staticFilters: readonly Filter[]
  /** Scores whose value for a node cannot change. */
  readonly staticScores: readonly RawScore[]
  /** Tallies whose domains are compared. */
  readonly tallies: readonly Tally[]
}

export interface Partitions {
  /** By row: the number of the node's partition, or `noNumber`. */
  readonly partitionOf: Integers
  /** By row: the position of the node in its partition. */
  readonly positionOf: Integers
  /** By partition: the rows of its nodes in order of rank. */
  readonly members: readonly Integers[]
  /** For each static score: by partition, the score of its nodes. */
  readonly scores: readonly Amounts[]
}

/** The number of no partition, no group, no leaf and no row. */
export const noNumber = -1

/** A text that is equal for rules that give equal partitions of the same nodes. */
export const partitionsKey = ({ staticFilters, staticScores, tallies }: StaticRules): string =>
  JSON.stringify([
    staticFilters,
    staticScores,
    tallies.map(({ domain, key, absent }) => [domain, key, absent]),
  ])

/**
 * Domains of one node, such as hosts, are ignored. Partitions are never updated: new ones are
 * computed when a node joins, leaves or gets another description, or when a mask or column that the
 * class reads is replaced. Classes with equal static rules share partitions.
 */
export const partitionsOf = (rules: StaticRules, state: State, scratch: Scratch): Partitions => {
  const ranked = rankedRows(state.roster)
  const candidates = { rows: ranked.slice(), count: ranked.length }
  for (const filter of rules.staticFilters) narrow(filter, state, candidates)
  const { rows, count } = candidates
  const partitionAt = new Int32Array(count)
  let partitionCount = 1
  for (const domains of sharedDomains(rules, state))
    partitionCount = refine(partitionAt, partitionCount, (i) => domains.byRow[rows[i]!]!)
  clearScratch(scratch)
  const columns = rules.staticScores.map((raw) => rawScores(raw, { state, candidates, scratch }))
  for (const column of columns)
    partitionCount = refine(partitionAt, partitionCount, (i) => column[i]!)
  const scores = columns.map((column) => scoreByPartition(column, partitionAt, partitionCount))
  const rowCount = state.roster.specs.length
  return { ...membersOf(partitionAt, partitionCount, candidates, rowCount), scores }
}

/**
 * Domains that can have more than one node. The others would put each node in its own partition.
 */
const sharedDomains = ({ tallies }: StaticRules, state: State): Iterable<Domains> =>
  new Set(tallies.map((tally) => domainsOf(state, tally)).filter(({ isPerNode }) => !isPerNode))

/**
 * Splits every partition by a value of its nodes, and returns the new number of partitions.
 * `partitionAt` and `valueAt` are by position among the candidates.
 */
const refine = (
  partitionAt: Integers,
  partitionCount: number,
  valueAt: (i: number) => number,
): number => {
  const splits = Array.from({ length: partitionCount }, () => new Map<number, number>())
  let next = 0
  for (let i = 0; i < partitionAt.length; i++) {
    const [split, value] = [splits[partitionAt[i]!]!, valueAt(i)]
    const partition = split.get(value)
    if (partition === undefined) split.set(value, next)
    partitionAt[i] = partition ?? next++
  }
  return next
}

const scoreByPartition = (
  column: Amounts,
  partitionAt: Integers,
  partitionCount: number,
): Amounts => {
  const scores = new Float64Array(partitionCount)
  for (let i = 0; i < partitionAt.length; i++) scores[partitionAt[i]!] = column[i]!
  return scores
}

const membersOf = (
  partitionAt: Integers,
  partitionCount: number,
  { rows }: Candidates,
  rowCount: number,
): Omit<Partitions, 'scores'> => {
  const partitionOf = new Int32Array(rowCount).fill(noNumber)
  const positionOf = new Int32Array(rowCount)
  const lists = Array.from({ length: partitionCount }, (): number[] => [])
  for (let i = 0; i < partitionAt.length; i++) {
    const [row, partition] = [rows[i]!, partitionAt[i]!]
    partitionOf[row] = partition
    positionOf[row] = lists[partition]!.push(row) - 1
  }
  return { partitionOf, positionOf, members: lists.map((list) => Int32Array.from(list)) }
}

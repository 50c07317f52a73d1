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
import { domainsOf, type DomainTable, type Domains } from './domains.js'

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
  /**
   * By partition: the rows of its nodes in order of rank; `noNumber` where none is.
   */
  readonly members: readonly Integers[]
  /** For each static score: by partition, the score of its nodes. */
  readonly scores: readonly Amounts[]
  /** By partition: the row of any of its nodes, `noNumber` where there is none. */
  readonly samples: Integers
  /** What `moved-nodes.ts` changed: by threes, a row, and the partition and position it had. */
  readonly moves: number[]
  /** How many changes of nodes are applied; `noNumber` once they cannot be. */
  nextNode: number
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
 * Domains of one node, such as hosts, are ignored. New partitions are computed when a mask or
 * column that the class reads is replaced. With a table of domains there is room for nodes that
 * join. Classes with equal static rules share partitions.
 */
export const partitionsOf = (
  rules: StaticRules,
  state: State,
  scratch: Scratch,
  table?: DomainTable,
): Partitions => {
  const ranked = rankedRows(state.roster)
  const candidates = { rows: ranked.slice(), count: ranked.length }
  for (const filter of rules.staticFilters) narrow(filter, state, candidates)
  const { rows, count } = candidates
  const partitionAt = new Int32Array(count)
  let partitionCount = 1
  for (const domains of sharedDomains(rules, state, table))
    partitionCount = refine(partitionAt, partitionCount, (i) => domains.byRow[rows[i]!]!)
  clearScratch(scratch)
  const columns = rules.staticScores.map((raw) => rawScores(raw, { state, candidates, scratch }))
  for (const column of columns)
    partitionCount = refine(partitionAt, partitionCount, (i) => column[i]!)
  const scores = columns.map((column) => scoreByPartition(column, partitionAt, partitionCount))
  const rowCount = table?.rowsMax ?? state.roster.specs.length
  const isSpaced = table !== undefined
  return {
    ...membersOf(partitionAt, partitionCount, candidates, rowCount, isSpaced),
    scores,
    moves: [],
    nextNode: 0,
  }
}

/**
 * Domains that can have more than one node. The others would put each node in its own partition.
 */
export const sharedDomains = (
  { tallies }: Pick<StaticRules, 'tallies'>,
  state: State,
  table?: DomainTable,
): ReadonlySet<Domains> =>
  new Set(
    tallies.map((tally) => domainsOf(state, tally, table)).filter(({ isPerNode }) => !isPerNode),
  )

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
  isSpaced: boolean,
): Pick<Partitions, 'partitionOf' | 'positionOf' | 'members' | 'samples'> => {
  const partitionOf = new Int32Array(rowCount).fill(noNumber)
  const positionOf = new Int32Array(rowCount)
  const lists = Array.from({ length: partitionCount }, (): number[] => [])
  for (let i = 0; i < partitionAt.length; i++) {
    const [row, partition] = [rows[i]!, partitionAt[i]!]
    partitionOf[row] = partition
    positionOf[row] = lists[partition]!.push(row) - 1
  }
  const samples = Int32Array.from(lists, ([row = noNumber]) => row)
  const members = lists.map((list) =>
    isSpaced ? spaceOut(list, positionOf) : Int32Array.from(list),
  )
  return { partitionOf, positionOf, members, samples }
}

/** A free position after every second node, and eight more. */
const spaceOut = (list: readonly number[], positionOf: Integers): Integers => {
  const spaced = new Int32Array(list.length + (list.length >> 1) + 8).fill(noNumber)
  for (const [i, row] of list.entries()) {
    const position = spreadPosition(i, list.length, spaced.length)
    spaced[position] = row
    positionOf[row] = position
  }
  return spaced
}

/** The position of the i-th of so many nodes, spread evenly over the positions. */
export const spreadPosition = (i: number, nodes: number, positions: number): number =>
  Math.floor(((i + 0.5) * positions) / nodes)

/** The first position after all nodes that sort before this rank; ranks are by row. */
export const positionBefore = (
  members: Integers,
  ranks: Integers | Amounts,
  rank: number,
): number => {
  let [low, high] = [0, members.length]
  while (low < high) {
    const middle = (low + high) >> 1
    let at = middle
    while (at >= low && members[at] === noNumber) at--
    if (at < low || ranks[members[at]!]! < rank) low = middle + 1
    else high = at
  }
  return low
}

/**
 * Moves nodes in and out of partitions (nodes in the same domains, such as zones, with equal fixed
 * scores) as they join, leave or are described anew. The members of a partition are a packed memory
 * array: sorted, with free positions between them, so that a node that joins moves few others.
 */
import type { Integers } from '../../cluster/column.js'
import { clearScratch, type Scratch } from '../../cluster/scratch.js'
import type { State } from '../../cluster/state.js'
import { narrow } from '../../judge/judge.js'
import { rawScores } from '../../score/score.js'
import type { DomainTable } from './domains.js'
import type { NodeLabels } from './node-labels.js'
import {
  noNumber,
  positionBefore,
  sharedDomains,
  spreadPosition,
  type Partitions,
  type StaticRules,
} from './partitions.js'

/** What nodes have joined, left or been described anew, and what is known of all nodes. */
export interface NodeSource {
  /** The rows of these nodes, in the order in which this became known. */
  readonly nodes: number[]
  readonly labels: NodeLabels
  readonly domains: DomainTable
}

/**
 * Applies all changes of nodes that are not applied yet. False where that is impossible: a node is
 * of no partition that has nodes, or its partition is full. Then new partitions are to be computed.
 */
export const catchUpPartitions = (
  partitions: Partitions,
  rules: StaticRules,
  source: NodeSource,
  state: State,
  scratch: Scratch,
): boolean => {
  const { nodes } = source
  const { nextNode, partitionOf } = partitions
  if (nextNode === nodes.length) return true
  partitions.nextNode = noNumber
  if (nextNode === noNumber || !paysToMove(partitions, nodes.length - nextNode)) return false
  const rows = new Set(nodes.slice(nextNode))
  for (const row of rows) if (partitionOf[row] !== noNumber) removeFromPartition(partitions, row)
  const partitionFor = partitionsByRow(partitions, rules, source, state, scratch, rows)
  for (const [row, partition] of partitionFor)
    if (partition === undefined || !insertNode(partitions, partition, row, source.labels))
      return false
  partitions.nextNode = nodes.length
  return true
}

/** Whether there are fewer nodes to move than would cost as much as new partitions. */
const paysToMove = ({ partitionOf, moves }: Partitions, rows: number): boolean =>
  8 * rows <= partitionOf.length && moves.length <= 12 * partitionOf.length + 4_096

/** The partition of each of these nodes that is in one, by its domains and fixed scores. */
const partitionsByRow = (
  { samples, scores }: Partitions,
  rules: StaticRules,
  { domains: table }: NodeSource,
  state: State,
  scratch: Scratch,
  changed: ReadonlySet<number>,
): readonly (readonly [row: number, partition: number | undefined])[] => {
  const rows = Int32Array.from(changed).filter((row) => state.roster.specs[row] !== undefined)
  const candidates = { rows, count: rows.length }
  for (const filter of rules.staticFilters) narrow(filter, state, candidates)
  const domains = [...sharedDomains(rules, state, table)]
  const keyOf = (row: number, own: readonly (number | undefined)[]): string =>
    [...domains.map(({ byRow }) => byRow[row]), ...own.map((score) => 0 + score!)].join()
  const partitionOfKey = new Map<string, number>()
  for (const [partition, row] of samples.entries())
    if (row !== noNumber)
      partitionOfKey.set(
        keyOf(
          row,
          scores.map((column) => column[partition]),
        ),
        partition,
      )
  clearScratch(scratch)
  const columns = rules.staticScores.map((raw) => rawScores(raw, { state, candidates, scratch }))
  return Array.from(rows.subarray(0, candidates.count), (row, i) => [
    row,
    partitionOfKey.get(
      keyOf(
        row,
        columns.map((column) => column[i]),
      ),
    ),
  ])
}

const removeFromPartition = (
  { partitionOf, positionOf, members, samples, moves }: Partitions,
  row: number,
): void => {
  const [partition, position] = [partitionOf[row]!, positionOf[row]!]
  moves.push(row, partition, position)
  members[partition]![position] = noNumber
  partitionOf[row] = noNumber
  if (samples[partition] === row) samples[partition] = nearest(members[partition]!, position)
}

/** The row at the nearest position that is not free; `noNumber` where all are. */
const nearest = (members: Integers, position: number): number => {
  for (let i = 1; i < members.length; i++) {
    const row = Math.max(members[position - i] ?? noNumber, members[position + i] ?? noNumber)
    if (row !== noNumber) return row
  }
  return noNumber
}

/** False where the partition is full. */
const insertNode = (
  partitions: Partitions,
  partition: number,
  row: number,
  labels: NodeLabels,
): boolean => {
  const members = partitions.members[partition]!
  const at = positionBefore(members, labels, labels[row]!)
  let distance = 0
  while (
    members[at + distance] !== noNumber &&
    members[at - 1 - distance] !== noNumber &&
    distance <= shiftMax
  )
    distance++
  if (distance > shiftMax) return spreadAround(partitions, partition, row, at)
  const [free, step, end] =
    members[at + distance] === noNumber ? [at + distance, -1, at] : [at - 1 - distance, 1, at - 1]
  for (let to = free; to !== end; to += step)
    setPosition(partitions, partition, members[to + step]!, to)
  setPosition(partitions, partition, row, end)
  return true
}

/** How many nodes are moved by one position rather than many spread out. */
const shiftMax = 4

/** Spreads the nodes around a position evenly, with the new one among them. */
const spreadAround = (
  partitions: Partitions,
  partition: number,
  row: number,
  at: number,
): boolean => {
  const members = partitions.members[partition]!
  const { length } = members
  for (let width = windowMin; width < 2 * length; width *= 2) {
    const size = Math.min(width, length)
    const from = Math.max(0, Math.min(at - (size >> 1), length - size))
    const before = members.subarray(from, at).filter((one) => one !== noNumber)
    const after = members.subarray(at, from + size).filter((one) => one !== noNumber)
    const nodes = before.length + 1 + after.length
    if (nodes > size * densityMax(size)) continue
    members.fill(noNumber, from, from + size)
    for (const [i, one] of [...before, row, ...after].entries())
      setPosition(partitions, partition, one, from + spreadPosition(i, nodes, size))
    return true
  }
  return false
}

/** The smallest number of positions over which nodes are spread. */
const windowMin = 16

/** How full a window may be: less, the larger it is, so that it is spread again only after many. */
const densityMax = (size: number): number => 1 - (31 - Math.clz32(size >> 3)) / 50

const setPosition = (
  { partitionOf, positionOf, members, samples, moves }: Partitions,
  partition: number,
  row: number,
  position: number,
): void => {
  members[partition]![position] = row
  if (partitionOf[row] === partition && positionOf[row] === position) return
  moves.push(row, partitionOf[row]!, positionOf[row]!)
  partitionOf[row] = partition
  positionOf[row] = position
  samples[partition] = row
}

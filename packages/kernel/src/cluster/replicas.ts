/**
 * The replicas: where each stands, of which class, in which phase. The replicas of one node form a
 * list through `next` and `previous`; `first` has its head by node row. Free rows form a list too,
 * through `next` from `free` on, the last that became free first. Links hold a row plus 1, so that
 * 0 is the end.
 */
import type { ReplicaId } from '../rule/id.js'
import type { Phase } from '../rule/match.js'
import { grownIntegers, type Integers } from './column.js'
import { generationOf, rowOf } from './generation.js'
import {
  fitRecords,
  noRecords,
  readField,
  shareRecords,
  writeField,
  type Records,
} from './records.js'

export const phases: readonly Phase[] = ['assumed', 'running', 'leaving']

export interface Replicas {
  rows: number
  free: number
  first: Integers
  /** By row; see `Field`. */
  readonly records: Records
}

/** What a record holds. `kind` is a class and a phase; of a free row it is `nobody`. */
const [nodeField, kindField, generationField, nextField, previousField] = [0, 1, 2, 3, 4]
const freeKind = -1

const kindOf = (classRow: number, phaseRow: number): number => classRow * 4 + phaseRow

export const emptyReplicas = (): Replicas => ({
  rows: 0,
  free: 0,
  first: new Int32Array(0),
  records: noRecords(),
})

export const copyReplicas = ({ rows, free, first, records }: Replicas): Replicas => ({
  rows,
  free,
  first: first.slice(),
  records: shareRecords(records),
})

/** The row of the node. */
export const nodeAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, nodeField)

/** Class and phase in one number. */
export const kindAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, kindField)

/** The row of the class; below 0 where the row is free. */
export const classAt = (replicas: Replicas, row: number): number => kindAt(replicas, row) >> 2

/** The phase's position in `phases`. */
export const phaseAt = (replicas: Replicas, row: number): number => kindAt(replicas, row) & 3

export const generationAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, generationField)

/** The link to the next older replica of the same node, or to the next free row. */
export const nextAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, nextField)

export const setKindAt = ({ records }: Replicas, row: number, kind: number): void =>
  writeField(records, row, kindField, kind)

/** The link to the next younger replica of the same node. */
export const previousAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, previousField)

export const setPhaseAt = (replicas: Replicas, row: number, phaseRow: number): void =>
  setKindAt(replicas, row, kindOf(classAt(replicas, row), phaseRow))

export const setGenerationAt = ({ records }: Replicas, row: number, generation: number): void =>
  writeField(records, row, generationField, generation)

/** Makes room for a number of nodes. */
export const fitNodes = (replicas: Replicas, nodes: number): void => {
  replicas.first = grownIntegers(replicas.first, nodes)
}

/**
 * Makes room for so many replicas more than there ever were, in rows that nobody has and that are
 * not on the free list.
 */
export const addRows = (replicas: Replicas, count: number): void => {
  replicas.rows += count
  fitRecords(replicas.records, replicas.rows)
}

/** The row that the next replica will get. */
export const nextRow = ({ rows, free }: Replicas): number => (free === 0 ? rows : free - 1)

/** The generation that the next replica will have. */
export const nextGeneration = (replicas: Replicas): number =>
  replicas.free === 0 ? 0 : generationAt(replicas, replicas.free - 1)

/** Puts a replica at the head of its node's list. */
export const addReplica = (
  replicas: Replicas,
  node: number,
  classRow: number,
  phaseRow: number,
): number => {
  const row = nextRow(replicas)
  if (replicas.free === 0) addRows(replicas, 1)
  else replicas.free = nextAt(replicas, row)
  putReplica(replicas, row, node, classRow, phaseRow)
  return row
}

/** Puts a replica in a row that nobody has, at the head of its node's list. */
export const putReplica = (
  { records, first }: Replicas,
  row: number,
  node: number,
  classRow: number,
  phaseRow: number,
): void => {
  const second = first[node]!
  writeField(records, row, nodeField, node)
  writeField(records, row, kindField, kindOf(classRow, phaseRow))
  writeField(records, row, nextField, second)
  writeField(records, row, previousField, 0)
  if (second > 0) writeField(records, second - 1, previousField, row + 1)
  first[node] = row + 1
}

/** Takes a replica out of its node's list. It remembers between which two it stood. */
export const unlink = (replicas: Replicas, row: number): void => {
  const { records, first } = replicas
  const next = nextAt(replicas, row)
  const previous = previousAt(replicas, row)
  if (next > 0) writeField(records, next - 1, previousField, previous)
  if (previous > 0) writeField(records, previous - 1, nextField, next)
  else first[nodeAt(replicas, row)] = next
}

/**
 * Puts a replica back between the two that it was taken from; several go back in the opposite
 * order.
 */
export const link = (replicas: Replicas, row: number): void => {
  const { records, first } = replicas
  const next = nextAt(replicas, row)
  const previous = previousAt(replicas, row)
  if (next > 0) writeField(records, next - 1, previousField, row + 1)
  if (previous > 0) writeField(records, previous - 1, nextField, row + 1)
  else first[nodeAt(replicas, row)] = row + 1
}

/**
 * Takes a replica out of its node's list and frees its row; ids that name it are outlived from now
 * on.
 */
export const removeReplica = (replicas: Replicas, row: number): void => {
  unlink(replicas, row)
  setGenerationAt(replicas, row, generationAt(replicas, row) + 1)
  freeRow(replicas, row)
}

/** Puts a row that nobody has on the free list: the next replica gets it. */
export const freeRow = (replicas: Replicas, row: number): void => {
  writeField(replicas.records, row, kindField, freeKind)
  writeField(replicas.records, row, nextField, replicas.free)
  replicas.free = row + 1
}

/** Undoes that a replica was removed, as the last that was, from where it stood. */
export const undoRemove = (
  replicas: Replicas,
  row: number,
  was: Readonly<Record<'node' | 'kind' | 'next' | 'previous', number>>,
): void => {
  const { records } = replicas
  replicas.free = nextAt(replicas, row)
  writeField(records, row, nodeField, was.node)
  writeField(records, row, kindField, was.kind)
  writeField(records, row, nextField, was.next)
  writeField(records, row, previousField, was.previous)
  setGenerationAt(replicas, row, generationAt(replicas, row) - 1)
  link(replicas, row)
}

/** Undoes that a replica was added, as the last that was, in a row that had been free. */
export const undoAddInFreeRow = (replicas: Replicas, row: number): void => {
  unlink(replicas, row)
  freeRow(replicas, row)
}

/** Undoes that a replica was added, as the last that was, in a row that nobody had ever had. */
export const undoAddInNewRow = (replicas: Replicas, row: number): void => {
  unlink(replicas, row)
  replicas.rows--
}

/** Whether the id's replica is still there; false for what is no id at all. */
export const hasReplica = (replicas: Replicas, replica: ReplicaId): boolean => {
  const row = rowOf(replica)
  return (
    Number.isInteger(row) &&
    row >= 0 &&
    row < replicas.rows &&
    classAt(replicas, row) >= 0 &&
    generationAt(replicas, row) === generationOf(replica)
  )
}

/** The rows of a node's replicas, the newest first. */
export const replicaRows = (replicas: Replicas, node: number): readonly number[] =>
  followLinks(replicas, replicas.first[node] ?? 0)

/** The free rows, in the order in which they are taken. */
export const freeRows = (replicas: Replicas): readonly number[] =>
  followLinks(replicas, replicas.free)

const followLinks = (replicas: Replicas, from: number): readonly number[] => {
  const rows: number[] = []
  for (let link = from; link > 0; link = nextAt(replicas, link - 1)) rows.push(link - 1)
  return rows
}

/**
 * Stores the replicas by row: node, class (a workload as the scheduler sees it) and phase. The
 * replicas of a node form a doubly linked list, newest first; the free rows form a second list.
 */
import type { ReplicaId } from '../rule/id.js'
import type { Phase } from '../rule/match.js'
import { grownIntegers, type Integers } from './column.js'
import { generationOf, rowCountMax } from './generation.js'
import {
  fitRecords,
  noRecords,
  recordStart,
  recordToRead,
  readField,
  shareRecords,
  recordToWrite,
  writeField,
  type Records,
} from './records.js'

/** The phases in the order of their numbers. */
export const phases: readonly Phase[] = ['assumed', 'running', 'leaving']

/**
 * `rows` is how many rows there ever were; `first` and `free` are links. `first` holds the head of
 * the list of each node row; `free` is the head of the free list, whose last freed row is reused
 * first. A link is a row plus 1, and 0 ends a list.
 */
export interface Replicas {
  rows: number
  free: number
  first: Integers
  /** Five fields per replica row. */
  readonly records: Records
}

/** What a record holds. `kind` is a class and a phase, or `freeKind`. */
const nodeField = 0
const kindField = 1
const generationField = 2
const nextField = 3
const previousField = 4
/** The kind of a row that holds no replica, and of a replica that is out of its node's list. */
export const freeKind = -1

/** Class and phase packed into one integer; a free row holds `freeKind` instead. */
const kindOf = (classRow: number, phaseRow: number): number => classRow * 4 + phaseRow

/** No replicas. */
export const emptyReplicas = (): Replicas => ({
  rows: 0,
  free: 0,
  first: new Int32Array(0),
  records: noRecords(),
})

/** A copy that can be written to; it shares the records. */
export const copyReplicas = ({ rows, free, first, records }: Replicas): Replicas => ({
  rows,
  free,
  first: first.slice(),
  records: shareRecords(records),
})

/** The node row of a replica. */
export const nodeAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, nodeField)

/** Class and phase of a replica in one integer. */
export const kindAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, kindField)

/** The class row in a kind; negative in that of a free row. */
export const classOfKind = (kind: number): number => kind >> 2

/** The phase in a kind, as a position in `phases`. */
export const phaseOfKind = (kind: number): number => kind & 3

/** The class row of a replica; negative when the row is free. */
export const classAt = (replicas: Replicas, row: number): number =>
  classOfKind(kindAt(replicas, row))

/** The phase of a replica, as a position in `phases`. */
export const phaseAt = (replicas: Replicas, row: number): number =>
  phaseOfKind(kindAt(replicas, row))

/** The generation of a row. */
export const generationAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, generationField)

/** The link to the next older replica of the same node, or to the next free row. */
export const nextAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, nextField)

/** Sets class and phase. */
export const setKindAt = ({ records }: Replicas, row: number, kind: number): void =>
  writeField(records, row, kindField, kind)

/** The link to the next newer replica of the same node. */
export const previousAt = ({ records }: Replicas, row: number): number =>
  readField(records, row, previousField)

/** Sets the phase and keeps the class. */
export const setPhaseAt = (replicas: Replicas, row: number, phaseRow: number): void =>
  setKindAt(replicas, row, kindOf(classAt(replicas, row), phaseRow))

/** Sets the class and keeps the phase. */
export const setClassAt = (replicas: Replicas, row: number, classRow: number): void =>
  setKindAt(replicas, row, kindOf(classRow, phaseAt(replicas, row)))

/** Sets the generation of a row. */
export const setGenerationAt = ({ records }: Replicas, row: number, generation: number): void =>
  writeField(records, row, generationField, generation)

/** Makes room for so many node rows. */
export const fitNodes = (replicas: Replicas, nodes: number): void => {
  replicas.first = grownIntegers(replicas.first, nodes)
}

/** Adds so many rows that have no replica and are not on the free list. */
export const addRows = (replicas: Replicas, count: number): void => {
  replicas.rows += count
  fitRecords(replicas.records, replicas.rows)
}

/** Whether every row has a replica, so that the next one could have no id. */
export const isFull = ({ rows, free }: Replicas): boolean => free === 0 && rows >= rowCountMax

/** The row that the next replica will get. */
export const nextRow = ({ rows, free }: Replicas): number => (free === 0 ? rows : free - 1)

/** The generation that the next replica will have. */
export const nextGeneration = (replicas: Replicas): number =>
  replicas.free === 0 ? 0 : generationAt(replicas, replicas.free - 1)

/**
 * Adds a replica at the head of its node's list and returns its row: the last freed one, or a new
 * one.
 */
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

/** Writes a replica into a row that has none, at the head of its node's list. */
export const putReplica = (
  { records, first }: Replicas,
  row: number,
  node: number,
  classRow: number,
  phaseRow: number,
): void => {
  const second = first[node]!
  const chunk = recordToWrite(records, row)
  const at = recordStart(row)
  chunk[at + nodeField] = node
  chunk[at + kindField] = kindOf(classRow, phaseRow)
  chunk[at + nextField] = second
  chunk[at + previousField] = 0
  if (second > 0) writeField(records, second - 1, previousField, row + 1)
  first[node] = row + 1
}

/** Takes a replica out of its node's list. Its own links stay, so that `link` can put it back. */
export const unlink = (replicas: Replicas, row: number): void =>
  closeGap(replicas, nodeAt(replicas, row), nextAt(replicas, row), previousAt(replicas, row))

/** Links the neighbours of a replica to each other, in the list of a node. */
const closeGap = (
  { records, first }: Replicas,
  node: number,
  next: number,
  previous: number,
): void => {
  if (next > 0) writeField(records, next - 1, previousField, previous)
  if (previous > 0) writeField(records, previous - 1, nextField, next)
  else first[node] = next
}

/** Puts an unlinked replica back between its two neighbours; several go back in reverse order. */
export const link = (replicas: Replicas, row: number): void => {
  const { records, first } = replicas
  const next = nextAt(replicas, row)
  const previous = previousAt(replicas, row)
  if (next > 0) writeField(records, next - 1, previousField, row + 1)
  if (previous > 0) writeField(records, previous - 1, nextField, row + 1)
  else first[nodeAt(replicas, row)] = row + 1
}

/**
 * Removes a replica and frees its row, which is then at the head of the free list. The generation
 * rises, so its old id names nothing.
 */
export const removeReplica = (replicas: Replicas, row: number): void => {
  const chunk = recordToWrite(replicas.records, row)
  const at = recordStart(row)
  closeGap(replicas, chunk[at + nodeField]!, chunk[at + nextField]!, chunk[at + previousField]!)
  chunk[at + generationField]!++
  chunk[at + kindField] = freeKind
  chunk[at + nextField] = replicas.free
  replicas.free = row + 1
}

/** Puts a row without a replica at the head of the free list. */
export const freeRow = (replicas: Replicas, row: number): void => {
  writeField(replicas.records, row, kindField, freeKind)
  writeField(replicas.records, row, nextField, replicas.free)
  replicas.free = row + 1
}

/** Undoes the latest `removeReplica`, with the fields that the replica had. */
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

/** Undoes the latest `addReplica` that reused a free row. */
export const undoAddInFreeRow = (replicas: Replicas, row: number): void => {
  unlink(replicas, row)
  freeRow(replicas, row)
}

/** Undoes the latest `addReplica` that made a new row. */
export const undoAddInNewRow = (replicas: Replicas, row: number): void => {
  unlink(replicas, row)
  replicas.rows--
}

/** True when the id's replica exists; false for any other value, of whatever type. */
export const hasReplica = (replicas: Replicas, replica: ReplicaId): boolean => {
  // Arithmetic takes null, false and an empty text for 0, and throws for a bigint or a symbol.
  if (!Number.isInteger(replica)) return false
  const generation = generationOf(replica)
  const row = replica - generation * rowCountMax
  if (row < 0 || row >= replicas.rows) return false
  const chunk = recordToRead(replicas.records, row)
  const at = recordStart(row)
  return chunk[at + kindField]! >= 0 && chunk[at + generationField] === generation
}

/** The row of a replica whose class row passes; undefined when there is none. Reads every row. */
export const findReplica = (
  replicas: Replicas,
  passes: (classRow: number) => boolean,
): number | undefined => {
  for (let row = 0; row < replicas.rows; row++) {
    const classRow = classAt(replicas, row)
    if (classRow >= 0 && passes(classRow)) return row
  }
  return undefined
}

/** The rows of a node's replicas, the newest first. */
export const replicaRows = (replicas: Replicas, node: number): readonly number[] =>
  followLinks(replicas, replicas.first[node] ?? 0)

/** The free rows, in the order in which they are reused. */
export const freeRows = (replicas: Replicas): readonly number[] =>
  followLinks(replicas, replicas.free)

const followLinks = (replicas: Replicas, from: number): readonly number[] => {
  const rows: number[] = []
  for (let link = from; link > 0; link = nextAt(replicas, link - 1)) rows.push(link - 1)
  return rows
}

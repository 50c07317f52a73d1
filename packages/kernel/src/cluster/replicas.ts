/**
 * The replicas: where each stands, of which class, in which phase. The replicas of one node form a list through `next` and
 * `previous`; `first` has its head by node row. Links hold a row plus 1, so that 0 is the end.
 *
 * A free row is of node 0 and on the free list; the list alone says that it is free, together with `class` being -1.
 */
import type { ReplicaId } from '../rule/id.js'
import type { Phase } from '../rule/tally.js'
import { grownIntegers, type Integers } from './column.js'
import { generationOf, rowOf } from './generation.js'

export const phases: readonly Phase[] = ['assumed', 'running', 'leaving']

export interface Replicas {
  rows: number
  readonly free: number[]
  node: Integers
  class: Integers
  phase: Integers
  generation: Integers
  next: Integers
  previous: Integers
  first: Integers
}

export const emptyReplicas = (): Replicas => ({
  rows: 0,
  free: [],
  node: new Int32Array(0),
  class: new Int32Array(0),
  phase: new Int32Array(0),
  generation: new Int32Array(0),
  next: new Int32Array(0),
  previous: new Int32Array(0),
  first: new Int32Array(0),
})

export const copyReplicas = (replicas: Replicas): Replicas => ({
  rows: replicas.rows,
  free: replicas.free.slice(),
  node: replicas.node.slice(),
  class: replicas.class.slice(),
  phase: replicas.phase.slice(),
  generation: replicas.generation.slice(),
  next: replicas.next.slice(),
  previous: replicas.previous.slice(),
  first: replicas.first.slice(),
})

const growReplicas = (replicas: Replicas, rows: number): void => {
  replicas.node = grownIntegers(replicas.node, rows)
  replicas.class = grownIntegers(replicas.class, rows)
  replicas.phase = grownIntegers(replicas.phase, rows)
  replicas.generation = grownIntegers(replicas.generation, rows)
  replicas.next = grownIntegers(replicas.next, rows)
  replicas.previous = grownIntegers(replicas.previous, rows)
}

/** Makes room for a number of nodes. */
export const fitNodes = (replicas: Replicas, nodes: number): void => {
  replicas.first = grownIntegers(replicas.first, nodes)
}

/** The row that the next replica will get. */
export const nextRow = (replicas: Replicas): number =>
  replicas.free.length === 0 ? replicas.rows : replicas.free[replicas.free.length - 1]!

/** Puts a replica at the head of its node's list. */
export const addReplica = (
  replicas: Replicas,
  node: number,
  classRow: number,
  phase: Phase,
): number => {
  const row = nextRow(replicas)
  if (replicas.free.pop() === undefined) growReplicas(replicas, ++replicas.rows)
  replicas.node[row] = node
  replicas.class[row] = classRow
  replicas.phase[row] = phases.indexOf(phase)
  const second = replicas.first[node]!
  replicas.next[row] = second
  replicas.previous[row] = 0
  if (second > 0) replicas.previous[second - 1] = row + 1
  replicas.first[node] = row + 1
  return row
}

/** Takes a replica out of its node's list. It remembers between which two it stood. */
export const unlink = (replicas: Replicas, row: number): void => {
  const next = replicas.next[row]!
  const previous = replicas.previous[row]!
  if (next > 0) replicas.previous[next - 1] = previous
  if (previous > 0) replicas.next[previous - 1] = next
  else replicas.first[replicas.node[row]!] = next
}

/** Puts a replica back between the two that it was taken from; several go back in the opposite order. */
export const link = (replicas: Replicas, row: number): void => {
  const next = replicas.next[row]!
  const previous = replicas.previous[row]!
  if (next > 0) replicas.previous[next - 1] = row + 1
  if (previous > 0) replicas.next[previous - 1] = row + 1
  else replicas.first[replicas.node[row]!] = row + 1
}

/** Takes a replica out of its node's list and frees its row. */
export const removeReplica = (replicas: Replicas, row: number): void => {
  unlink(replicas, row)
  replicas.node[row] = 0
  replicas.class[row] = -1
  replicas.generation[row]!++
  replicas.free.push(row)
}

/** Whether the id's replica is still there. */
export const hasReplica = (replicas: Replicas, replica: ReplicaId): boolean => {
  const row = rowOf(replica)
  return (
    row < replicas.rows &&
    replicas.class[row]! >= 0 &&
    replicas.generation[row] === generationOf(replica)
  )
}

/** The rows of a node's replicas, the newest first. */
export const replicaRows = (replicas: Replicas, node: number): readonly number[] => {
  const rows: number[] = []
  for (let link = replicas.first[node] ?? 0; link > 0; link = replicas.next[link - 1]!)
    rows.push(link - 1)
  return rows
}

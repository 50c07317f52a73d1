/**
 * Reads nodes and replicas from a cluster or draft (the mutable cluster inside `batch`) without
 * changing it. A node that is unknown, or that has left, has no name, no load and no replicas.
 */
import type { Vector } from '../rule/dimension.js'
import type { ClassId, DimensionId, NodeId, ReplicaId } from '../rule/id.js'
import type { Phase } from '../rule/match.js'
import { stateOf, type View } from './cluster.js'
import { generationOf, idOf, rowOf } from './generation.js'
import type { State } from './state.js'
import { classAt, generationAt, hasReplica, phaseAt, phases, replicaRows } from './replicas.js'
import { hasNode, rankedRows } from './roster.js'

/** One replica: its class, its node and its phase. */
export interface Replica {
  readonly id: ReplicaId
  readonly class: ClassId
  readonly node: NodeId
  readonly phase: Phase
}

/** The current id of the node in a row. */
export const nodeIdOf = (state: State, row: number): NodeId =>
  idOf(row, state.roster.generations[row]!) as NodeId

/** The current id of the class in a row. */
export const classIdOf = ({ classes }: State, row: number): ClassId =>
  idOf(row, classes.generations[row]!) as ClassId

/** All nodes in the order of rank: by name, in code-unit order. */
export const nodeIds = (view: View): readonly NodeId[] => {
  const state = stateOf(view)
  return Array.from(rankedRows(state.roster), (row) => nodeIdOf(state, row))
}

/** The rows of these nodes, without those that have left. */
export const nodeRows = (state: State, ids: readonly NodeId[]): readonly number[] =>
  ids.filter((id) => hasNode(state.roster, id)).map(rowOf)

/** The name of a node; an empty text for a node that has left. */
export const nodeName = (view: View, node: NodeId): string => {
  const { roster } = stateOf(view)
  return hasNode(roster, node) ? roster.specs[rowOf(node)]!.name : ''
}

/** What the node's replicas occupy, in the dimensions where that is not 0. */
export const nodeLoad = (view: View, node: NodeId): Vector => {
  const state = stateOf(view)
  const { load, rare } = state.loads
  return nodeRows(state, [node]).flatMap((row) => [
    ...load
      .map((column, dimension) => [dimension as DimensionId, column[row] ?? 0] as const)
      .filter(([, amount]) => amount !== 0),
    ...[...(rare.get(row) ?? [])].sort(([one], [other]) => one - other),
  ])
}

/** Whether a replica was there and is gone: its row has been freed since. */
export const isGone = (view: View, replica: ReplicaId): boolean => {
  const { replicas } = stateOf(view)
  const row = rowOf(replica)
  return (
    Number.isInteger(row) &&
    row < replicas.rows &&
    !hasReplica(replicas, replica) &&
    generationOf(replica) < generationAt(replicas, row)
  )
}

/** The node's replicas, the oldest first. */
export const replicasOn = (view: View, node: NodeId): readonly Replica[] => {
  const state = stateOf(view)
  const { replicas } = state
  return nodeRows(state, [node])
    .flatMap((row) => replicaRows(replicas, row))
    .map((row) => ({
      id: idOf(row, generationAt(replicas, row)) as ReplicaId,
      class: classIdOf(state, classAt(replicas, row)),
      node,
      phase: phases[phaseAt(replicas, row)]!,
    }))
    .reverse()
}

/**
 * Looking at a cluster, or at a draft: none of this changes or copies anything. An id that is not known, or that outlived what it
 * named, gives nothing.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Class } from '../rule/class.js'
import type { Vector } from '../rule/dimension.js'
import type { ClassId, Dimension, NodeId, ReplicaId, Word } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { Phase } from '../rule/tally.js'
import { partsOf, type View } from './cluster.js'
import { idOf, rowOf } from './generation.js'
import type { Parts } from './parts.js'
import { phases, replicaRows } from './replicas.js'
import { hasNode, rankedRows } from './roster.js'

/** A replica as it can be seen. */
export interface Replica {
  readonly id: ReplicaId
  readonly class: ClassId
  readonly node: NodeId
  readonly phase: Phase
}

export const nodeIdOf = (parts: Parts, row: number): NodeId =>
  idOf(row, parts.roster.generations[row]!) as NodeId

/** All nodes, in the order of rank: by name, in code-unit order. */
export const nodes = (view: View): readonly NodeId[] => {
  const parts = partsOf(view)
  return Array.from(rankedRows(parts.roster), (row) => nodeIdOf(parts, row))
}

export const findNode = (view: View, name: string): O.Option<NodeId> => {
  const parts = partsOf(view)
  const row = parts.roster.rowOfName.get(name)
  return row === undefined ? O.none : O.some(nodeIdOf(parts, row))
}

/** The rows of those ids whose node is still there. */
export const rowsOf = (parts: Parts, ids: readonly NodeId[]): readonly number[] =>
  ids.filter((id) => hasNode(parts.roster, id)).map(rowOf)

export const nodeSpec = (view: View, node: NodeId): O.Option<NodeSpec> => {
  const parts = partsOf(view)
  return O.fromNullable(rowsOf(parts, [node]).map((row) => parts.roster.specs[row])[0])
}

/** What the node's replicas take, in the dimensions where that is not 0. */
export const nodeLoad = (view: View, node: NodeId): Vector => {
  const parts = partsOf(view)
  return rowsOf(parts, [node]).flatMap((row) =>
    parts.loads.load
      .map((column, dimension) => [dimension as Dimension, column[row] ?? 0] as const)
      .filter(([, amount]) => amount !== 0),
  )
}

/** The node's replicas, the oldest first. */
export const replicasOn = (view: View, node: NodeId): readonly Replica[] => {
  const parts = partsOf(view)
  const { replicas } = parts
  return rowsOf(parts, [node])
    .flatMap((row) => replicaRows(replicas, row))
    .map((row) => ({
      id: idOf(row, replicas.generation[row]!) as ReplicaId,
      class: replicas.class[row]! as ClassId,
      node,
      phase: phases[replicas.phase[row]!]!,
    }))
    .reverse()
}

export const classOf = (view: View, id: ClassId): O.Option<Class> =>
  O.fromNullable(partsOf(view).classes.classes[id])

export const wordText = (view: View, word: Word): O.Option<string> =>
  O.fromNullable(partsOf(view).words.texts[word])

export const dimensionName = (view: View, dimension: Dimension): O.Option<string> =>
  O.fromNullable(partsOf(view).dimensions.texts[dimension])

/**
 * Looks up nodes, classes (workloads as the scheduler sees them) and names by their ids, and nodes
 * by their names. Searches a cluster or a draft (the mutable cluster inside `batch`), and returns
 * `none` for an unknown or outdated id.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { ClassSpec } from '../rule/class.js'
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, WordId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { classWith } from './classes.js'
import { stateOf, type View } from './cluster.js'
import { nodeIdOf, nodeRows } from './read.js'

/** The node of a name; none when no node has it. */
export const findNode = (view: View, name: string): O.Option<NodeId> => {
  const state = stateOf(view)
  const row = state.roster.rowOfName.get(name)
  return row === undefined ? O.none : O.some(nodeIdOf(state, row))
}

/** The description of a node; none when it has left. */
export const nodeSpec = (view: View, node: NodeId): O.Option<NodeSpec> => {
  const state = stateOf(view)
  return O.fromNullable(nodeRows(state, [node]).map((row) => state.roster.specs[row])[0])
}

/** The description of a class; none for an unknown id. */
export const findClass = (view: View, id: ClassId): O.Option<ClassSpec> =>
  O.fromNullable(classWith(stateOf(view).classes, id))

/** The text of an interned word. */
export const wordText = (view: View, word: WordId): O.Option<string> =>
  O.fromNullable(stateOf(view).words.texts.get(word))

/** The name of a dimension. */
export const dimensionName = (view: View, dimension: DimensionId): O.Option<string> =>
  O.fromNullable(stateOf(view).dimensions.texts.get(dimension))

/** The name of a mask. */
export const maskName = (view: View, of: MaskId): O.Option<string> =>
  O.fromNullable(stateOf(view).inputs.masks.texts.get(of))

/** The name of a column. */
export const columnName = (view: View, of: ColumnId): O.Option<string> =>
  O.fromNullable(stateOf(view).inputs.columns.texts.get(of))

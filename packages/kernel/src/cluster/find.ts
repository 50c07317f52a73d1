/**
 * Looking things up in a cluster, or in a draft. An id that is not known, or that outlived what it
 * named, gives nothing.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { ClassSpec } from '../rule/class.js'
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, WordId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { stateOf, type View } from './cluster.js'
import { nodeIdOf, nodeRows } from './read.js'

export const findNode = (view: View, name: string): O.Option<NodeId> => {
  const state = stateOf(view)
  const row = state.roster.rowOfName.get(name)
  return row === undefined ? O.none : O.some(nodeIdOf(state, row))
}

export const nodeSpec = (view: View, node: NodeId): O.Option<NodeSpec> => {
  const state = stateOf(view)
  return O.fromNullable(nodeRows(state, [node]).map((row) => state.roster.specs[row])[0])
}

export const findClass = (view: View, id: ClassId): O.Option<ClassSpec> =>
  O.fromNullable(stateOf(view).classes.classes[id])

export const wordText = (view: View, word: WordId): O.Option<string> =>
  O.fromNullable(stateOf(view).words.texts[word])

export const dimensionName = (view: View, dimension: DimensionId): O.Option<string> =>
  O.fromNullable(stateOf(view).dimensions.texts[dimension])

export const maskName = (view: View, of: MaskId): O.Option<string> =>
  O.fromNullable(stateOf(view).inputs.masks.texts[of])

export const columnName = (view: View, of: ColumnId): O.Option<string> =>
  O.fromNullable(stateOf(view).inputs.columns.texts[of])

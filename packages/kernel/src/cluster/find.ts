/**
 * Looking things up in a cluster, or in a draft. An id that is not known, or that outlived what it
 * named, gives nothing.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { ClassSpec } from '../rule/class.js'
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, WordId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { stateOf, type View } from './cluster.js'
import { nodeIdOf, rowsOf } from './read.js'

export const findNode = (view: View, name: string): O.Option<NodeId> => {
  const parts = stateOf(view)
  const row = parts.roster.rowOfName.get(name)
  return row === undefined ? O.none : O.some(nodeIdOf(parts, row))
}

export const nodeSpec = (view: View, node: NodeId): O.Option<NodeSpec> => {
  const parts = stateOf(view)
  return O.fromNullable(rowsOf(parts, [node]).map((row) => parts.roster.specs[row])[0])
}

export const findClass = (view: View, id: ClassId): O.Option<ClassSpec> =>
  O.fromNullable(stateOf(view).classes.classes[id])

export const wordText = (view: View, word: WordId): O.Option<string> =>
  O.fromNullable(stateOf(view).words.texts[word])

export const dimensionName = (view: View, dimension: DimensionId): O.Option<string> =>
  O.fromNullable(stateOf(view).dimensions.texts[dimension])

export const maskName = (view: View, of: MaskId): O.Option<string> =>
  O.fromNullable(stateOf(view).given.masks.texts[of])

export const columnName = (view: View, of: ColumnId): O.Option<string> =>
  O.fromNullable(stateOf(view).given.columns.texts[of])

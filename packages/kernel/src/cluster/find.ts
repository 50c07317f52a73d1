/**
 * Looking things up in a cluster, or in a draft. An id that is not known, or that outlived what it named, gives nothing.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Class } from '../rule/class.js'
import type { ClassId, Column, Dimension, Mask, NodeId, Word } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { partsOf, type View } from './cluster.js'
import { nodeIdOf, rowsOf } from './read.js'

export const findNode = (view: View, name: string): O.Option<NodeId> => {
  const parts = partsOf(view)
  const row = parts.roster.rowOfName.get(name)
  return row === undefined ? O.none : O.some(nodeIdOf(parts, row))
}

export const nodeSpec = (view: View, node: NodeId): O.Option<NodeSpec> => {
  const parts = partsOf(view)
  return O.fromNullable(rowsOf(parts, [node]).map((row) => parts.roster.specs[row])[0])
}

export const classOf = (view: View, id: ClassId): O.Option<Class> =>
  O.fromNullable(partsOf(view).classes.classes[id])

export const wordText = (view: View, word: Word): O.Option<string> =>
  O.fromNullable(partsOf(view).words.texts[word])

export const dimensionName = (view: View, dimension: Dimension): O.Option<string> =>
  O.fromNullable(partsOf(view).dimensions.texts[dimension])

export const maskName = (view: View, of: Mask): O.Option<string> =>
  O.fromNullable(partsOf(view).given.masks.texts[of])

export const columnName = (view: View, of: Column): O.Option<string> =>
  O.fromNullable(partsOf(view).given.columns.texts[of])

/**
 * Wraps the lookups of nodes, classes and names for callers that use no Option. A lookup returns
 * the value, or `undefined` for an unknown id and for a node that has left; `nodesWhere` returns a
 * `Result`.
 */
import type { View } from '../cluster/cluster.js'
import * as find from '../cluster/find.js'
import * as where from '../place/nodes-where.js'
import type { ClassSpec } from '../rule/class.js'
import type { Expr } from '../rule/expr.js'
import type { BadExpr } from '../rule/fault.js'
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, WordId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { resultOf, valueOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/** The node of a name. */
export const findNode = (view: View, name: string): NodeId | undefined =>
  valueOf(find.findNode(view, name))

/** The description with which a node joined. */
export const nodeSpec = (view: View, node: NodeId): NodeSpec | undefined =>
  valueOf(find.nodeSpec(view, node))

/** The description of a class. */
export const findClass = (view: View, id: ClassId): ClassSpec | undefined =>
  valueOf(find.findClass(view, id))

/** The text of an interned word. */
export const wordText = (view: View, word: WordId): string | undefined =>
  valueOf(find.wordText(view, word))

/** The name of a dimension. */
export const dimensionName = (view: View, dimension: DimensionId): string | undefined =>
  valueOf(find.dimensionName(view, dimension))

/** The name of a mask. */
export const maskName = (view: View, of: MaskId): string | undefined =>
  valueOf(find.maskName(view, of))

/** The name of a column. */
export const columnName = (view: View, of: ColumnId): string | undefined =>
  valueOf(find.columnName(view, of))

/**
 * The nodes of which an expression holds, in the order of rank; fails with the path of the first
 * wrong place.
 */
export const nodesWhere = (view: View, expr: Expr): Result<readonly NodeId[], BadExpr> =>
  resultOf(where.nodesWhere(view, expr))

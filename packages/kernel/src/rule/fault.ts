/**
 * What makes a well-meant change inapplicable. A fault carries the values that are needed to word
 * it; a change that ends in one has changed nothing.
 */
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, ReplicaId } from './id.js'
import type { Malformed } from './malformed.js'

export type Fault =
  | { readonly _tag: 'DuplicateNode'; readonly name: string }
  | { readonly _tag: 'UnknownNode'; readonly node: NodeId }
  | { readonly _tag: 'UnknownReplica'; readonly replica: ReplicaId }
  | { readonly _tag: 'UnknownClass'; readonly class: ClassId }
  | { readonly _tag: 'UnknownMask'; readonly mask: MaskId }
  | { readonly _tag: 'UnknownColumn'; readonly column: ColumnId }
  | { readonly _tag: 'Overloaded'; readonly node: NodeId; readonly dimension: DimensionId }
  | ({ readonly _tag: 'BadNode'; readonly name: string } & Malformed)
  | ({ readonly _tag: 'BadNodes'; readonly mask: MaskId } & Malformed)
  | ({ readonly _tag: 'BadNumber'; readonly column: ColumnId } & Malformed)
  | BadClass
  | BadExpr
  | BadEncoding

/**
 * A class that can not be evaluated: refused when it is defined, with the place of what is wrong.
 */
export type BadClass = { readonly _tag: 'BadClass' } & Malformed

/** An expression that can not be asked of a node: refused where it is asked. */
export type BadExpr = { readonly _tag: 'BadExpr' } & Malformed

/** Bytes that are no encoded state, or none that can be trusted: `at` is a path into the format. */
export type BadEncoding = { readonly _tag: 'BadEncoding' } & Malformed

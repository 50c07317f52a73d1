/**
 * Faults: why a change cannot be applied. A fault has the values that an adapter needs to word it.
 * A change that returns a fault has changed nothing.
 */
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, ReplicaId } from './id.js'
import type { Malformed } from './malformed.js'

/**
 * Every fault of the kernel, by tag. `Overloaded` means that a node's load of a dimension would
 * pass 2^53 and no longer be exact.
 */
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

/** `define` refused a class: `at` is the path of the first wrong field. */
export type BadClass = { readonly _tag: 'BadClass' } & Malformed

/** `nodesWhere` refused an expression: `at` is the path of the first wrong field. */
export type BadExpr = { readonly _tag: 'BadExpr' } & Malformed

/** `decode` refused bytes: `at` is a path into the format. */
export type BadEncoding = { readonly _tag: 'BadEncoding' } & Malformed

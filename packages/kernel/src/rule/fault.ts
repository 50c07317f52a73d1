/**
 * Defines the types of faults, the errors that say why a change of a cluster cannot be applied. A
 * fault carries the values from which an adapter (the Kubernetes or ECS package) can write a
 * message. A change that returns a fault has changed nothing.
 */
import type { ClassId, ColumnId, DimensionId, MaskId, NodeId, ReplicaId, WordId } from './id.js'
import type { MalformedValue } from './malformed.js'

/**
 * Every fault of the kernel, by tag. `Overloaded` means that a node's load of a dimension would
 * pass 2^53 and no longer be exact; `TooManyReplicas`, that no id is left for one more replica.
 */
export type Fault =
  | { readonly _tag: 'DuplicateNode'; readonly name: string }
  | { readonly _tag: 'UnknownNode'; readonly node: NodeId }
  | { readonly _tag: 'UnknownReplica'; readonly replica: ReplicaId }
  | { readonly _tag: 'UnknownClass'; readonly class: ClassId }
  | { readonly _tag: 'UnknownWord'; readonly word: WordId }
  | { readonly _tag: 'UnknownMask'; readonly mask: MaskId }
  | { readonly _tag: 'UnknownColumn'; readonly column: ColumnId }
  | { readonly _tag: 'Overloaded'; readonly node: NodeId; readonly dimension: DimensionId }
  | { readonly _tag: 'TooManyReplicas'; readonly max: number }
  | ({ readonly _tag: 'InUse' } & Use)
  | ({ readonly _tag: 'BadNode'; readonly name: string } & MalformedValue)
  | ({ readonly _tag: 'BadNodes'; readonly mask: MaskId } & MalformedValue)
  | ({ readonly _tag: 'BadNumber'; readonly column: ColumnId } & MalformedValue)
  | BadClass
  | BadExpr
  | BadEncoding

/**
 * What `forget` refused to drop, and one user of it: a replica of the class; or a class or a node
 * whose description has the word, the mask or the column, in a class at this path.
 */
export type Use =
  | { readonly class: ClassId; readonly by: { readonly replica: ReplicaId } }
  | (UsedName & { readonly by: { readonly class: ClassId }; readonly at: MalformedValue['at'] })
  | (UsedName & { readonly by: { readonly node: NodeId } })
type UsedName =
  | { readonly word: WordId }
  | { readonly mask: MaskId }
  | { readonly column: ColumnId }

/** `define` refused a class: `at` is the path of the first wrong field. */
export type BadClass = { readonly _tag: 'BadClass' } & MalformedValue

/** `nodesWhere` refused an expression: `at` is the path of the first wrong field. */
export type BadExpr = { readonly _tag: 'BadExpr' } & MalformedValue

/** `decode` refused bytes: `at` is a path into the format. */
export type BadEncoding = { readonly _tag: 'BadEncoding' } & MalformedValue

/**
 * Expressions over attributes: what *require* asks of a node, and what a toleration asks of a mark.
 *
 * A subject is a node or one of its marks; both are described by attributes, pairs of words with each key at most once.
 * `Marks` and `Named` speak of nodes and are refused inside `Marks`.
 */
import type { NodeId, Word } from './id.js'

export type Attributes = readonly (readonly [key: Word, value: Word])[]

export type Order = '<' | '<=' | '>' | '>='

export type Expr =
  /** Every part holds; true when there is none. */
  | { readonly _tag: 'All'; readonly of: readonly Expr[] }
  /** Some part holds; false when there is none. */
  | { readonly _tag: 'Any'; readonly of: readonly Expr[] }
  | { readonly _tag: 'Not'; readonly of: Expr }
  /** The subject carries the key. */
  | { readonly _tag: 'Has'; readonly key: Word }
  /** The subject carries the key with one of the values. */
  | { readonly _tag: 'In'; readonly key: Word; readonly values: readonly Word[] }
  /** The key's value and `than` both read as 64-bit integers, and compare so. False when either does not. */
  | {
      readonly _tag: 'Compare'
      readonly key: Word
      readonly order: 'int64'
      readonly op: Order
      readonly than: string
    }
  /** Every mark of the node satisfies the inner expression; true of a node without marks. */
  | { readonly _tag: 'Marks'; readonly tolerated: Expr }
  /** The node is one of these. */
  | { readonly _tag: 'Named'; readonly nodes: readonly NodeId[] }

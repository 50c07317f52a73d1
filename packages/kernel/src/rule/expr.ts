/**
 * Expressions over attributes: what *require* asks of a node, and what a toleration asks of a mark.
 *
 * A subject is a node or one of its marks; both are described by attributes, pairs of words with
 * each key at most once. `Marks`, `Named`, `Given` and `Count` speak of nodes and are refused
 * inside `Marks`.
 */
import type { MaskId, NodeId, WordId } from './id.js'
import type { Program } from './pattern.js'
import type { Tally } from './tally.js'

export type Attributes = readonly (readonly [key: WordId, value: WordId])[]

export type ComparisonOp = '<' | '<=' | '>' | '>='

/**
 * As what two texts are compared: `int64`, a sign or none and decimal digits, within 64 bits;
 * `version`, decimal numbers with dots between them, at most 256 characters, of which one that ends
 * sooner has 0 for the rest; `instant`, a date as `2026-11-23` or a time of day with it,
 * `2026-11-23T08:17:57`, to the nanosecond, with `Z` or an offset such as `+02:00` at the end or
 * else in UTC.
 */
export type ValueType = 'int64' | 'version' | 'instant'

export type Expr =
  /** Every part holds; true when there is none. */
  | { readonly _tag: 'All'; readonly of: readonly Expr[] }
  /** Some part holds; false when there is none. */
  | { readonly _tag: 'Any'; readonly of: readonly Expr[] }
  | { readonly _tag: 'Not'; readonly of: Expr }
  /** The subject carries the key. */
  | { readonly _tag: 'Has'; readonly key: WordId }
  /** The subject carries the key with one of the values. */
  | { readonly _tag: 'In'; readonly key: WordId; readonly values: readonly WordId[] }
  /**
   * The key's value and `than` both read as what is compared, and compare so. False when either
   * does not.
   */
  | {
      readonly _tag: 'Compare'
      readonly key: WordId
      readonly as: ValueType
      readonly op: ComparisonOp
      readonly than: string
    }
  /** The subject carries the key, and the program accepts the whole value. */
  | { readonly _tag: 'Pattern'; readonly key: WordId; readonly program: Program }
  /** Every mark of the node satisfies the inner expression; true of a node without marks. */
  | { readonly _tag: 'Marks'; readonly tolerated: Expr }
  /** The node is one of these. */
  | { readonly _tag: 'Named'; readonly nodes: readonly NodeId[] }
  /** The node is one of those that the mask was given. */
  | { readonly _tag: 'InMask'; readonly mask: MaskId }
  /**
   * The count on the node compares so. False of a node without the tally's `key`, where that is
   * refused or skipped.
   */
  | {
      readonly _tag: 'Count'
      readonly tally: Tally & { readonly domain: 'node' }
      readonly op: ComparisonOp
      readonly than: number
    }

/** Holds of every node. */
export const anything: Expr = { _tag: 'All', of: [] }

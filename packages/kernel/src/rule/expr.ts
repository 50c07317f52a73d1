/**
 * Defines the types of two kinds of rule data:
 * 1. expressions, which are conditions on a node or on one of its marks (taints);
 * 2. tallies, which are rules that count replicas per domain, such as a zone.
 *
 * They share a file because each may contain the other.
 */
import type { MaskId, NodeId, WordId } from './id.js'
import type { Absent, Domain, Match } from './match.js'
import type { Program } from './program.js'

/** Pairs of interned key and value; each key at most once. */
export type Attributes = readonly (readonly [key: WordId, value: WordId])[]

/** How two values or counts compare. */
export type ComparisonOp = '<' | '<=' | '>' | '>='

/**
 * How a text is read before it is compared. A text that cannot be parsed is not comparable.
 *
 * - `int64`: an optional sign and decimal digits, within 64 bits.
 * - `version`: decimal numbers separated by dots, at most 256 characters; missing numbers are 0.
 * - `instant`: a date such as `2026-11-23`, or a date and time such as `2026-11-23T08:17:57`, exact
 *   to the nanosecond, followed by `Z` or an offset such as `+02:00`; without either it is UTC.
 */
export type ValueType = 'int64' | 'version' | 'instant'

/**
 * A condition on a node or on a mark, the *subject*. A node and a mark are both described by
 * attributes. `Marks`, `Named`, `InMask` and `Count` are conditions on nodes and are refused inside
 * `Marks`.
 */
export type Expr =
  /** Every part holds; true of an empty list. */
  | { readonly _tag: 'All'; readonly of: readonly Expr[] }
  /** At least one part holds; false of an empty list. */
  | { readonly _tag: 'Any'; readonly of: readonly Expr[] }
  | { readonly _tag: 'Not'; readonly of: Expr }
  /** The subject has the key. */
  | { readonly _tag: 'Has'; readonly key: WordId }
  /** The subject has the key with one of the values. */
  | { readonly _tag: 'In'; readonly key: WordId; readonly values: readonly WordId[] }
  /**
   * Parses the key's value and `than` as `as` and compares them; false when either fails to parse.
   */
  | {
      readonly _tag: 'Compare'
      readonly key: WordId
      readonly as: ValueType
      readonly op: ComparisonOp
      readonly than: string
    }
  /** The subject has the key, and the program accepts the whole value. */
  | { readonly _tag: 'Pattern'; readonly key: WordId; readonly program: Program }
  /** Every mark of the node satisfies the inner expression; true of a node without marks. */
  | { readonly _tag: 'Marks'; readonly tolerated: Expr }
  /** The node is in this list. */
  | { readonly _tag: 'Named'; readonly nodes: readonly NodeId[] }
  /** The node is in the set that the adapter gave the mask. */
  | { readonly _tag: 'InMask'; readonly mask: MaskId }
  /**
   * The tally's count on the node compares with `than`. False of a node that lacks the tally's
   * `key` when `absent` is `refuse` or `skip`.
   */
  | {
      readonly _tag: 'Count'
      readonly tally: Tally & { readonly domain: 'node' }
      readonly op: ComparisonOp
      readonly than: number
    }

/**
 * Counts replicas by domain, as `select count(*) … where facts group by domain` would over a table
 * of replicas joined with their nodes.
 */
export interface Tally {
  /** Which replicas are counted. */
  readonly facts: Match
  readonly domain: Domain
  /**
   * The attribute that a node must have to be in a domain at all. Allowed only when `domain` is
   * `node` or `cluster`; an attribute as domain is its own key.
   */
  readonly key?: WordId
  readonly absent: Absent
  /**
   * Which nodes form domains and have their replicas counted; default: every node. A node that is
   * not eligible is judged by the count of its domain, which is 0 when no node in it is eligible.
   * The expression must not contain `Count`.
   */
  readonly eligible?: Expr
  /**
   * How `evict` and `bind` change the count inside a trial, when `facts` would count it wrongly.
   * Until the outermost trial ends, each evicted replica that this matches subtracts 1 and each
   * bound one adds 1, whether or not `facts` counts it. What `place` binds is counted by `facts`.
   */
  readonly removal?: Match
}

/** Holds of every node. */
export const everyNode: Expr = { _tag: 'All', of: [] }

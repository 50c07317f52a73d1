/**
 * Tallies: how many replicas that match stand in a domain. A replica is matched by its class's
 * facts and its own phase.
 */
import type { Expr } from './expr.js'
import type { WordId } from './id.js'

/**
 * `assumed` from the moment that it is placed, `running` once a fact confirmed it, `leaving` while
 * it is being stopped.
 */
export type Phase = 'assumed' | 'running' | 'leaving'

export type Match =
  | { readonly _tag: 'Fact'; readonly word: WordId }
  | { readonly _tag: 'Phase'; readonly phase: Phase }
  | { readonly _tag: 'Every' | 'Some'; readonly of: readonly Match[] }
  | { readonly _tag: 'None'; readonly of: Match }

/** The node itself, all nodes together, or all nodes that share the value of this attribute. */
export type Domain = 'node' | 'cluster' | WordId

/**
 * What a node without the attribute means: the rule does not take it (`refuse`: a filter refuses
 * it, a score ignores it), it is a domain of its `own`, it is in one `shared` with its like, or the
 * rule does not speak of it (`skip`: a filter allows it, a score counts nothing).
 */
export type Absent = 'refuse' | 'own' | 'shared' | 'skip'

export interface Tally {
  readonly facts: Match
  readonly domain: Domain
  /**
   * The attribute that a node must have to be in a domain at all: beside `node` and `cluster` only,
   * which are none themselves.
   */
  readonly key?: WordId
  readonly absent: Absent
  /**
   * Which nodes form domains and are counted; every node, when it is left out. A node that is not
   * eligible is judged by the count of the domain that it is in, which is 0 where nobody in it is
   * eligible. It may not count in its turn.
   */
  readonly eligible?: Expr
  /**
   * What `stop` and `bind` change in a trial, where that is not what `facts` says: until the
   * outermost trial ends, each replica that is stopped and that this matches takes 1 away, and each
   * that is bound adds 1, counted before or not. What `place` puts somewhere is counted as always.
   */
  readonly removal?: Match
}

/**
 * Defines the types of three parts of a tally (a rule that counts replicas per domain):
 * 1. `Match` is a condition on a replica's phase and on the facts (label-like words) of its class.
 * 2. `Domain` says how nodes are grouped for counting.
 * 3. `Absent` says what happens to a node that lacks the attribute by which nodes are grouped.
 */
import type { WordId } from './id.js'

/**
 * The life of a replica: 1. `assumed` when it is placed, 2. `running` once a report confirmed it,
 * 3. `leaving` while it is being stopped.
 */
export type Phase = 'assumed' | 'running' | 'leaving'

/**
 * A condition on a replica: its class has the fact, it is in the phase, `Every` or `Some` of the
 * inner conditions hold, or the inner condition does not (`None`).
 */
export type Match =
  | { readonly _tag: 'Fact'; readonly word: WordId }
  | { readonly _tag: 'Phase'; readonly phase: Phase }
  | { readonly _tag: 'Every' | 'Some'; readonly of: readonly Match[] }
  | { readonly _tag: 'None'; readonly of: Match }

/** The node itself, all nodes together, or all nodes that share the value of this attribute. */
export type Domain = 'node' | 'cluster' | WordId

/**
 * What a tally does with a node that lacks its attribute. `refuse`: a filter refuses the node, a
 * score ignores it. `own`: the node is a domain by itself. `shared`: all nodes without the
 * attribute form one domain. `skip`: a filter allows the node, a score counts 0 for it.
 */
export type Absent = 'refuse' | 'own' | 'shared' | 'skip'

/**
 * Tallies: how many replicas that match stand in a domain. A replica is matched by its class's facts and its own phase.
 */
import type { Word } from './id.js'

/** `assumed` from the moment that it is placed, `running` once a fact confirmed it, `leaving` while it is being stopped. */
export type Phase = 'assumed' | 'running' | 'leaving'

export type Match =
  | { readonly _tag: 'Fact'; readonly word: Word }
  | { readonly _tag: 'Phase'; readonly phase: Phase }
  | { readonly _tag: 'Every' | 'Some'; readonly of: readonly Match[] }
  | { readonly _tag: 'None'; readonly of: Match }

export interface Tally {
  readonly facts: Match
  /** The node itself, or all nodes that share the value of this attribute. */
  readonly domain: 'node' | Word
  /** A node without the attribute is a domain of its `own`, is in one `shared` with its like, or counts nothing (`skip`). */
  readonly absent: 'own' | 'shared' | 'skip'
}

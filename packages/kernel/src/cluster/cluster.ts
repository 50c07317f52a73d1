/**
 * The value. A `Cluster` is immutable and opaque, and reading it is always legal, except one that
 * was given to `take`: that throws. It changes nowhere but in `batch`, which makes the next one.
 */
import type { Changes } from './changes.js'
import { invariant } from './invariant.js'
import { emptyState, ownsAll, ownsNothing, type Ownership, type State } from './state.js'

export interface Cluster {
  readonly _tag: 'Cluster'
  /** One more than that of the cluster which it was made from. */
  readonly version: number
}

/**
 * A cluster as this room sees it. `owned` are the parts that no other cluster shares: once the
 * cluster was `taken`, nobody else will read these, and the next batch may write to them. `changes`
 * go to the first batch that is made of it.
 */
export interface Sealed extends Cluster {
  state: State | undefined
  ownership: Ownership
  readonly isTaken: boolean
  changes: Changes | undefined
}

export const seal = (
  state: State,
  version: number,
  owned: Ownership,
  taken: boolean,
  changes?: Changes,
): Cluster => {
  const sealed: Sealed = {
    _tag: 'Cluster',
    version,
    state,
    ownership: owned,
    isTaken: taken,
    changes,
  }
  return sealed
}

/** No nodes, no replicas, no words. */
export const empty: Cluster = seal(emptyState(), 0, ownsNothing, false)

/** The next cluster while it is being made; only code inside `batch` holds one. */
export interface Draft {
  readonly _tag: 'Draft'
}

/** What the reading functions take: a cluster, or the draft of the next one. */
export type View = Cluster | Draft

/**
 * The parts behind a view. Throws for a cluster that was given to `take` and for a draft whose
 * batch is over.
 */
export const stateOf = (view: View): State => {
  const { state } = view as Sealed | (Draft & { readonly state: State | undefined })
  if (state === undefined)
    invariant(false, `this ${view._tag} is spent: it was taken, or its batch is over`)
  return state
}

/**
 * Hands a cluster's arrays to the next batch, which then writes to them instead of copying: a
 * stream of batches runs at the price of mutation. The cluster that was given is spent, and so is
 * the answer once a batch has used it; any later use throws. What it shares with a cluster that is
 * not spent is still copied, once. `empty` alone is never spent, as everybody has it.
 */
export const take = (spent: Cluster): Cluster => {
  if (spent === empty) return seal(emptyState(), 0, ownsAll, true)
  const state = stateOf(spent)
  const sealed = spent as Sealed
  sealed.state = undefined
  return seal(state, sealed.version, sealed.ownership, true, sealed.changes)
}

/**
 * Defines the cluster as an opaque value that never changes; `batch` makes the next one. A cluster
 * that is not needed any more can be handed to `take`: the next batch then reuses its arrays
 * instead of copying them, and every later use of that cluster throws.
 */
import type { Changes } from './changes.js'
import { invariant } from './invariant.js'
import { emptyState, ownsAll, ownsNothing, type Ownership, type State } from './state.js'

/** A set of nodes, classes and replicas with their interned words. */
export interface Cluster {
  readonly _tag: 'Cluster'
  /** One more than the version of the cluster that it was made from. */
  readonly version: number
}

/**
 * A cluster as seen inside this room. `owns` marks the parts of the state that no other
 * cluster shares: when the cluster `isTaken`, the next batch writes to them without copying.
 * `changes` passes to the first batch that is made from this cluster.
 */
export interface Sealed extends Cluster {
  state: State | undefined
  owns: Ownership
  readonly isTaken: boolean
  changes: Changes | undefined
}

/** Makes a cluster of a state. */
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
    owns: owned,
    isTaken: taken,
    changes,
  }
  return sealed
}

/**
 * The cluster without nodes, classes and words (except the common dimensions). The calls are marked
 * pure, so that a bundle that does not use it leaves it out.
 */
export const empty: Cluster = /* @__PURE__ */ seal(
  /* @__PURE__ */ emptyState(),
  0,
  ownsNothing,
  false,
)

/** The next cluster while it is being made; only code inside `batch` holds one. */
export interface Draft {
  readonly _tag: 'Draft'
}

/** What the reading functions take: a cluster, or the draft of the next one. */
export type View = Cluster | Draft

/**
 * The state behind a view. Throws for a cluster that was taken and for a draft whose batch is over.
 */
export const stateOf = (view: View): State => {
  const { state } = view as Sealed | (Draft & { readonly state: State | undefined })
  if (state === undefined)
    invariant(false, `this ${view._tag} is spent: it was taken, or its batch is over`)
  return state
}

/**
 * Gives up a cluster so that the next batch writes to its arrays instead of copying them: a stream
 * of batches then costs as much as mutation. The given cluster is spent, and so is the result once
 * a batch has used it; any later use throws. Parts that are shared with a cluster that is not spent
 * are still copied, once. `empty` is never spent.
 */
export const take = (spent: Cluster): Cluster => {
  if (spent === empty) return seal(emptyState(), 0, ownsAll, true)
  const state = stateOf(spent)
  const sealed = spent as Sealed
  sealed.state = undefined
  return seal(state, sealed.version, sealed.owns, true, sealed.changes)
}

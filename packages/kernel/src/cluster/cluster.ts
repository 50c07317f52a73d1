/**
 * Defines the cluster, an opaque and immutable value. `batch` computes a new cluster from it and
 * copies its arrays. To save the copy, a caller gives up a cluster with `take`: the next batch
 * reuses the arrays, and any later use of that cluster throws.
 */
import type { Changes } from './changes.js'
import type { DecidedBy } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import { renderValue } from '../rule/malformed.js'
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
export interface SealedCluster extends Cluster {
  state: State | undefined
  owns: Ownership
  readonly isTaken: boolean
  /**
   * True of `empty` alone. A flag and no comparison with `empty`, because a process that loads this
   * package twice has two of them, and neither may be spent.
   */
  readonly isLasting: boolean
  changes: Changes | undefined
  /** Passes on to every cluster that is made from this one. */
  readonly indexer: Indexer | undefined
}

/**
 * What every cluster has beside its state, for whoever prints or copies it as plain data, which it
 * is not: its arrays may be shared with other clusters.
 *
 * - `console.log` in Node, Deno and Bun prints the advice in place of the arrays.
 * - `JSON.stringify` throws the advice: a text in its place would be stored, and the cluster lost.
 * - `structuredClone` and `postMessage` cannot copy a function, and their error quotes its source,
 *   so the advice stands there in full. They take fields in order, so this one comes first.
 */
const opaqueFields = {
  toJSON: (): never => {
    throw new Error(
      'stowage: a cluster is no plain data; `encode` gives it as bytes, `decode` reads them',
    )
  },
  // By this symbol, the same everywhere in a runtime, a value says how it is printed.
  [Symbol.for('nodejs.util.inspect.custom')](this: Cluster): string {
    return `Cluster of version ${this.version}: read by \`nodeIds\`, stored by \`encode\``
  },
}

/** Makes a cluster of a state. */
export const seal = (
  state: State,
  version: number,
  owned: Ownership,
  taken: boolean,
  { changes, indexer }: Partial<Pick<SealedCluster, 'changes' | 'indexer'>> = {},
  lasting = false,
): Cluster => {
  const sealed: SealedCluster = {
    ...opaqueFields,
    _tag: 'Cluster',
    version,
    state,
    owns: owned,
    isTaken: taken,
    isLasting: lasting,
    changes,
    indexer,
  }
  return sealed
}

/**
 * The cluster without nodes, classes and words (except the common dimensions). What is made from it
 * decides by scans; `allowIndexes(empty)` decides by index as well. The calls are marked pure, so
 * that a bundle that does not use it leaves it out.
 */
export const empty: Cluster = /* @__PURE__ */ seal(
  /* @__PURE__ */ emptyState(),
  0,
  ownsNothing,
  false,
  undefined,
  true,
)

/** The next cluster while it is being made; only code inside `batch` holds one. */
export interface Draft {
  readonly _tag: 'Draft'
}

/** An index of one class; only the indexer that made it reads it. */
export type Index = object

/**
 * Makes indexes, and decides by them instead of a scan of all nodes. The room `index` implements
 * it, and `allowIndexes` gives it to a cluster: a bundle that never calls `allowIndexes` contains
 * no index.
 */
export interface Indexer {
  /**
   * The index for so many more replicas of a class, or undefined when a scan is cheaper; when the
   * caller asks for the index, whenever one is possible.
   */
  readonly indexFor: (
    draft: Draft,
    classSpec: ClassSpec,
    count: number,
    decideBy: DecidedBy | undefined,
  ) => Index | undefined
  /** Applies what changed; false when the index has become too large to be used. */
  readonly catchUp: (index: Index, draft: Draft) => boolean
  /** The row of the node for the replica with this id; undefined when no node is feasible. */
  readonly decide: (index: Index, draft: Draft, replica: number) => number | undefined
  /** Drops the indexes of the classes in these rows, before the classes are dropped. */
  readonly forgetClasses: (draft: Draft, classRows: ReadonlySet<number>) => void
}

/** What the reading functions take: a cluster, or the draft of the next one. */
export type View = Cluster | Draft

/**
 * The state behind a view. Throws for a cluster that was taken, for a draft whose batch is over,
 * and for what is neither.
 */
export const stateOf = (view: View): State => {
  const { state } = (view as Partial<SealedCluster> | null | undefined) ?? {}
  if (state === undefined) invariant(false, misuseOf(view))
  return state
}

/** Why a value, which may be anything where nobody checks types, has no state to read. */
const misuseOf = (view: { readonly _tag?: unknown } | null | undefined): string => {
  switch (view?._tag) {
    case 'Cluster':
      return 'this Cluster is spent: `take` gave its arrays to a batch; use what the batch returned'
    case 'Draft':
      return 'this Draft is spent: its batch is over; use the cluster that the batch returned'
    case 'Left':
    case 'Right':
    case 'Done':
    case 'Failed':
      return `expected a cluster or a draft, found a ${view._tag}: take its value by \`getOrThrow\``
    default:
      return Array.isArray(view)
        ? 'expected a cluster or a draft, found a list: `batch` returns the cluster first in a pair'
        : `expected a cluster or a draft, found ${renderValue(view)}`
  }
}

/** Whether the next batch will reuse the arrays of the cluster: nobody else uses it any more. */
export const isTaken = (cluster: Cluster): boolean => (cluster as SealedCluster).isTaken

/**
 * Gives up a cluster so that the next batch writes to its arrays instead of copying them: a stream
 * of batches then costs as much as mutation. The given cluster is spent, and so is the result once
 * a batch has used it; any later use throws. Parts that are shared with a cluster that is not spent
 * are still copied, once. `empty` is never spent.
 */
export const take = (spent: Cluster): Cluster => {
  const state = stateOf(spent)
  const sealed = spent as SealedCluster
  if (sealed.isLasting) return seal(emptyState(), 0, ownsAll, true)
  sealed.state = undefined
  return seal(state, sealed.version, sealed.owns, true, sealed)
}

/**
 * The same cluster with an indexer; both may be used, unless the given one came from `take`: then
 * it is spent, as a batch would spend it, and the result may be written to.
 */
export const withIndexer = (cluster: Cluster, indexer: Indexer): Cluster => {
  const state = stateOf(cluster)
  const sealed = cluster as SealedCluster
  const { version, owns, isTaken: taken } = sealed
  if (taken) sealed.state = undefined
  else sealed.owns = ownsNothing
  return seal(state, version, taken ? owns : ownsNothing, taken, { indexer })
}

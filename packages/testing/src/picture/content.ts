/**
 * Defines the types of what a node holds, as plain data: its replicas, the masks (sets of nodes)
 * that contain it, and its values in columns (one number per node). Also computes the same data
 * after a replica is added, removed or changed.
 */
import type { Phase } from '@stowage/kernel'
import type { ClassRecipe } from '../recipe/recipe.js'

/** A replica by its class and phase; it has no id. */
export interface ReplicaPicture {
  readonly class: ClassRecipe
  readonly phase: Phase
}

/** The masks that contain a node, and its non-zero numbers by column. */
export interface GivenPicture {
  readonly masks: readonly string[]
  readonly numbers: readonly (readonly [column: string, number: number])[]
}

/** A replica that was added to a node, removed from it, or (both) changed its phase there. */
export interface ReplicaChange {
  readonly added?: ReplicaPicture
  readonly removed?: ReplicaPicture
  /** Set when `place` added it; tallies always count that in the usual way. */
  readonly placed?: true
}

/**
 * The replicas of a node when the outermost open trial began, and the changes since, in order. Some
 * tallies (rules that count replicas) count a replica that a trial removes differently, so the
 * content records these changes.
 */
export interface TrialRecord {
  readonly before: readonly ReplicaPicture[]
  readonly changes: readonly ReplicaChange[]
}

/** Everything on a node. A cluster does not show `trial`; only the twins know it. */
export interface NodeContent {
  readonly replicas: readonly ReplicaPicture[]
  readonly given: GivenPicture
  readonly trial?: TrialRecord
}

/** The content after a change of the replica at `position`; an added replica is the last. */
export const applyChange = (
  content: NodeContent,
  change: ReplicaChange,
  position = content.replicas.length,
): NodeContent => {
  const { replicas, given, trial } = content
  const added = change.added === undefined ? [] : [change.added]
  return {
    given,
    replicas: [...replicas.slice(0, position), ...added, ...replicas.slice(position + 1)],
    ...(trial === undefined ? {} : { trial: { ...trial, changes: [...trial.changes, change] } }),
  }
}

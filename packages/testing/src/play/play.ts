/**
 * Plays a history (batches of operations) on a cluster and records everything that can be observed
 * before the first batch and after each batch.
 */
import type { ClassId, Cluster } from '@stowage/kernel'
import { explainByName, type ExplanationPicture } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import type { Picture } from '../picture/canonical.js'
import { moves as kernelMoves, type Moves } from './moves.js'
import type { ClusterHistory } from './operation.js'
import { perform, type Outcome } from './perform.js'

/** Everything observable of a cluster: its picture, and the explanation of each class. */
export interface Observation {
  readonly picture: Picture
  readonly answers: readonly ExplanationPicture[]
}

/** Observes a cluster, and explains one replica of each class. */
export const observe = (cluster: Cluster, classes: readonly ClassId[]): Observation => ({
  picture: picture(cluster),
  answers: classes.map((id) => explainByName(cluster, { class: id })),
})

/** A cluster between two batches, and what was observed when it was new. */
export interface Snapshot {
  readonly cluster: Cluster
  readonly observation: Observation
  /** The outcomes of the batch that made it. */
  readonly outcomes: readonly Outcome[]
  /** Whether the next batch took it: then any use throws. */
  readonly spent: boolean
}

/** A snapshot before the history and after each of its batches. */
export const play = (
  before: Cluster,
  classes: readonly ClassId[],
  history: ClusterHistory,
  moves: Moves = kernelMoves,
): readonly Snapshot[] => {
  const moments: Snapshot[] = []
  let last: Snapshot = {
    cluster: before,
    observation: observe(before, classes),
    outcomes: [],
    spent: false,
  }
  for (const { taken, operations } of history) {
    moments.push({ ...last, spent: taken })
    const given = taken ? moves.take(last.cluster) : last.cluster
    const [cluster, outcomes] = moves.batch(given, (draft) =>
      operations.map((operation) => perform(draft, { classes, moves }, operation)),
    )
    last = { cluster, observation: observe(cluster, classes), outcomes, spent: false }
  }
  return [...moments, last]
}

/** A history, played to a cluster. */
import type { ClassId, Cluster } from '@stowage/kernel'
import { explained, type ExplanationPicture } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import type { Picture } from '../picture/settled.js'
import { moves as kernelMoves, type Moves } from './moves.js'
import type { History } from './operation.js'
import { perform, type Outcome } from './perform.js'

/** All that can be seen of a cluster: its picture, and how each class is answered. */
export interface Sight {
  readonly picture: Picture
  readonly answers: readonly ExplanationPicture[]
}

/** Looks at a cluster, and asks it for a replica of each of the classes. */
export const sightOf = (cluster: Cluster, classes: readonly ClassId[]): Sight => ({
  picture: picture(cluster),
  answers: classes.map((id) => explained(cluster, { class: id })),
})

/** A cluster between two batches, and what was seen of it when it was made. */
export interface Moment {
  readonly cluster: Cluster
  readonly sight: Sight
  /** What came of the operations of the batch that made it. */
  readonly outcomes: readonly Outcome[]
  /** Whether it was given up by the batch after it: then any use throws. */
  readonly spent: boolean
}

/** Every moment of the play, that before the history included. */
export const play = (
  before: Cluster,
  classes: readonly ClassId[],
  history: History,
  moves: Moves = kernelMoves,
): readonly Moment[] => {
  const moments: Moment[] = []
  let last: Moment = {
    cluster: before,
    sight: sightOf(before, classes),
    outcomes: [],
    spent: false,
  }
  for (const { taken, operations } of history) {
    moments.push({ ...last, spent: taken })
    const given = taken ? moves.take(last.cluster) : last.cluster
    const [cluster, outcomes] = moves.batch(given, (draft) =>
      operations.map((operation) => perform(draft, { classes, moves }, operation)),
    )
    last = { cluster, sight: sightOf(cluster, classes), outcomes, spent: false }
  }
  return [...moments, last]
}

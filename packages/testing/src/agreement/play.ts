/**
 * Defines the property that a random history (batches of operations) changes the kernel's cluster
 * and a model alike. The model is the cluster as plain data, changed by slow reference code.
 */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyRankedClass } from '../arbitrary/class.js'
import { historyOf } from '../arbitrary/history.js'
import { worldOf } from '../arbitrary/world.js'
import { build } from '../lower/world.js'
import { modelOf, pictureOfModel } from '../model/model.js'
import { performAllTwin } from '../model/perform.js'
import { moves as kernelMoves, type Moves } from '../play/moves.js'
import type { ClusterHistory } from '../play/operation.js'
import { play } from '../play/play.js'
import type { ClassRecipe, WorldRecipe } from '../recipe/recipe.js'
import { explainTwin } from '../twin/explain.js'
import { assertSame } from './assert-same.js'

/**
 * The property that some kernel functions do what the twins do. The ties of `classes` must go to
 * rank, because twins have no replica ids.
 *
 * After each batch, cluster and model are equal, every operation had the same outcome in both, and
 * `explain` gives the same answer for every class (a workload as the scheduler sees it).
 */
export const playAgrees = (
  moves: Moves = kernelMoves,
  classes: Arbitrary<ClassRecipe> = anyRankedClass,
  histories: Arbitrary<ClusterHistory> = historyOf(classes),
): IProperty<[WorldRecipe, ClusterHistory]> =>
  fc.property(worldOf(classes), histories, (world, history) => {
    const { cluster, classes: ids } = build(world)
    const [first, ...snapshots] = play(cluster, ids, history, moves)
    let model = modelOf(world)
    assertSame(first!.observation.picture, pictureOfModel(model))
    for (const [i, { observation, outcomes }] of snapshots.entries()) {
      const [after, expected] = performAllTwin(model, history[i]!.operations)
      model = after
      const all = pictureOfModel(model)
      assertSame(outcomes, expected)
      assertSame(observation.picture, all)
      assertSame(
        observation.answers,
        model.classes.map((classSpec) => explainTwin(all, { class: classSpec, replica: 0 })),
      )
    }
  })

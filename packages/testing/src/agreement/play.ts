/**
 * Histories agree with their twins: after each batch the cluster is what the twin says, and
 * whatever was asked was answered so.
 */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyRankedClass } from '../arbitrary/class.js'
import { historyOf } from '../arbitrary/history.js'
import { worldOf } from '../arbitrary/world.js'
import { moves as kernelMoves, type Moves } from '../play/moves.js'
import type { History } from '../play/operation.js'
import { play } from '../play/play.js'
import { build } from '../recipe/lower.js'
import type { ClassRecipe, WorldRecipe } from '../recipe/recipe.js'
import { explainTwin } from '../twin/explain.js'
import { performAllTwin } from '../twin/perform.js'
import { pictureOfStage, stageOf } from '../twin/stage.js'
import { agree } from './agree.js'

/**
 * The property for some functions by which a cluster changes, and classes whose ties go to rank.
 */
export const playAgrees = (
  moves: Moves = kernelMoves,
  anyKnownClass: Arbitrary<ClassRecipe> = anyRankedClass,
  anyKnownHistory: Arbitrary<History> = historyOf(anyKnownClass),
): IProperty<[WorldRecipe, History]> =>
  fc.property(worldOf(anyKnownClass), anyKnownHistory, (world, history) => {
    const { cluster, classes } = build(world)
    const [first, ...moments] = play(cluster, classes, history, moves)
    let stage = stageOf(world)
    agree(first!.sight.picture, pictureOfStage(stage))
    for (const [i, { sight, outcomes }] of moments.entries()) {
      const [expected, after] = performAllTwin(stage, history[i]!.operations)
      stage = after
      const all = pictureOfStage(stage)
      agree(outcomes, expected)
      agree(sight.picture, all)
      agree(
        sight.answers,
        stage.classes.map((classSpec) => explainTwin(all, { class: classSpec, replica: 0 })),
      )
    }
  })

/**
 * Placing agrees with its twin: each replica goes to a node that every rule allowed at that moment
 * and that nobody exceeded, in the same order; what found no place is counted alike; and the
 * cluster is the same afterwards.
 */
import { batch, place, type PlaceResult } from '@stowage/kernel'
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyRequests, anyWorld } from '../arbitrary/world.js'
import { pictureOfAnswer } from '../picture/answer.js'
import { picture, pictureOfClass } from '../picture/picture.js'
import { requested } from '../play/perform.js'
import { build } from '../recipe/lower.js'
import type { RequestRecipe, WorldRecipe } from '../recipe/recipe.js'
import { byPriority, placeTwin, type Wish } from '../twin/place.js'
import { agree } from './agree.js'

/** The property for a way to place. */
export const placeAgrees = (
  placing: typeof place,
  anyKnownWorld: Arbitrary<WorldRecipe> = anyWorld,
): IProperty<[WorldRecipe, readonly RequestRecipe[]]> =>
  fc.property(anyKnownWorld, anyRequests, (world, requests) => {
    const { cluster, classes } = build(world)
    const before = picture(cluster)
    const wishes = requests.map((request) => ({
      class: pictureOfClass(cluster, classes[request.class % classes.length]!),
      count: request.count,
      only: request.only,
    }))
    const [after, placed] = batch(cluster, (draft) =>
      placing(draft, requested(draft, classes, requests)),
    )
    const twin = placeTwin(before, wishes, replicasOf(placed, wishes))
    agree(
      placed.answers.map((answer) => pictureOfAnswer(after, answer)),
      twin.answers,
    )
    agree(picture(after), twin.after)
  })

/** The ids of the replicas in the order in which they must have been placed. */
const replicasOf = ({ answers }: PlaceResult, wishes: readonly Wish[]): readonly number[] =>
  byPriority(wishes).flatMap((index) => answers[index]!.placed.map(({ replica }) => replica))

/**
 * Defines the property that an implementation of `place` and its twin (slow reference
 * implementation) agree: both put each replica on the same node, give the same reasons for unplaced
 * replicas, and leave equal clusters.
 */
import { batch, place, type PlaceResult } from '@stowage/kernel'
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyRequests, anyWorld } from '../arbitrary/world.js'
import { lowerRequests } from '../lower/request.js'
import { build } from '../lower/world.js'
import { pictureOfAnswer } from '../picture/answer.js'
import { picture, pictureOfClass } from '../picture/picture.js'
import type { RequestRecipe, WorldRecipe } from '../recipe/recipe.js'
import { placeTwin, priorityOrder, type TwinRequest } from '../twin/place.js'
import { assertSame } from './assert-same.js'

/** The property that a `place` does what the twin does, in worlds from the second argument. */
export const placeAgrees = (
  placing: typeof place,
  worlds: Arbitrary<WorldRecipe> = anyWorld,
): IProperty<[WorldRecipe, readonly RequestRecipe[]]> =>
  fc.property(worlds, anyRequests, (world, requests) => {
    const { cluster, classes } = build(world)
    const before = picture(cluster)
    const twinRequests = requests.map((request) => ({
      class: pictureOfClass(cluster, classes[request.class % classes.length]!),
      count: request.count,
      only: request.only,
    }))
    const [after, result] = batch(cluster, (draft) =>
      placing(draft, lowerRequests(draft, classes, requests)),
    )
    const [expected, answers] = placeTwin(before, twinRequests, replicasOf(result, twinRequests))
    assertSame(
      result.answers.map((answer) => pictureOfAnswer(after, answer)),
      answers,
    )
    assertSame(picture(after), expected)
  })

/** The ids of new replicas in the order in which they must have been placed. */
const replicasOf = (
  { answers }: PlaceResult,
  requests: readonly TwinRequest[],
): readonly number[] =>
  priorityOrder(requests).flatMap((index) => answers[index]!.placed.map(({ replica }) => replica))

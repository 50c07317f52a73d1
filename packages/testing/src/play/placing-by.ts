/**
 * `place`, one replica at a time, made of `explain` and `bind`. With another way to decide it is a
 * broken `place`, for seeing properties fail.
 */
import {
  bind,
  explain,
  reasonId,
  type Answer,
  type Draft,
  type Explanation,
  type NodeId,
  type place,
  type Placement,
  type Unplaced,
  type PlaceRequest,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pictureOfExplanation } from '../picture/answer.js'
import { pictureOfClass } from '../picture/picture.js'
import { byPriority, unplacedTwin } from '../twin/place.js'

/** Where a replica goes, by what is said of it; nothing is placed when nothing is given. */
export type Decide = (explanation: Explanation) => NodeId | undefined

/** A `place` that decides so. */
export const placingBy =
  (decide: Decide): typeof place =>
  (draft, wanted) => {
    const answers = new Map<number, Answer>()
    const wishes = wanted.map((request) => ({ class: pictureOfClass(draft, request.class) }))
    for (const index of byPriority(wishes))
      answers.set(index, placeRequest(draft, decide, wanted[index]!))
    return { answers: wanted.map((_, index) => answers.get(index)!), decidedBy: 'scan' }
  }

const placeRequest = (draft: Draft, decide: Decide, request: PlaceRequest): Answer => {
  const placed: Placement[] = []
  while (placed.length < request.count) {
    const explanation = explain(draft, request)
    const node = decide(explanation)
    const bound = node === undefined ? undefined : bind(draft, request.class, node, 'assumed')
    if (node === undefined || bound === undefined || E.isLeft(bound))
      return { placed, unplaced: unplaced(draft, explanation, request.count - placed.length) }
    placed.push({ replica: bound.right, node })
  }
  return { placed }
}

const unplaced = (draft: Draft, explanation: Explanation, count: number): Unplaced => {
  const { nodes, reasons } = unplacedTwin(pictureOfExplanation(draft, explanation), count)
  return { count, nodes, reasons: reasons.map(([number, refused]) => [reasonId(number), refused]) }
}

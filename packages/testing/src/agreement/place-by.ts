/**
 * Builds a replacement for the kernel's `place` that places one replica at a time, on the node that
 * a given function chooses. Tests pass functions that choose wrong nodes, and check that the
 * property tests detect this.
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
  type UnmetRequest,
  type PlaceRequest,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pictureOfExplanation } from '../picture/answer.js'
import { pictureOfClass } from '../picture/picture.js'
import { priorityOrder, unplacedTwin } from '../twin/place.js'

/** Chooses a node from an explanation; `undefined` leaves the replica unplaced. */
export type Decide = (explanation: Explanation) => NodeId | undefined

/**
 * A `place` that puts each replica on the node that `decide` chooses. `explain` judges the nodes,
 * `decide` chooses one of them, and `bind` puts the replica there.
 */
export const placeBy =
  (decide: Decide): typeof place =>
  (draft, requests) => {
    const answers = new Map<number, Answer>()
    const classes = requests.map((request) => ({ class: pictureOfClass(draft, request.class) }))
    for (const index of priorityOrder(classes))
      answers.set(index, placeRequest(draft, decide, requests[index]!))
    return { answers: requests.map((_, index) => answers.get(index)!), decidedBy: 'scan' }
  }

const placeRequest = (draft: Draft, decide: Decide, request: PlaceRequest): Answer => {
  const placed: Placement[] = []
  while (placed.length < request.count) {
    const explanation = explain(draft, request)
    const node = decide(explanation)
    const bound = node === undefined ? undefined : bind(draft, request.class, node, 'assumed')
    if (node === undefined || bound === undefined || E.isLeft(bound))
      return { placed, unplaced: unplacedFrom(draft, explanation, request.count - placed.length) }
    placed.push({ replica: bound.right, node })
  }
  return { placed }
}

const unplacedFrom = (draft: Draft, explanation: Explanation, count: number): UnmetRequest => {
  const { nodes, reasons } = unplacedTwin(pictureOfExplanation(draft, explanation), count)
  return { count, nodes, reasons: reasons.map(([number, refused]) => [reasonId(number), refused]) }
}

/**
 * Explaining one replica in the midst of a plan: at the moment of its turn, with everything placed that was placed before it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { trial, type Draft } from '../cluster/draft.js'
import type { Answer, Explanation } from '../rule/answer.js'
import type { NamedRequest } from '../rule/plan.js'
import { explain } from './explain.js'
import { inTurn, place } from './place.js'

/** `replica` counts from 1 within its request. */
export interface Replayed {
  readonly request: NamedRequest
  readonly replica: number
  readonly explanation: Explanation
}

/**
 * Explains the first replica of that name that found no place, or else the first of all. The draft is left with what was
 * placed before it. Nothing, when nothing of that name is wanted.
 */
export const replay = (
  draft: Draft,
  requests: readonly NamedRequest[],
  name: string,
): O.Option<Replayed> => {
  const { answers } = trial(draft, (inner) => [false, place(inner, requests)])
  const order = inTurn(draft, requests)
  const named = order.filter((i) => requests[i]!.name === name && requests[i]!.count > 0)
  const index = named.find((i) => answers[i]!.unplaced !== undefined) ?? named[0]
  if (index === undefined) return O.none
  const request = requests[index]!
  const before = placedBefore(answers[index]!)
  const earlier = order.slice(0, order.indexOf(index)).map((i) => requests[i]!)
  place(draft, [...earlier, { ...request, count: before }])
  return O.some({ request, replica: before + 1, explanation: explainEverywhere(draft, request) })
}

/** Every node, also those that a request on named nodes does not look at; the verdict is that of the request. */
const explainEverywhere = (draft: Draft, { class: asked, only }: NamedRequest): Explanation => {
  const everywhere = explain(draft, { class: asked })
  if (only === undefined) return everywhere
  return { ...explain(draft, { class: asked, only }), nodes: everywhere.nodes }
}

const placedBefore = ({ placed, unplaced }: Answer): number =>
  unplaced === undefined ? 0 : placed.length

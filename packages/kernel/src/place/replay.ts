/**
 * Explains one replica of a plan (a placement of named requests). It places again what was placed
 * before that replica, and explains where the replica goes, or why no node takes it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { trial, type Draft } from '../cluster/draft.js'
import type { Answer, Explanation } from '../rule/answer.js'
import type { ReplicaId } from '../rule/id.js'
import type { NamedRequest, ReplayedReplica } from '../rule/plan.js'
import { explain } from './explain.js'
import { placingOrder, place } from './place.js'
import { namesAfter } from './plan.js'
import { remedies, type RemedyOptions } from './remedies.js'

/**
 * Places all requests that come before, then explains the first replica of the name that finds no
 * node, or else the first of all. `running` names the replicas that were there before. The draft
 * keeps what was placed before that turn. Remedies add nothing of `fixed` dimensions. None when no
 * request has the name.
 */
export const replay = (
  draft: Draft,
  requests: readonly NamedRequest[],
  running: ReadonlyMap<ReplicaId, string>,
  name: string,
  options: Pick<RemedyOptions, 'fixed'> = {},
): O.Option<ReplayedReplica> => {
  const { answers } = trial(draft, (inner) => [false, place(inner, requests)])
  const order = placingOrder(draft, requests)
  const named = order.filter((i) => requests[i]!.name === name && requests[i]!.count > 0)
  const index = named.find((i) => answers[i]!.unplaced !== undefined) ?? named[0]
  if (index === undefined) return O.none
  const request = requests[index]!
  const before = placedBefore(answers[index]!)
  const earlier = order.slice(0, order.indexOf(index)).map((i) => requests[i]!)
  const sooner = [...earlier, { ...request, count: before }]
  const names = namesAfter(running, sooner, place(draft, sooner).answers)
  const explanation = explainEverywhere(draft, request)
  const helping =
    explanation.chosen === undefined ? { remedies: remedies(draft, request, options) } : {}
  return O.some({ request, replica: before + 1, explanation, names, ...helping })
}

/**
 * Explains every node, also those that `only` excludes; best set, choice and runner-up are those of
 * the request.
 */
const explainEverywhere = (draft: Draft, { class: classId, only }: NamedRequest): Explanation => {
  const everywhere = explain(draft, { class: classId })
  if (only === undefined) return everywhere
  return { ...explain(draft, { class: classId, only }), nodes: everywhere.nodes }
}

const placedBefore = ({ placed, unplaced }: Answer): number =>
  unplaced === undefined ? 0 : placed.length

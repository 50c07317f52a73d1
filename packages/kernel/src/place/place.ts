/**
 * Places requests for new replicas: chooses a node for each replica, by index or by scan, and binds
 * the replica to it. Requests are placed by falling priority; requests of equal priority in the
 * given order. Every replica takes into account the replicas that were placed before it.
 */
import { stateOf } from '../cluster/cluster.js'
import { draftState, scratchOf, type Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf } from '../cluster/read.js'
import type { Answer, DecidedBy, PlaceResult, Placement, PlaceRequest } from '../rule/answer.js'
import { candidatesOf } from './by-the-book.js'
import { getClassSpec } from './get-class-spec.js'
import {
  bookNext,
  decidedByOf,
  decideNext,
  indexForClass,
  type DecisionCounts,
} from './next-node.js'
import { sumRefusals } from './refusals.js'

/**
 * Places as many replicas as fit and explains the rest in `unplaced`. The answer is the same by
 * index and by scan. Without `decideBy` the cheaper one is used; a cluster has indexes once
 * `allowIndexes` gave them to it, and scans before. `decideBy: 'index'` scans only when no index is
 * possible. Throws for an unknown class id, for a count that is no whole number of at least 0, for
 * `decideBy: 'index'` without indexes, and past 2^26 replicas.
 *
 * @example
 * ```ts
 * import { batch, classSpecOf, cpu, define, empty, getOrThrow } from '@stowage/kernel'
 * import { join, nodeSpecOf, place } from '@stowage/kernel'
 *
 * batch(empty, (draft) => {
 *   getOrThrow(join(draft, nodeSpecOf('a', [[cpu, 1000]])))
 *   const job = getOrThrow(define(draft, classSpecOf([[cpu, 400]])))
 *   const [answer] = place(draft, [{ class: job, count: 3 }]).answers
 *   console.log(answer?.placed.length, answer?.unplaced?.count)
 * })
 * ```
 * ```text
 * 2 1
 * ```
 */
export const place = (
  draft: Draft,
  requests: readonly PlaceRequest[],
  { decideBy }: { readonly decideBy?: DecidedBy } = {},
): PlaceResult => {
  draftState(draft)
  requests.forEach(countOf)
  const answers: Answer[] = []
  const decisions: DecisionCounts = { byIndex: 0, byScan: 0 }
  for (const index of placingOrder(draft, requests))
    answers[index] = placeOne(draft, requests[index]!, decideBy, decisions)
  return { answers, decidedBy: decidedByOf(decisions) }
}

/** The positions of the requests in the order in which they are placed. */
export const placingOrder = (
  draft: Draft,
  requests: readonly PlaceRequest[],
): readonly number[] => {
  if (requests.length === 1) return onlyFirst
  const state = stateOf(draft)
  const priorities = requests.map((request) => getClassSpec(state, request.class).priority)
  return requests.map((_, index) => index).sort((a, b) => priorities[b]! - priorities[a]! || a - b)
}

const onlyFirst: readonly number[] = [0]

const countOf = ({ count }: PlaceRequest): number => {
  if (!Number.isSafeInteger(count) || count < 0)
    invariant(false, `${count} is no number of replicas`)
  return count
}

/**
 * Places the replicas of one request. After the first one without a feasible node it stops: nothing
 * has changed, so the others have none either.
 */
const placeOne = (
  draft: Draft,
  request: PlaceRequest,
  decideBy: DecidedBy | undefined,
  decisions: DecisionCounts,
): Answer => {
  const classSpec = getClassSpec(stateOf(draft), request.class)
  const classRow = rowOf(request.class)
  const placed: Placement[] = []
  const { count, only } = request
  const index = only === undefined ? indexForClass(draft, classSpec, count, decideBy) : undefined
  while (placed.length < count) {
    const row = decideNext(draft, classSpec, only, index, decisions)
    if (row === undefined) {
      const state = stateOf(draft)
      const nodes = candidatesOf(state, only, scratchOf(draft))
      return { placed, unplaced: sumRefusals(classSpec, state, nodes, count - placed.length) }
    }
    const replica = bookNext(draft, classRow, row)
    placed.push({ replica, node: nodeIdOf(stateOf(draft), row) })
  }
  return { placed }
}

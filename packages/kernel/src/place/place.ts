/**
 * Placing a list of requests: by priority, highest first, and in the order given among equals; each
 * replica sees those before it.
 */
import { stateOf } from '../cluster/cluster.js'
import { scratchOf, type Draft } from '../cluster/draft.js'
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf } from '../cluster/read.js'
import { book, phaseRowOf } from '../cluster/write.js'
import { catchUp, type ClassIndex } from '../index/class-index.js'
import { decideIn } from '../index/decide.js'
import { always, indexFor, wherePays } from '../index/indexes.js'
import type { Answer, DecidedBy, PlaceResult, Placement, PlaceRequest } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import { decide, candidatesOf, nextReplicaId } from './by-the-book.js'
import { getClassSpec } from './get-class-spec.js'
import { sumRefusals } from './refusals.js'

/**
 * Places what it can, and says why the rest found no place. Throws for a class id that `define` did
 * not give and for a count that is not a whole number of 0 or more. The answer is the same whether
 * it is decided by index or by scan: without `decideBy` the cheaper of the two is taken; with
 * `decideBy: 'index'` a scan runs only where no index can be had.
 */
export const place = (
  draft: Draft,
  requests: readonly PlaceRequest[],
  { decideBy }: { readonly decideBy?: DecidedBy } = {},
): PlaceResult => {
  requests.forEach(countOf)
  const answers: Answer[] = []
  const decisions: DecisionCounts = { byIndex: 0, byScan: 0 }
  for (const index of placingOrder(draft, requests))
    answers[index] = placeOne(draft, requests[index]!, decideBy, decisions)
  return { answers, decidedBy: decisions.byIndex > 0 && decisions.byScan === 0 ? 'index' : 'scan' }
}

/** How many replicas were decided about, in either way. */
interface DecisionCounts {
  byIndex: number
  byScan: number
}

const assumedRow = phaseRowOf('assumed')

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
 * Once a replica of a request finds no place, neither does the next: nothing changed in between.
 */
const placeOne = (
  draft: Draft,
  request: PlaceRequest,
  decideBy: DecidedBy | undefined,
  decisions: DecisionCounts,
): Answer => {
  const scratch = scratchOf(draft)
  const classSpec = getClassSpec(stateOf(draft), request.class)
  const placed: Placement[] = []
  const count = countOf(request)
  let index = decideBy === 'scan' ? undefined : indexForRequest(draft, classSpec, request, decideBy)
  while (placed.length < count) {
    if (index !== undefined && !catchUp(index, draft)) index = undefined
    const state = stateOf(draft)
    if (index === undefined) decisions.byScan++
    else decisions.byIndex++
    const row =
      index === undefined
        ? decide(state, classSpec, request.only, scratch)
        : decideIn(index, draft, nextReplicaId(state))
    if (row === undefined) {
      const nodes = candidatesOf(state, request.only, scratch)
      return { placed, unplaced: sumRefusals(classSpec, state, nodes, count - placed.length) }
    }
    const replica = book(draft, request.class, row, assumedRow)
    placed.push({ replica, node: nodeIdOf(stateOf(draft), row) })
  }
  return { placed }
}

/** Nothing where only some nodes are asked for, which are looked at one by one. */
const indexForRequest = (
  draft: Draft,
  classSpec: ClassSpec,
  { count, only }: PlaceRequest,
  decideBy: 'index' | undefined,
): ClassIndex | undefined =>
  only === undefined && count > 0
    ? indexFor(draft, classSpec, count, decideBy === 'index' ? always : wherePays)
    : undefined

/**
 * Placing a list of requests: by priority, highest first, and in the order given among equals; each
 * replica sees those before it.
 */
import { stateOf } from '../cluster/cluster.js'
import { scratchOf, type Draft } from '../cluster/draft.js'
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf } from '../cluster/read.js'
import { book, rowOfPhase } from '../cluster/write.js'
import { catchUp, type ClassIndex } from '../index/class-index.js'
import { decideByIndex } from '../index/decide.js'
import { defaultCosts, noCosts } from '../index/cost-model.js'
import { indexFor } from '../index/index-cache.js'
import type { Answer, DecidedBy, PlaceResult, Placement, PlaceRequest } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import { decide, lookedAt, nextReplica } from './by-the-book.js'
import { classOf } from './class-of.js'
import { summed } from './refusals.js'

/**
 * Places what it can, and says why the rest found no place. Throws for a class id that `define` did
 * not give and for a count that is not a whole number of 0 or more. The answer is the same whether
 * it is decided by index or by scan: without `decideBy` the cheaper of the two is taken; with
 * `decideBy: 'index'` a scan runs only where no index can be had.
 */
export const place = (
  draft: Draft,
  wanted: readonly PlaceRequest[],
  { decideBy }: { readonly decideBy?: DecidedBy } = {},
): PlaceResult => {
  wanted.forEach(countOf)
  const answers: Answer[] = []
  const decided: Decided = { byIndex: 0, byScan: 0 }
  for (const index of inTurn(draft, wanted))
    answers[index] = placeOne(draft, wanted[index]!, decideBy, decided)
  return { answers, decidedBy: decided.byIndex > 0 && decided.byScan === 0 ? 'index' : 'scan' }
}

/** How many replicas were decided about, in either way. */
interface Decided {
  byIndex: number
  byScan: number
}

const assumed = rowOfPhase('assumed')

/** The positions of the requests in the order in which they are placed. */
export const inTurn = (draft: Draft, wanted: readonly PlaceRequest[]): readonly number[] => {
  if (wanted.length === 1) return onlyFirst
  const parts = stateOf(draft)
  const priorities = wanted.map((request) => classOf(parts, request.class).priority)
  return wanted.map((_, index) => index).sort((a, b) => priorities[b]! - priorities[a]! || a - b)
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
  asked: DecidedBy | undefined,
  decided: Decided,
): Answer => {
  const scratch = scratchOf(draft)
  const classSpec = classOf(stateOf(draft), request.class)
  const placed: Placement[] = []
  const count = countOf(request)
  let index = asked === 'scan' ? undefined : indexOf(draft, classSpec, request, asked)
  while (placed.length < count) {
    if (index !== undefined && !catchUp(index, draft)) index = undefined
    const parts = stateOf(draft)
    if (index === undefined) decided.byScan++
    else decided.byIndex++
    const row =
      index === undefined
        ? decide(parts, classSpec, request.only, scratch)
        : decideByIndex(index, draft, nextReplica(parts))
    if (row === undefined) {
      const nodes = lookedAt(parts, request.only, scratch)
      return { placed, unplaced: summed(classSpec, parts, nodes, count - placed.length) }
    }
    const replica = book(draft, request.class, row, assumed)
    placed.push({ replica, node: nodeIdOf(stateOf(draft), row) })
  }
  return { placed }
}

/** Nothing where only some nodes are asked for, which are looked at one by one. */
const indexOf = (
  draft: Draft,
  classSpec: ClassSpec,
  { count, only }: PlaceRequest,
  asked: 'index' | undefined,
): ClassIndex | undefined =>
  only === undefined && count > 0
    ? indexFor(draft, classSpec, count, asked === 'index' ? noCosts : defaultCosts)
    : undefined

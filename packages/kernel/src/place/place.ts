/**
 * Placing a list of requests: by priority, highest first, and in the order given among equals; each replica sees those before it.
 */
import { partsOf } from '../cluster/cluster.js'
import { scratchOf, type Draft } from '../cluster/draft.js'
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf } from '../cluster/read.js'
import type { Scratch } from '../cluster/scratch.js'
import { book } from '../cluster/write.js'
import type { Answer, Placed, Placement, Wanted } from '../rule/answer.js'
import { decide, lookedAt } from './by-the-book.js'
import { classOf } from './class-of.js'
import { summed } from './refusals.js'

/** Places what it can, and says why not of what it can not. A class id that `define` did not give throws, and so does a count
 * that is no whole number of 0 or more. */
export const place = (draft: Draft, wanted: readonly Wanted[]): Placed => {
  wanted.forEach(countOf)
  const answers: Answer[] = []
  const scratch = scratchOf(draft)
  for (const index of inTurn(draft, wanted))
    answers[index] = placeOne(draft, wanted[index]!, scratch)
  return { answers, path: 'scan' }
}

/** The positions of the requests in the order in which they are placed. */
export const inTurn = (draft: Draft, wanted: readonly Wanted[]): readonly number[] => {
  const parts = partsOf(draft)
  const priorities = wanted.map((request) => classOf(parts, request.class).priority)
  return wanted.map((_, index) => index).sort((a, b) => priorities[b]! - priorities[a]! || a - b)
}

const countOf = ({ count }: Wanted): number => {
  invariant(Number.isSafeInteger(count) && count >= 0, `${count} is no number of replicas`)
  return count
}

/** Once a replica of a request finds no place, neither does the next: nothing changed in between. */
const placeOne = (draft: Draft, request: Wanted, scratch: Scratch): Answer => {
  const described = classOf(partsOf(draft), request.class)
  const placed: Placement[] = []
  const count = countOf(request)
  while (placed.length < count) {
    const parts = partsOf(draft)
    const row = decide(parts, described, request.only, scratch)
    if (row === undefined) {
      const nodes = lookedAt(parts, request.only, scratch)
      return { placed, unplaced: summed(described, parts, nodes, count - placed.length) }
    }
    const replica = book(draft, request.class, row, 'assumed')
    placed.push({ replica, node: nodeIdOf(partsOf(draft), row) })
  }
  return { placed }
}

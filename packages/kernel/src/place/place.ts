/**
 * Placing a list of requests: by priority, highest first, and in the order given among equals; each replica sees those before it.
 */
import { partsOf } from '../cluster/cluster.js'
import { scratchOf, type Draft } from '../cluster/draft.js'
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf } from '../cluster/read.js'
import { book } from '../cluster/write.js'
import { decideIn, noteBooked, openRun, type Run } from '../index/run.js'
import type { Answer, Path, Placed, Placement, Wanted } from '../rule/answer.js'
import { decide, lookedAt, nextReplica } from './by-the-book.js'
import { classOf } from './class-of.js'
import { summed } from './refusals.js'

/** Places what it can, and says why not of what it can not. A class id that `define` did not give throws, and so does a count
 * that is no whole number of 0 or more. */
export const place = (draft: Draft, wanted: readonly Wanted[]): Placed =>
  placeBy(draft, wanted, wherePays)

/** When nodes that are alike are looked at as one. */
export interface Paying {
  /** For so many replicas on so many nodes. */
  readonly tried: (replicas: number, nodes: number) => boolean
  /** When so many nodes are of so many kinds. */
  readonly kept: (nodes: number, kinds: number) => boolean
}

/** Sorting the nodes costs as much as looking at all of them a few dozen times. */
const wherePays: Paying = {
  tried: (replicas, nodes) => replicas >= 32 && nodes >= 64,
  kept: (nodes, kinds) => kinds * 4 <= nodes,
}

/** The answer is the same, whatever pays. */
export const placeBy = (draft: Draft, wanted: readonly Wanted[], paying: Paying): Placed => {
  wanted.forEach(countOf)
  const answers: Answer[] = []
  const paths = new Set<Path>()
  for (const index of inTurn(draft, wanted)) {
    const [answer, path] = placeOne(draft, wanted[index]!, paying)
    answers[index] = answer
    paths.add(path)
  }
  return { answers, path: paths.has('index') ? 'index' : 'scan' }
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
const placeOne = (
  draft: Draft,
  request: Wanted,
  paying: Paying,
): readonly [answer: Answer, path: Path] => {
  const scratch = scratchOf(draft)
  const described = classOf(partsOf(draft), request.class)
  const placed: Placement[] = []
  const count = countOf(request)
  const run = runFor(draft, request, paying)
  const path = run === undefined ? 'scan' : 'index'
  while (placed.length < count) {
    const parts = partsOf(draft)
    const row =
      run === undefined
        ? decide(parts, described, request.only, scratch)
        : decideIn(run, parts, nextReplica(parts))
    if (row === undefined) {
      const nodes = lookedAt(parts, request.only, scratch)
      return [{ placed, unplaced: summed(described, parts, nodes, count - placed.length) }, path]
    }
    const replica = book(draft, request.class, row, 'assumed')
    if (run !== undefined) noteBooked(run, partsOf(draft), row)
    placed.push({ replica, node: nodeIdOf(partsOf(draft), row) })
  }
  return [{ placed }, path]
}

const runFor = (draft: Draft, request: Wanted, { tried, kept }: Paying): Run | undefined => {
  const parts = partsOf(draft)
  const scratch = scratchOf(draft)
  if (!tried(request.count, parts.roster.rowOfName.size)) return undefined
  const candidates = lookedAt(parts, request.only, scratch)
  return openRun(parts, request.class, candidates, scratch, kept)
}

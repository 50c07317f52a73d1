/**
 * Places the replicas that wait for a node, by falling priority; replicas of equal priority in the
 * order of the list. Issues a `Place` order (a command to the caller) for each replica that got a
 * node; the other replicas keep waiting.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findNode } from '../cluster/find.js'
import { place } from '../place/place.js'
import type { PlaceRequest } from '../rule/answer.js'
import type { NodeId } from '../rule/id.js'
import type { Placer, UnplacedReplicas } from '../time/step-result.js'
import { startReplica } from '../supply/start-replica.js'
import type { Pending } from '../time/state.js'
import type { Work } from '../time/work.js'

/** The placer that only knows the rules of the classes. */
export const placeByRules: Placer = (draft, requests) => place(draft, requests).answers

/**
 * Places what waits. What found no node stays in the list; the answer says why, row by row in the
 * same order.
 */
export const placePending = (
  work: Work,
  draft: Draft,
  placer: Placer,
): readonly UnplacedReplicas[] => {
  const { pending } = work
  const requests = pending.map((row) => requestOf(work, draft, row))
  const answers = pending.length === 0 ? [] : placer(draft, requests)
  const left: Pending[] = []
  const unplaced: UnplacedReplicas[] = []
  for (const [i, row] of pending.entries()) {
    const { placed, unplaced: why } = answers[i]!
    for (const placement of placed) startReplica(work, draft, row, placement)
    const count = row.count - placed.length
    if (count === 0) continue
    left.push({ ...row, count })
    unplaced.push({
      ...{ owner: row.owner, class: row.class, nodes: 0, reasons: [] },
      ...{ ...why, count },
    })
  }
  work.pending = left
  // What was placed last may make room for what was refused first: then the next pass tries again.
  work.isTried = answers.every(({ placed }) => placed.length === 0)
  return unplaced
}

/** The request of a row: on the nodes of its pools, when it names some. */
const requestOf = (work: Work, draft: Draft, row: Pending): PlaceRequest => {
  const { class: classId, count, supply, only } = row
  if (supply === undefined) return row
  const nodes = nodesOfPools(work, draft, supply)
  return {
    ...{ class: classId, count },
    only: only === undefined ? nodes : only.filter((node) => nodes.includes(node)),
  }
}

const nodesOfPools = (work: Work, draft: Draft, pools: readonly string[]): readonly NodeId[] => {
  const isWithin = (pool: string | undefined): boolean => pool !== undefined && pools.includes(pool)
  const names = [...work.before.nodePools, ...work.nodePools].filter(([, pool]) => isWithin(pool))
  return names.flatMap(([name]) => {
    const node = findNode(draft, name)
    return O.isSome(node) ? [node.value] : []
  })
}

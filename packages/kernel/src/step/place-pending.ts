/**
 * Places the replicas that wait for a node, by falling priority; replicas of equal priority in the
 * order of the list. Issues a `Place` order (a command to the caller) for each replica that got a
 * node, and a `Stop` order for each that has to end so that others get one. All others keep
 * waiting.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findNode } from '../cluster/find.js'
import { place } from '../place/place.js'
import type { NodeId } from '../rule/id.js'
import type { Placer, PlacerView, UnplacedReplicas, Victim } from '../time/step-result.js'
import { startReplica } from '../supply/start-replica.js'
import { withNominations, type PendingReplicas } from '../time/state.js'
import { ownerOf, type Work } from '../time/work.js'
import { invariant } from '../cluster/invariant.js'
import { rowOf } from '../cluster/generation.js'
import { recordOf } from '../fold/fold-replica.js'
import { stopOrderAt } from '../time/bookings.js'
import { orderStop } from './order-stop.js'
import type { PendingRequest } from '../time/step-result.js'

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
  memoryOf: PlacerView['memoryOf'],
): readonly UnplacedReplicas[] => {
  const { pending, now } = work
  const requests = pending.some(({ supply }) => supply !== undefined)
    ? pending.map((row) => requestOf(work, draft, row))
    : pending
  const answers = pending.length === 0 ? [] : placer(draft, requests, { now, memoryOf })
  const left: PendingReplicas[] = []
  const unplaced: UnplacedReplicas[] = []
  let isTried = true
  for (const { placed, victims } of answers) {
    if (placed.length > 0) isTried = false
    for (const victim of victims ?? noVictims) {
      stopVictim(work, draft, victim)
      isTried = false
    }
  }
  for (let i = 0; i < pending.length; i++) {
    const row = pending[i]!
    const { placed, unplaced: why, nominations } = answers[i]!
    for (const placement of placed) startReplica(work, draft, row, placement)
    const count = row.count - placed.length
    if (count === 0) continue
    left.push(withNominations({ ...row, count }, nominations ?? noNominations))
    unplaced.push({
      ...{ owner: row.owner, class: row.class, nodes: 0, reasons: [] },
      ...{ ...why, count },
    })
  }
  work.pending = left
  // What was placed last may make room for what was refused first: then the next pass tries again.
  work.isTried = isTried
  return unplaced
}

const noVictims: readonly Victim[] = []
const noNominations: readonly NodeId[] = []

/** Books the order that ends a victim; its controller sees why. */
const stopVictim = (work: Work, draft: Draft, { replica, because }: Victim): void => {
  const owner = ownerOf(work, replica)
  if (owner === undefined) return invariant(false, `victim ${replica} is no controller's replica`)
  const isLeaving = recordOf(draft, replica).phase === 'leaving'
  if (!isLeaving || stopOrderAt(work.bookings, rowOf(replica)) !== 0)
    return invariant(false, `victim ${replica} was not set to leaving by the placer`)
  orderStop(work, draft, { replica, because, owner }, because)
}

/** The request of a row: on the nodes of its pools, when it names some. */
const requestOf = (work: Work, draft: Draft, row: PendingReplicas): PendingRequest => {
  const { only, supply } = row
  if (supply === undefined) return row
  const nodes = nodesOfPools(work, draft, supply)
  return {
    ...row,
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

/**
 * Runs the pools (sources of nodes) at the end of a pass (which handles all events of one instant):
 *
 * 1. It gives up bought nodes that did not join within their warm-up time.
 * 2. It buys nodes up to the minimum of each fleet.
 * 3. It supplies the replicas that wait for a node: fleets buy nodes, vending pools create them.
 * 4. It releases nodes that were idle long enough, down to the minimum of their fleet.
 *
 * A fleet that controllers manage buys and releases nothing here.
 */
import type { FoldFault } from '../time/fault.js'
import * as E from 'fp-ts/lib/Either.js'
import { draftState, type Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { nodeName } from '../cluster/read.js'
import { hasNode } from '../cluster/roster.js'
import type { LowerNode } from '../provision/lower-node.js'
import type { FleetPool } from '../provision/pool.js'
import { byCodeUnit } from '../rule/text-order.js'
import { withIdle, type PoolBook } from '../time/pool-book.js'
import { freeNames } from './free-names.js'
import { supplyRows } from './supply-rows.js'
import { buyNode } from './buy-node.js'
import { releaseNode } from './release-node.js'
import { bookOf, poolOfNode, settleOrder, type Work } from '../time/work.js'

/** Whether a pool may have to act although nothing was placed or stopped. */
export const arePoolsDue = ({ before, now, touched, books }: Work): boolean =>
  before.books.size > 0 &&
  (touched.size > 0 ||
    books.size > 0 ||
    (before.poolTimer !== undefined && before.poolTimer <= now))

/**
 * Runs all pools; returns how many replicas of each row still wait for a node. A `Left` says which
 * offering is no node.
 */
export const runPools = (
  work: Work,
  draft: Draft,
  lowerNode: LowerNode,
): E.Either<FoldFault, readonly number[]> => {
  if (work.before.books.size === 0) return E.right(work.pending.map(({ count }) => count))
  updateIdle(work, draft)
  const fleets = [...work.before.books.keys()]
    .map((name) => bookOf(work, name)!)
    .filter((book): book is FleetBook => book.pool._tag === 'Fleet')
  for (const fleet of fleets) dropLost(work, fleet)
  const unmanaged = fleets.filter(({ pool }) => pool.isManaged !== true)
  for (const { pool } of unmanaged) buyMinimum(work, draft, pool)
  const supplied = supplyRows(work, draft, lowerNode)
  for (const { pool } of unmanaged) releaseIdle(work, draft, pool.name)
  return supplied
}

type FleetBook = PoolBook & { readonly pool: FleetPool }

/** Notes which of the nodes that this pass touched hold nothing now. */
const updateIdle = (work: Work, draft: Draft): void => {
  const { roster, replicas } = draftState(draft)
  for (const node of work.touched) {
    if (!hasNode(roster, node)) continue
    const name = nodeName(draft, node)
    const pool = poolOfNode(work, name)
    if (pool === undefined) continue
    const book = bookOf(work, pool)!
    const isIdle = replicas.first[rowOf(node)] === 0
    if (isIdle !== book.idle.has(name))
      work.books.set(pool, withIdle(book, name, isIdle ? work.now : undefined))
  }
}

const dropLost = (work: Work, { pool: { name }, coming }: FleetBook): void => {
  const lost = coming.filter(({ due }) => due <= work.now)
  if (lost.length === 0) return
  for (const { order } of lost) settleOrder(work, order)
  work.books.set(name, {
    ...bookOf(work, name)!,
    coming: coming.filter(({ due }) => due > work.now),
  })
}

const buyMinimum = (work: Work, draft: Draft, { name, min, max }: FleetPool): void => {
  const { size, coming } = bookOf(work, name)!
  for (let count = size + coming.length; count < Math.min(min, max); count++)
    buyNode(work, { pool: name, offering: 0, node: freeNames(work, draft, name)(0) })
}

/** Releases nodes that held nothing long enough, the longest idle first, down to the minimum. */
const releaseIdle = (work: Work, draft: Draft, name: string): void => {
  const { pool, size, coming, idle } = bookOf(work, name) as FleetBook
  const surplus = size + coming.length - pool.min
  if (surplus <= 0) return
  const due = [...idle].filter(([, since]) => since + pool.idleFor <= work.now)
  due.sort(([a, since], [b, other]) => since - other || byCodeUnit(a, b))
  for (const [node] of due.slice(0, surplus)) releaseNode(work, draft, name, node)
}

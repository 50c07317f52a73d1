/**
 * Supplies nodes to replicas that found none, from the pools that these replicas may use:
 * 1. A fleet buys nodes, and the replicas wait until these nodes join.
 * 2. A vending pool creates a node for each replica at once.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../cluster/draft.js'
import type { LowerNode } from '../provision/lower-node.js'
import type { FleetPool } from '../provision/pool.js'
import type { OfferedNode } from '../provision/pool.js'
import { purchases, type OpenFleet, type Shortage } from '../provision/purchases.js'
import { buyNode } from './buy-node.js'
import type { FoldFault } from '../time/fault.js'
import { freeNames } from './free-names.js'
import type { PoolBook } from '../time/pool-book.js'
import { withCount, type PendingReplicas } from '../time/state.js'
import { vendFrom } from './vend.js'
import { bookOf, type Work } from '../time/work.js'

/**
 * Supplies the rows of replicas that wait from their pools, in the order of the pools: pools of one
 * kind that follow each other act for all rows together. Replicas for which a node is coming wait
 * on; those for which one was vended do not.
 */
export const supplyRows = (
  work: Work,
  draft: Draft,
  lowerNode: LowerNode,
): E.Either<FoldFault, readonly number[]> => {
  const rows = work.pending
  const runs = rows.map(({ supply = [] }) => runsOf(work, supply))
  // Replicas for which a node is kept wait for its room.
  const needs = rows.map(({ count, nominations = [] }) => count - nominations.length)
  const left = rows.map(({ count }) => count)
  for (let round = 0; runs.some((run) => run.length > round); round++) {
    const bought = buyRound(work, draft, lowerNode, rows, needs, runs, round)
    if (E.isLeft(bought)) return bought
    for (const [i, row] of rows.entries())
      for (const pool of runs[i]![round]?.vending ?? []) {
        const vended = vendFrom(work, draft, lowerNode, row, { pool, count: needs[i]! })
        if (E.isLeft(vended)) return vended
        needs[i]! -= vended.right
        left[i]! -= vended.right
      }
  }
  work.pending = rows.flatMap((row, i) => (left[i] === 0 ? [] : [withCount(row, left[i]!)]))
  return E.right(left)
}

/** Pools of one kind that follow each other in a supply. */
interface PoolRun {
  readonly fleets: readonly string[]
  readonly vending: readonly string[]
}

const runsOf = (work: Work, supply: readonly string[]): readonly PoolRun[] => {
  const runs: { fleets: string[]; vending: string[] }[] = []
  for (const name of supply) {
    const isFleet = bookOf(work, name)!.pool._tag === 'Fleet'
    const last = runs.at(-1)
    const fits = last !== undefined && (isFleet ? last.vending : last.fleets).length === 0
    const run = fits ? last : { fleets: [], vending: [] }
    if (!fits) runs.push(run)
    ;(isFleet ? run.fleets : run.vending).push(name)
  }
  return runs
}

/** Buys for all rows of which this run of pools are fleets, and lowers what they need. */
const buyRound = (
  work: Work,
  draft: Draft,
  lowerNode: LowerNode,
  rows: readonly PendingReplicas[],
  needs: number[],
  runs: readonly (readonly PoolRun[])[],
  round: number,
): E.Either<FoldFault, void> => {
  const positions = [...rows.keys()].filter(
    (i) => needs[i]! > 0 && (runs[i]![round]?.fleets.length ?? 0) > 0,
  )
  if (positions.length === 0) return E.right(undefined)
  const shortages = positions.map(
    (i): Shortage => ({
      class: rows[i]!.class,
      count: needs[i]!,
      fleets: runs[i]![round]!.fleets,
    }),
  )
  const [open, coming] = openFleets(work, draft, new Set(shortages.flatMap(({ fleets }) => fleets)))
  const bought = purchases(draft, lowerNode, open, coming, shortages)
  if (E.isLeft(bought))
    return E.left({ _tag: 'BadPool', ...bought.left, at: ['pools', ...bought.left.at] })
  for (const offered of bought.right.nodes) buyNode(work, offered)
  for (const [k, i] of positions.entries()) needs[i]! -= bought.right.covered[k]!
  return E.right(undefined)
}

/** The fleets that may buy, and their nodes that are coming. */
const openFleets = (
  work: Work,
  draft: Draft,
  names: ReadonlySet<string>,
): readonly [ReadonlyMap<string, OpenFleet>, readonly OfferedNode[]] => {
  const books = [...work.before.books.keys()]
    .filter((name) => names.has(name))
    .map((name) => bookOf(work, name) as PoolBook & { readonly pool: FleetPool })
  const open = books.map(
    ({ pool, size, coming }) =>
      [
        pool.name,
        {
          pool,
          room: pool.isManaged === true ? 0 : pool.max - size - coming.length,
          nameOf: freeNames(work, draft, pool.name),
        },
      ] as const,
  )
  return [new Map(open), books.flatMap(({ coming }) => coming)]
}

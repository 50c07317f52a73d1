/**
 * Vends nodes: creates a node sized to one replica, adds it to the cluster at once, and places the
 * replica on it.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findClass } from '../cluster/find.js'
import { join, leave } from '../cluster/write.js'
import { place } from '../place/place.js'
import { cutNode } from '../provision/cut-node.js'
import type { LowerNode } from '../provision/lower-node.js'
import type { VendingPool } from '../provision/pool.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { MalformedValue } from '../rule/malformed.js'
import type { FoldFault } from '../time/fault.js'
import { freeNames, serialIn } from './free-names.js'
import { addToPool } from '../fold/pool-move.js'
import { startReplica } from './start-replica.js'
import type { PendingReplicas } from '../time/state.js'
import { bookOf, noteNode, type Work } from '../time/work.js'

/** Vends a node for each of so many replicas of a row; returns how many got one. */
export const vendFrom = (
  work: Work,
  draft: Draft,
  lowerNode: LowerNode,
  row: PendingReplicas,
  { pool: name, count }: { readonly pool: string; readonly count: number },
): E.Either<FoldFault, number> => {
  let vended = 0
  while (vended < count) {
    const { pool, size } = bookOf(work, name)!
    if (pool._tag !== 'Vending' || size >= pool.max) break
    const isVended = vend(work, draft, lowerNode, row, pool)
    if (E.isLeft(isVended)) return isVended
    if (!isVended.right) break
    vended++
  }
  return E.right(vended)
}

/** Whether the pool's offering, cut to the class, takes a replica; then it is ordered. */
const vend = (
  work: Work,
  draft: Draft,
  lowerNode: LowerNode,
  row: PendingReplicas,
  pool: VendingPool,
): E.Either<FoldFault, boolean> => {
  const name = freeNames(work, draft, pool.name)(0)
  const wrong = (found: MalformedValue): E.Either<FoldFault, never> =>
    E.left({ _tag: 'BadPool', ...found, at: ['pools', pool.name, 'offering', ...found.at] })
  const spec = lowerNode(draft, pool.offering, name)
  if (E.isLeft(spec)) return wrong(spec.left)
  const classSpec = O.toUndefined(findClass(draft, row.class))!
  const joined = join(draft, cutNode(spec.right, classSpec))
  if (E.isLeft(joined))
    return wrong({ at: [], found: joined.left._tag, expected: 'a node that can join' })
  const [answer] = place(draft, [{ class: row.class, count: 1, only: [joined.right] }]).answers
  const placement = answer!.placed[0]
  if (placement === undefined) {
    getOrThrow(leave(draft, joined.right))
    return E.right(false)
  }
  addToPool(work, name, pool.name)
  const book = bookOf(work, pool.name)!
  work.books.set(pool.name, { ...book, serial: serialIn(pool.name, name) })
  noteNode(work, { node: joined.right, name, change: 'joined' })
  startReplica(work, draft, row, placement, pool.name)
  return E.right(true)
}

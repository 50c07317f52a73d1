/**
 * Applies the intents `Buy` and `Release` to managed pools, whose nodes only controllers buy and
 * release. It checks each intent and issues the order (a command to the caller).
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findNode } from '../cluster/find.js'
import { replicasOn } from '../cluster/read.js'
import type { FleetPool } from '../provision/pool.js'
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import { buyNode } from '../supply/buy-node.js'
import { freeNames } from '../supply/free-names.js'
import { releaseNode } from '../supply/release-node.js'
import type { Intent } from '../time/decision.js'
import type { PoolBook } from '../time/pool-book.js'
import { bookOf, poolOfNode, type Work } from '../time/work.js'

type ManagedBook = PoolBook & { readonly pool: FleetPool }

/** The book of a pool that controllers manage. */
const managedBook = (work: Work, pool: string | undefined): ManagedBook | undefined => {
  const book = pool === undefined ? undefined : bookOf(work, pool)
  return book?.pool._tag === 'Fleet' && book.pool.isManaged === true
    ? (book as ManagedBook)
    : undefined
}

/** Buys the nodes; the answer says why that cannot be. */
export const applyBuy = (
  work: Work,
  draft: Draft,
  { pool, offering, count }: Extract<Intent, { readonly _tag: 'Buy' }>,
): MalformedValue | undefined => {
  const book = managedBook(work, pool)
  if (book === undefined)
    return { at: ['pool'], found: renderValue(pool), expected: 'a pool that controllers manage' }
  const { offerings, max } = book.pool
  if (!Object.hasOwn(offerings, offering))
    return {
      ...{ at: ['offering'], found: renderValue(offering) },
      expected: `the number of one of ${offerings.length} offerings, counted from 0`,
    }
  const room = max - book.size - book.coming.length
  if (!Number.isSafeInteger(count) || count < 0 || count > room)
    return {
      ...{ at: ['count'], found: renderValue(count) },
      expected: `a whole number, at most ${Math.max(0, room)}: no more than ${max} nodes may be there`,
    }
  const nameOf = freeNames(work, draft, pool)
  for (let index = 0; index < count; index++) buyNode(work, { pool, offering, node: nameOf(index) })
  return undefined
}

/** Releases the node; the answer says why that cannot be. */
export const applyRelease = (
  work: Work,
  draft: Draft,
  { node: name }: Extract<Intent, { readonly _tag: 'Release' }>,
): MalformedValue | undefined => {
  const node = O.toUndefined(findNode(draft, name))
  const pool = poolOfNode(work, name)
  const book = managedBook(work, pool)
  if (node === undefined || pool === undefined || book === undefined)
    return {
      ...{ at: ['node'], found: renderValue(name) },
      expected: 'the name of a node of a pool that controllers manage',
    }
  if (replicasOn(draft, node).length > 0)
    return { at: ['node'], found: renderValue(name), expected: 'a node that holds nothing' }
  releaseNode(work, draft, pool, name)
  return undefined
}

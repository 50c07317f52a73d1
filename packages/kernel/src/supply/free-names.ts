/** Gives the names of new nodes: the name of their pool with a number. */
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findNode } from '../cluster/find.js'
import type { PoolBook } from '../time/pool-book.js'
import { bookOf, type Work } from '../time/work.js'

/** The names that the next nodes of a pool get: its own with a number that no node has. */
export const freeNames = (work: Work, draft: Draft, pool: string): ((index: number) => string) => {
  const names: string[] = []
  let { serial } = bookOf(work, pool)!
  return (index) => {
    while (names.length <= index) {
      serial++
      const name = `${pool}-${serial}`
      if (O.isNone(findNode(draft, name))) names.push(name)
    }
    return names[index]!
  }
}

/** The number of the next free name. */
export const serialAfter = (work: Work, draft: Draft, { pool }: PoolBook): number =>
  Number(freeNames(work, draft, pool.name)(0).slice(pool.name.length + 1))

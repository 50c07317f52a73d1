/** Generates names for the new nodes of a pool: the name of the pool and the next free number. */
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findNode } from '../cluster/find.js'
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

/** The number in a name that a pool has given. */
export const serialIn = (pool: string, name: string): number => Number(name.slice(pool.length + 1))

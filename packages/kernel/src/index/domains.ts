/**
 * Which nodes share a domain, told once for all tallies over the same. Derived from the nodes as
 * they are, and kept as long as these.
 */
import type { Integers } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import { rankedRows } from '../cluster/roster.js'
import { domainOf } from '../judge/domain-counts.js'
import type { Tally } from '../rule/expr.js'

export interface Domains {
  /** By row, the number of the domain that the node is in; `nowhere` for one that is in none. */
  readonly of: Integers
  readonly count: number
  /** Whether no two nodes are in one domain, though they may be in none. */
  readonly isLone: boolean
}

export const nowhere = -1

const known = new WeakMap<Integers, Map<string, Domains>>()

export const domainsIn = (
  parts: State,
  tally: Pick<Tally, 'domain' | 'key' | 'absent'>,
): Domains => {
  const ranked = rankedRows(parts.roster)
  const told = known.get(ranked) ?? new Map<string, Domains>()
  known.set(ranked, told)
  const key = JSON.stringify([tally.domain, tally.key, tally.absent])
  const before = told.get(key)
  if (before !== undefined) return before
  const made = domainsOf(parts, tally)
  told.set(key, made)
  return made
}

/** Numbered in the order in which the nodes come to them. */
const domainsOf = (parts: State, tally: Pick<Tally, 'domain' | 'key' | 'absent'>): Domains => {
  const domainAt = domainOf(parts, tally)
  const of = new Int32Array(parts.roster.specs.length).fill(nowhere)
  const numbers = new Map<number, number>()
  let within = 0
  for (const row of rankedRows(parts.roster)) {
    const domain = domainAt(row)
    if (domain === undefined) continue
    const number = numbers.get(domain) ?? numbers.size
    numbers.set(domain, number)
    of[row] = number
    within++
  }
  return { of, count: numbers.size, isLone: within === numbers.size }
}

/**
 * Numbers domains (groups of nodes, such as zones) from 0, and maps each node to the number of its
 * domain. A tally (a rule that counts replicas per domain) defines the domains, for example by the
 * value of one attribute. Tallies with the same domains share the numbers.
 */
import type { Integers } from '../../cluster/column.js'
import type { State } from '../../cluster/state.js'
import { rankedRows } from '../../cluster/roster.js'
import { domainOf } from '../../judge/domain-counts.js'
import type { Tally } from '../../rule/expr.js'

export interface Domains {
  /** By row: the number of the node's domain; `noDomain` for a node without one. */
  readonly byRow: Integers
  readonly count: number
  /** True when no domain has two nodes, as with host names. */
  readonly isPerNode: boolean
}

/** What numbers the domains: the part of a tally that says which domain a node is in. */
type DomainRule = Pick<Tally, 'domain' | 'key' | 'absent'>

export const noDomain = -1

/**
 * A module-level cache, keyed by the identity of the array of ranked rows. The roster replaces this
 * array when a node joins or leaves and never changes it, so an entry cannot be stale; it is
 * collected together with the array.
 */
const domainsCache = new WeakMap<Integers, Map<string, Domains>>()

/** Numbers the domains of a rule, once per list of nodes. */
export const domainsOf = (state: State, rule: DomainRule): Domains => {
  const ranked = rankedRows(state.roster)
  const cached = domainsCache.get(ranked) ?? new Map<string, Domains>()
  domainsCache.set(ranked, cached)
  const key = JSON.stringify([rule.domain, rule.key, rule.absent])
  const found = cached.get(key)
  if (found !== undefined) return found
  const made = numberDomains(state, rule)
  cached.set(key, made)
  return made
}

/** Numbers the domains in the order of their first node by rank. */
const numberDomains = (state: State, rule: DomainRule): Domains => {
  const domainAt = domainOf(state, rule)
  const byRow = new Int32Array(state.roster.specs.length).fill(noDomain)
  const numbers = new Map<number, number>()
  let nodes = 0
  for (const row of rankedRows(state.roster)) {
    const domain = domainAt(row)
    if (domain === undefined) continue
    const number = numbers.get(domain) ?? numbers.size
    numbers.set(domain, number)
    byRow[row] = number
    nodes++
  }
  return { byRow, count: numbers.size, isPerNode: nodes === numbers.size }
}

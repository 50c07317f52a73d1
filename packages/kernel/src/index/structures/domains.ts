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
  /** How many numbers are given, to domains that have lost their nodes too. */
  count: number
  /** True when no domain has two nodes, as with host names. */
  readonly isPerNode: boolean
  /** By domain: how many nodes it has. There is room for domains that come with new nodes. */
  readonly population: Integers
  /** The number of each domain, by what `domainOf` says. Empty where no nodes are followed. */
  readonly numbers: Map<number, number>
}

/** What numbers the domains: the part of a tally that says which domain a node is in. */
export type DomainRule = Pick<Tally, 'domain' | 'key' | 'absent'>

/** Domains that follow the nodes, with the rule of each, and room for so many rows. */
export interface DomainTable {
  readonly byKey: Map<string, readonly [rule: DomainRule, domains: Domains]>
  readonly rowsMax: number
}

export const noDomain = -1

/**
 * A module-level cache, keyed by the identity of the array of ranked rows. The roster replaces this
 * array when a node joins or leaves and never changes it, so an entry cannot be stale; it is
 * collected together with the array.
 */
const domainsCache = new WeakMap<Integers, DomainTable['byKey']>()

/** Numbers the domains of a rule, once per list of nodes or once per table. */
export const domainsOf = (state: State, rule: DomainRule, table?: DomainTable): Domains => {
  const cached = table?.byKey ?? cachedDomains(state)
  const key = JSON.stringify([rule.domain, rule.key, rule.absent])
  const found = cached.get(key)
  if (found !== undefined) return found[1]
  const made = numberDomains(state, rule, table?.rowsMax ?? 0)
  cached.set(key, [rule, made])
  return made
}

const cachedDomains = ({ roster }: State): DomainTable['byKey'] => {
  const ranked = rankedRows(roster)
  const cached = domainsCache.get(ranked) ?? new Map<string, readonly [DomainRule, Domains]>()
  domainsCache.set(ranked, cached)
  return cached
}

/** Numbers the domains in the order of their first node by rank. */
const numberDomains = (state: State, rule: DomainRule, rowsMax: number): Domains => {
  const domainAt = domainOf(state, rule)
  const rows = state.roster.specs.length
  const byRow = new Int32Array(Math.max(rows, rowsMax)).fill(noDomain)
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
  const count = numbers.size
  const population = new Int32Array(rowsMax === 0 ? count : 2 * count + rowsMax - rows)
  for (const row of rankedRows(state.roster))
    if (byRow[row] !== noDomain) population[byRow[row]!]!++
  const known = rowsMax === 0 ? new Map<number, number>() : numbers
  return { byRow, count, isPerNode: nodes === count, population, numbers: known }
}

/**
 * The number of a domain that the node of a row is to be in, a new one where it has none yet.
 * Undefined where there is no room, or where a node would come into the domain of one node.
 */
export const numberFor = (domains: Domains, domain: number): number | undefined => {
  const { numbers, population, isPerNode } = domains
  const known = numbers.get(domain)
  if (known !== undefined) return isPerNode && population[known]! > 0 ? undefined : known
  if (domains.count === population.length) return undefined
  numbers.set(domain, domains.count)
  return domains.count++
}

/**
 * The domains of a tally: which of them a node is in, and how many replicas are counted in each.
 * All nodes that are eligible are counted, whatever else is asked of them.
 */
import type { DomainCounts, Extremes, State } from '../cluster/parts.js'
import { invariant } from '../cluster/invariant.js'
import { rankedRows } from '../cluster/roster.js'
import type { Tally } from '../rule/tally.js'
import { counterOf } from './count.js'
import { nodePredicate } from './expr.js'

/** The domains as numbers. Nothing: the node is in none. */
export const domainOf = (
  state: State,
  { domain, key, absent }: Pick<Tally, 'domain' | 'key' | 'absent'>,
): ((row: number) => number | undefined) => {
  const attributes = state.roster.attributes
  const domainWithoutKey = (row: number): number | undefined =>
    absent === 'own' ? nodeDomain(row) : absent === 'shared' ? sharedDomain : undefined
  if (domain !== 'node' && domain !== 'cluster')
    return (row) => attributes[row]!.get(domain) ?? domainWithoutKey(row)
  const domainWithKey = domain === 'node' ? nodeDomain : () => clusterDomain
  if (key === undefined) return domainWithKey
  return (row) => (attributes[row]!.has(key) ? domainWithKey(row) : domainWithoutKey(row))
}

/** Attributes' values are words, from 0 upwards; these are below. */
const clusterDomain = -1
const sharedDomain = -2
const nodeDomain = (row: number): number => -3 - row

export const domainCounts = (state: State, tally: Tally): DomainCounts => {
  const indexCounts = state.index?.domainCounts(tally)
  if (indexCounts !== undefined) return indexCounts
  if (isLocal(tally)) return countsByNode(state, tally)
  invariant(state.index === undefined, 'an index does not know a tally of its class')
  return countsByDomain(state, tally)
}

const countsByNode = (state: State, tally: Tally): DomainCounts => {
  const onNode = counterOf(state, tally)
  const isEligible = eligibility(state, tally)
  const domainAt = domainOf(state, tally)
  return {
    countAt: (row) => (domainAt(row) === undefined ? undefined : isEligible(row) ? onNode(row) : 0),
    extremes: () => extremesIn(sumByDomain(state, tally)),
  }
}

const countsByDomain = (state: State, tally: Tally): DomainCounts => {
  const domainAt = domainOf(state, tally)
  const sums = sumByDomain(state, tally)
  return {
    countAt: (row) => {
      const domain = domainAt(row)
      return domain === undefined ? undefined : (sums.get(domain) ?? 0)
    },
    extremes: () => extremesIn(sums),
  }
}

const extremesIn = (sums: ReadonlyMap<number, number>): Extremes => ({
  ...extremesOf(sums.values()),
  domains: sums.size,
})

export const extremesOf = (counts: Iterable<number>): Omit<Extremes, 'domains'> => {
  let [least, most] = [Infinity, -Infinity]
  for (const count of counts) {
    if (count < least) least = count
    if (count > most) most = count
  }
  return { least, most }
}

/** Whether a node is counted, and makes domains. */
export const eligibility = (
  state: State,
  { eligible }: Pick<Tally, 'eligible'>,
): ((row: number) => boolean) =>
  eligible === undefined ? () => true : nodePredicate(eligible, state)

/** The count of each domain that an eligible node is in. */
const sumByDomain = (state: State, tally: Tally): ReadonlyMap<number, number> => {
  const domainAt = domainOf(state, tally)
  const isEligible = eligibility(state, tally)
  const onNode = counterOf(state, tally)
  const found = new Map<number, number>()
  for (const row of rankedRows(state.roster)) {
    const domain = domainAt(row)
    if (domain !== undefined && isEligible(row))
      found.set(domain, (found.get(domain) ?? 0) + onNode(row))
  }
  return found
}

/** Whether each domain is one node, so that nobody need be counted but the node itself. */
export const isLocal = ({ domain, key, absent }: Tally): boolean =>
  domain === 'node' && (key === undefined || absent !== 'shared')

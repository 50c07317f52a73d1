/**
 * Counts replicas by domain (a group of nodes, such as a zone), like `select count(*) … group by
 * domain`:
 * 1. It finds the domain of a node.
 * 2. It sums, over the nodes of each domain, the replicas that a tally (a rule that counts replicas
 *    per domain) selects.
 *
 * Nodes that a filter refuses are counted too; only the tally's own `eligible` expression leaves
 * nodes out.
 */
import type { DomainCounts, Extremes, State } from '../cluster/state.js'
import { rankedRows } from '../cluster/roster.js'
import type { Tally } from '../rule/expr.js'
import type { NodeCounter } from './count.js'

/** Gives the number of a node's domain by its row; `undefined` when the node is in no domain. */
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

/** Domains of an attribute are words, 0 and above; all other domains are negative. */
const clusterDomain = -1
const sharedDomain = -2
const nodeDomain = (row: number): number => -3 - row

/**
 * The counts of a tally by scanning, from its counts on nodes. A local tally looks at one node per
 * call, any other at all nodes once.
 */
export const scanDomains = (
  state: State,
  tally: Tally,
  isEligible: (row: number) => boolean,
  onNode: NodeCounter,
): DomainCounts =>
  (isLocal(tally) ? countsByNode : countsByDomain)(state, tally, isEligible, onNode)

const countsByNode = (
  state: State,
  tally: Tally,
  isEligible: (row: number) => boolean,
  onNode: NodeCounter,
): DomainCounts => {
  const domainAt = domainOf(state, tally)
  return {
    countAt: (row) => (domainAt(row) === undefined ? undefined : isEligible(row) ? onNode(row) : 0),
    extremes: () => extremesIn(sumByDomain(state, tally, isEligible, onNode)),
  }
}

const countsByDomain = (
  state: State,
  tally: Tally,
  isEligible: (row: number) => boolean,
  onNode: NodeCounter,
): DomainCounts => {
  const domainAt = domainOf(state, tally)
  const sums = sumByDomain(state, tally, isEligible, onNode)
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

/** The smallest and the largest count; Infinity and -Infinity when there is none. */
export const extremesOf = (counts: Iterable<number>): Omit<Extremes, 'domains'> => {
  let [min, max] = [Infinity, -Infinity]
  for (const count of counts) {
    if (count < min) min = count
    if (count > max) max = count
  }
  return { min, max }
}

/** The count of every domain that has an eligible node. */
const sumByDomain = (
  state: State,
  tally: Tally,
  isEligible: (row: number) => boolean,
  onNode: NodeCounter,
): ReadonlyMap<number, number> => {
  const domainAt = domainOf(state, tally)
  const sums = new Map<number, number>()
  for (const row of rankedRows(state.roster)) {
    const domain = domainAt(row)
    if (domain !== undefined && isEligible(row))
      sums.set(domain, (sums.get(domain) ?? 0) + onNode(row))
  }
  return sums
}

/** Whether every domain is a single node, so that counting needs no other node. */
export const isLocal = ({ domain, key, absent }: Tally): boolean =>
  domain === 'node' && (key === undefined || absent !== 'shared')

/**
 * The domains of a tally: which of them a node is in, and how many replicas are counted in each.
 * All nodes that are eligible are counted, whatever else is asked of them.
 */
import type { Census, Extremes, State } from '../cluster/parts.js'
import { invariant } from '../cluster/invariant.js'
import { rankedRows } from '../cluster/roster.js'
import type { Tally } from '../rule/tally.js'
import { counting } from './count.js'
import { asking } from './expr.js'

/** The domains as numbers. Nothing: the node is in none. */
export const domainOf = (
  parts: State,
  { domain, key, absent }: Pick<Tally, 'domain' | 'key' | 'absent'>,
): ((row: number) => number | undefined) => {
  const attributes = parts.roster.attributes
  const without = (row: number): number | undefined =>
    absent === 'own' ? ownOf(row) : absent === 'shared' ? shared : undefined
  if (domain !== 'node' && domain !== 'cluster')
    return (row) => attributes[row]!.get(domain) ?? without(row)
  const within = domain === 'node' ? ownOf : () => whole
  if (key === undefined) return within
  return (row) => (attributes[row]!.has(key) ? within(row) : without(row))
}

/** Attributes' values are words, from 0 upwards; these are below. */
const whole = -1
const shared = -2
const ownOf = (row: number): number => -3 - row

export const census = (parts: State, tally: Tally): Census => {
  const known = parts.index?.domainCounts(tally)
  if (known !== undefined) return known
  if (isLocal(tally)) return localIn(parts, tally)
  invariant(parts.index === undefined, 'an index does not know a tally of its class')
  return wideIn(parts, tally)
}

const localIn = (parts: State, tally: Tally): Census => {
  const onNode = counting(parts, tally)
  const isEligible = eligibility(parts, tally)
  const domainAt = domainOf(parts, tally)
  return {
    countAt: (row) => (domainAt(row) === undefined ? undefined : isEligible(row) ? onNode(row) : 0),
    extremes: () => extremesIn(sumsIn(parts, tally)),
  }
}

const wideIn = (parts: State, tally: Tally): Census => {
  const domainAt = domainOf(parts, tally)
  const sums = sumsIn(parts, tally)
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
  parts: State,
  { eligible }: Pick<Tally, 'eligible'>,
): ((row: number) => boolean) => (eligible === undefined ? () => true : asking(eligible, parts))

/** The count of each domain that an eligible node is in. */
const sumsIn = (parts: State, tally: Tally): ReadonlyMap<number, number> => {
  const domainAt = domainOf(parts, tally)
  const isEligible = eligibility(parts, tally)
  const onNode = counting(parts, tally)
  const found = new Map<number, number>()
  for (const row of rankedRows(parts.roster)) {
    const domain = domainAt(row)
    if (domain !== undefined && isEligible(row))
      found.set(domain, (found.get(domain) ?? 0) + onNode(row))
  }
  return found
}

/** Whether each domain is one node, so that nobody need be counted but the node itself. */
export const isLocal = ({ domain, key, absent }: Tally): boolean =>
  domain === 'node' && (key === undefined || absent !== 'shared')

/**
 * Maintains the counts of one tally (a rule that counts replicas per domain), as a materialised
 * view of `SELECT domain, COUNT(*) … GROUP BY domain`. A histogram of the counts gives their
 * minimum and maximum without reading every domain.
 *
 * 1. `openLiveCounts` counts all replicas.
 * 2. `addToCounts` adds or subtracts one replica that the tally counts.
 */
import type { Integers } from '../../cluster/column.js'
import type { DomainCounts, State } from '../../cluster/state.js'
import { rankedRows } from '../../cluster/roster.js'
import { extremesOf } from '../../judge/domain-counts.js'
import { eligibility } from '../../judge/expr.js'
import { counterOf } from '../../judge/count.js'
import type { Tally } from '../../rule/expr.js'
import { domainsOf, noDomain, type Domains } from './domains.js'

export interface LiveCounts extends DomainCounts {
  readonly tally: Tally
  readonly domains: Domains
  /** By row: 1 when replicas on the node are counted. Undefined when they are on every node. */
  readonly eligibleRows: Uint8Array | undefined
  /** By domain. */
  readonly counts: Integers
  /**
   * By count: how many domains with an eligible node have it. Undefined when no rule reads the
   * minimum and maximum.
   */
  readonly histogram: Map<number, number> | undefined
}

export const openLiveCounts = (state: State, tally: Tally, hasExtremes: boolean): LiveCounts => {
  const domains = domainsOf(state, tally)
  const isEligible = eligibility(state, tally)
  const onNode = counterOf(state, tally)
  const eligibleRows = new Uint8Array(domains.byRow.length)
  const counts = new Int32Array(domains.count)
  const eligibleDomains = new Set<number>()
  for (const row of rankedRows(state.roster)) {
    const domain = domains.byRow[row]!
    if (domain === noDomain || !isEligible(row)) continue
    eligibleRows[row] = 1
    counts[domain]! += onNode(row)
    eligibleDomains.add(domain)
  }
  const histogram = hasExtremes
    ? histogramOf([...eligibleDomains].map((domain) => counts[domain]!))
    : undefined
  return {
    tally,
    domains,
    eligibleRows: tally.eligible === undefined ? undefined : eligibleRows,
    counts,
    histogram,
    countAt: (row) => {
      const domain = domains.byRow[row]!
      return domain === noDomain ? undefined : counts[domain]!
    },
    extremes: () => ({ ...extremesOf(histogram?.keys() ?? []), domains: eligibleDomains.size }),
  }
}

const histogramOf = (counts: readonly number[]): Map<number, number> => {
  const histogram = new Map<number, number>()
  for (const count of counts) histogram.set(count, (histogram.get(count) ?? 0) + 1)
  return histogram
}

/**
 * Adds `change`, 1 or -1, to the count of the node's domain. A row past the end existed only in a
 * trial and is ignored. The caller must check that the tally counts the replica.
 */
export const addToCounts = (
  { domains, eligibleRows, counts, histogram }: LiveCounts,
  row: number,
  change: number,
): void => {
  const domain = domains.byRow[row] ?? noDomain
  if (domain === noDomain || (eligibleRows !== undefined && eligibleRows[row] !== 1)) return
  const before = counts[domain]!
  counts[domain] = before + change
  if (histogram === undefined) return
  const left = histogram.get(before)! - 1
  if (left === 0) histogram.delete(before)
  else histogram.set(before, left)
  histogram.set(before + change, (histogram.get(before + change) ?? 0) + 1)
}

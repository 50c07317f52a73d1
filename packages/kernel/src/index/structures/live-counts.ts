/**
 * Maintains the counts of one tally (a rule that counts replicas per domain), as a materialised
 * view of `SELECT domain, COUNT(*) … GROUP BY domain`. A histogram of the counts gives their
 * minimum and maximum without reading every domain.
 *
 * 1. `openLiveCounts` counts all replicas.
 * 2. `addToCounts` adds or subtracts one replica that the tally counts.
 * 3. `takeNode` and `giveNode` follow a node that leaves a domain or comes to one.
 */
import type { Integers } from '../../cluster/column.js'
import type { DomainCounts, State } from '../../cluster/state.js'
import { rankedRows } from '../../cluster/roster.js'
import { extremesOf } from '../../judge/domain-counts.js'
import { eligibility } from '../../judge/expr.js'
import { visitCounts } from '../../judge/count.js'
import type { Tally } from '../../rule/expr.js'
import { domainsOf, noDomain, type DomainTable, type Domains } from './domains.js'

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
  /** By domain: how many of its nodes are eligible. */
  readonly eligibleNodes: Integers
  /** How many domains have an eligible node. */
  eligibleDomains: number
}

export const openLiveCounts = (
  state: State,
  tally: Tally,
  hasExtremes: boolean,
  table?: DomainTable,
): LiveCounts => {
  const domains = domainsOf(state, tally, table)
  const isEligible = eligibility(state, tally)
  const eligibleRows = new Uint8Array(domains.byRow.length)
  const counts = new Int32Array(domains.population.length)
  const isEverywhere = tally.eligible === undefined
  const eligibleNodes = isEverywhere ? domains.population : new Int32Array(counts.length)
  for (const row of rankedRows(state.roster)) {
    const domain = domains.byRow[row]!
    if (domain === noDomain || !isEligible(row)) continue
    eligibleRows[row] = 1
    if (!isEverywhere) eligibleNodes[domain]!++
  }
  visitCounts(state, tally, (row, count) => {
    if (eligibleRows[row] === 1) counts[domains.byRow[row]!]! += count
  })
  const eligibleCounts = counts.filter((_, domain) => eligibleNodes[domain]! > 0)
  const histogram = hasExtremes ? histogramOf(eligibleCounts) : undefined
  const live: LiveCounts = {
    tally,
    domains,
    eligibleRows: isEverywhere ? undefined : eligibleRows,
    counts,
    histogram,
    eligibleNodes,
    eligibleDomains: eligibleCounts.length,
    countAt: (row) => {
      const domain = domains.byRow[row]!
      return domain === noDomain ? undefined : counts[domain]!
    },
    extremes: () => ({ ...extremesOf(histogram?.keys() ?? []), domains: live.eligibleDomains }),
  }
  return live
}

type Histogram = Map<number, number>

const histogramOf = (counts: Integers): Histogram => {
  const histogram: Histogram = new Map()
  for (const count of counts) addTo(histogram, count)
  return histogram
}

const addTo = (histogram: Histogram, count: number): void =>
  void histogram.set(count, (histogram.get(count) ?? 0) + 1)

const removeFrom = (histogram: Histogram, count: number): void => {
  const left = histogram.get(count)! - 1
  if (left === 0) histogram.delete(count)
  else histogram.set(count, left)
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
  removeFrom(histogram, before)
  addTo(histogram, before + change)
}

/**
 * The node of a row leaves its domain with so many replicas that are counted. Called before the
 * domains hear of it.
 */
export const takeNode = (live: LiveCounts, row: number, replicas: number): void => {
  const { domains, eligibleRows, counts, histogram, eligibleNodes } = live
  const domain = domains.byRow[row]!
  if (domain === noDomain || (eligibleRows !== undefined && eligibleRows[row] !== 1)) return
  const before = counts[domain]!
  const isLast = eligibleNodes[domain] === 1
  counts[domain] = before - replicas
  if (isLast) live.eligibleDomains--
  if (histogram !== undefined) {
    removeFrom(histogram, before)
    if (!isLast) addTo(histogram, before - replicas)
  }
  if (eligibleRows === undefined) return
  eligibleRows[row] = 0
  eligibleNodes[domain]!--
}

/**
 * The node of a row comes to a domain with so many replicas that are counted. Called before the
 * domains hear of it.
 */
export const giveNode = (
  live: LiveCounts,
  state: State,
  row: number,
  domain: number,
  replicas: number,
): void => {
  const { tally, eligibleRows, counts, histogram, eligibleNodes } = live
  if (domain === noDomain || (eligibleRows !== undefined && !eligibility(state, tally)(row))) return
  const before = counts[domain]!
  const isFirst = eligibleNodes[domain] === 0
  counts[domain] = before + replicas
  if (isFirst) live.eligibleDomains++
  if (histogram !== undefined) {
    if (!isFirst) removeFrom(histogram, before)
    addTo(histogram, before + replicas)
  }
  if (eligibleRows === undefined) return
  eligibleRows[row] = 1
  eligibleNodes[domain]!++
}

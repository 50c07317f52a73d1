/** The counts of a tally by domain, kept up to date by what came and went. */
import type { Integers } from '../cluster/column.js'
import type { DomainCounts, State } from '../cluster/state.js'
import { rankedRows } from '../cluster/roster.js'
import { extremesOf } from '../judge/domain-counts.js'
import { eligibility } from '../judge/expr.js'
import { counterOf } from '../judge/count.js'
import type { Tally } from '../rule/expr.js'
import { domainsIn, nowhere, type Domains } from './domains.js'

export interface Sum extends DomainCounts {
  readonly tally: Tally
  readonly domains: Domains
  /**
   * By row, 1 where what stands on the node is counted; nothing where it is on every node that is
   * in a domain.
   */
  readonly counted: Uint8Array | undefined
  /** By domain. */
  readonly counts: Integers
  /**
   * How many of the domains in which somebody is counted have so many; only where their extremes
   * are asked for.
   */
  readonly levels: Map<number, number> | undefined
}

export const sumOf = (parts: State, tally: Tally, isRanged: boolean): Sum => {
  const domains = domainsIn(parts, tally)
  const isEligible = eligibility(parts, tally)
  const onNode = counterOf(parts, tally)
  const counted = new Uint8Array(domains.of.length)
  const counts = new Int32Array(domains.count)
  const open = new Set<number>()
  for (const row of rankedRows(parts.roster)) {
    const domain = domains.of[row]!
    if (domain === nowhere || !isEligible(row)) continue
    counted[row] = 1
    counts[domain]! += onNode(row)
    open.add(domain)
  }
  const levels = isRanged ? levelsOf([...open].map((domain) => counts[domain]!)) : undefined
  return {
    tally,
    domains,
    counted: tally.eligible === undefined ? undefined : counted,
    counts,
    levels,
    countAt: (row) => {
      const domain = domains.of[row]!
      return domain === nowhere ? undefined : counts[domain]!
    },
    extremes: () => ({ ...extremesOf(levels?.keys() ?? []), domains: open.size }),
  }
}

const levelsOf = (counts: readonly number[]): Map<number, number> => {
  const levels = new Map<number, number>()
  for (const count of counts) levels.set(count, (levels.get(count) ?? 0) + 1)
  return levels
}

/**
 * One that it counts came to a node, or went. A row that is not known was a node in a trial alone.
 */
export const addTo = (
  { domains, counted, counts, levels }: Sum,
  node: number,
  change: number,
): void => {
  const domain = domains.of[node] ?? nowhere
  if (domain === nowhere || (counted !== undefined && counted[node] !== 1)) return
  const before = counts[domain]!
  counts[domain] = before + change
  if (levels === undefined) return
  const left = levels.get(before)! - 1
  if (left === 0) levels.delete(before)
  else levels.set(before, left)
  levels.set(before + change, (levels.get(before + change) ?? 0) + 1)
}

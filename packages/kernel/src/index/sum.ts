/** The counts of a tally by domain, kept up to date by what came and went. */
import { masksOf } from '../cluster/classes.js'
import type { Integers } from '../cluster/column.js'
import type { Counted, Parts } from '../cluster/parts.js'
import { rankedRows } from '../cluster/roster.js'
import type { Move } from '../cluster/tried.js'
import { domainOf, eligibility, extremesOf, sumsIn } from '../judge/census.js'
import type { Tally } from '../rule/tally.js'

export interface Sum extends Counted {
  readonly tally: Tally
  readonly byDomain: Map<number, number>
  /** By row, the domain in which the node is counted; `nowhere` if it is not. */
  readonly domains: Integers
  /** How many domains have so many. */
  readonly levels: Map<number, number>
}

/** No domain has this number. */
const nowhere = -2_147_483_648

export const sumOf = (parts: Parts, tally: Tally): Sum => {
  const [domainAt, isEligible] = [domainOf(parts, tally), eligibility(parts, tally)]
  const domains = new Int32Array(parts.roster.specs.length).fill(nowhere)
  for (const row of rankedRows(parts.roster))
    if (isEligible(row)) domains[row] = domainAt(row) ?? nowhere
  const byDomain = new Map(sumsIn(parts, tally))
  const levels = new Map<number, number>()
  for (const count of byDomain.values()) levels.set(count, (levels.get(count) ?? 0) + 1)
  const extremes = () => ({ ...extremesOf(levels.keys()), domains: byDomain.size })
  return { tally, byDomain, domains, levels, extremes }
}

export const addMove = (
  { tally, byDomain, domains, levels }: Sum,
  { classes }: Parts,
  { node, class: of, phase, change }: Move,
): void => {
  const domain = domains[node] ?? nowhere
  if (domain === nowhere || ((masksOf(classes, tally.facts)[of]! >> phase) & 1) === 0) return
  const before = byDomain.get(domain)!
  byDomain.set(domain, before + change)
  const left = levels.get(before)! - 1
  if (left === 0) levels.delete(before)
  else levels.set(before, left)
  levels.set(before + change, (levels.get(before + change) ?? 0) + 1)
}

/** Whether two say the same, so that the counts of one are those of the other. */
export const isSame = (one: Tally, other: Tally): boolean =>
  one === other ||
  (one.facts === other.facts &&
    one.domain === other.domain &&
    one.key === other.key &&
    one.absent === other.absent &&
    one.eligible === other.eligible &&
    one.removal === other.removal)

/** The counts of a tally by domain, kept up to date by what came and went. */
import { masksOf } from '../cluster/classes.js'
import type { Integers } from '../cluster/column.js'
import type { Census, Parts } from '../cluster/parts.js'
import { rankedRows } from '../cluster/roster.js'
import type { Move } from '../cluster/tried.js'
import { domainOf, eligibility, extremesOf } from '../judge/census.js'
import { counting } from '../judge/count.js'
import type { Tally } from '../rule/tally.js'

export interface Sum extends Census {
  readonly tally: Tally
  /** Whether no two nodes are in one domain, though they may be in none. */
  readonly isLone: boolean
  /** By row, the number of the domain that the node is in; `nowhere` for one that is in none. */
  readonly domains: Integers
  /** By row, 1 where what stands on the node is counted. */
  readonly counted: Uint8Array
  /** By domain. */
  readonly counts: Integers
  /** How many of the domains in which somebody is counted have so many; only where their extremes are asked for. */
  readonly levels: Map<number, number> | undefined
}

const nowhere = -1

export const sumOf = (parts: Parts, tally: Tally, isRanged: boolean): Sum => {
  const ranked = rankedRows(parts.roster)
  const { domains, length } = domainsOf(parts, tally)
  const isEligible = eligibility(parts, tally)
  const onNode = counting(parts, tally)
  const counted = new Uint8Array(domains.length)
  const counts = new Int32Array(length)
  const open = new Set<number>()
  let within = 0
  for (const row of ranked) {
    const domain = domains[row]!
    if (domain === nowhere) continue
    within++
    if (!isEligible(row)) continue
    counted[row] = 1
    counts[domain]! += onNode(row)
    open.add(domain)
  }
  const levels = isRanged ? levelsOf([...open].map((domain) => counts[domain]!)) : undefined
  return {
    tally,
    isLone: within === length,
    domains,
    counted,
    counts,
    levels,
    countAt: (row) => (domains[row] === nowhere ? undefined : counts[domains[row]!]!),
    extremes: () => ({ ...extremesOf(levels?.keys() ?? []), domains: open.size }),
  }
}

/** The domains in the order in which the nodes come to them. */
const domainsOf = (
  parts: Parts,
  tally: Tally,
): { readonly domains: Integers; readonly length: number } => {
  const domainAt = domainOf(parts, tally)
  const domains = new Int32Array(parts.roster.specs.length).fill(nowhere)
  const known = new Map<number, number>()
  for (const row of rankedRows(parts.roster)) {
    const domain = domainAt(row)
    if (domain === undefined) continue
    const number = known.get(domain) ?? known.size
    if (number === known.size) known.set(domain, number)
    domains[row] = number
  }
  return { domains, length: known.size }
}

const levelsOf = (counts: readonly number[]): Map<number, number> => {
  const levels = new Map<number, number>()
  for (const count of counts) levels.set(count, (levels.get(count) ?? 0) + 1)
  return levels
}

/** A row that is not known was a node in a trial alone. */
export const addMove = (
  { tally, domains, counted, counts, levels }: Sum,
  { classes }: Parts,
  { node, class: of, phase, change }: Move,
): void => {
  if (((masksOf(classes, tally.facts)[of]! >> phase) & 1) === 0 || counted[node] !== 1) return
  const domain = domains[node]!
  const before = counts[domain]!
  counts[domain] = before + change
  if (levels === undefined) return
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

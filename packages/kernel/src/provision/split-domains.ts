/**
 * Assigns replicas with rules that look beyond one node (such as topology spread) to domains such
 * as zones. It places the replicas one after the other on probes (empty nodes). There is a probe
 * for each combination of domains in which a node can be launched.
 */
import { trial, type Draft } from '../cluster/draft.js'
import { stateOf } from '../cluster/cluster.js'
import { phaseMasksOf } from '../cluster/classes.js'
import { rankedRows } from '../cluster/roster.js'
import type { State } from '../cluster/state.js'
import { book } from '../cluster/write.js'
import { talliesOfFilter } from '../index/rule-reads.js'
import { domainCounts } from '../judge/expr.js'
import type { Tally } from '../rule/expr.js'
import type { WordId } from '../rule/id.js'
import {
  allowedRows,
  assumedPhase,
  domainKeys,
  isOfOneNode,
  looksWide,
  type ClassDemand,
} from './demand.js'
import type { OpenNode } from './offered-node.js'
import type { Offering } from './offering.js'

/** Kinds of domains in which nodes can be opened; all is one when no rule looks beyond a node. */
export interface Sites {
  /** By offering, the number of its site; -1 when none of it can be opened. */
  readonly siteOf: readonly number[]
  /** The probe of each site, the first of its offerings. */
  readonly probes: readonly OpenNode[]
  /**
   * By demand, whether its site matters: it has a rule that looks that far, or is counted by one.
   */
  readonly isCoupled: readonly boolean[]
}

/** One replica of a demand, and the site where it goes. */
export interface SiteTurn {
  readonly demand: number
  readonly site: number
}

/** What the split needs to know of a demand beside its rules. */
export interface DemandReach {
  /** By offering, whether an empty node takes one. */
  readonly takes: readonly boolean[]
  /** By offering, what one replica costs on a node of its own kind alone. */
  readonly costs: readonly number[]
}

/**
 * The sites of the offerings, of which `probes` are nodes in the same order. A domain that has no
 * node yet has a site as well.
 */
export const sitesOf = (
  state: State,
  demands: readonly ClassDemand[],
  reaches: readonly DemandReach[],
  offerings: readonly Offering[],
  probes: readonly OpenNode[],
  named: ReadonlySet<WordId>,
): Sites => {
  const tallies = wideTallies(demands, named)
  if (tallies.length === 0)
    return { siteOf: probes.map(() => 0), probes: [], isCoupled: demands.map(() => false) }
  const isCoupled = demands.map((demand) => looksBeyond(state, demand, tallies, named))
  const coupled = reaches.filter((_, i) => isCoupled[i]!)
  const keyOf = domainKeys(state, tallies)
  const keys = probes.map(
    ({ row }, at) => `${keyOf(row)} ${coupled.map(({ takes }) => (takes[at]! ? 1 : 0)).join('')}`,
  )
  const sites = [...new Set(keys.filter((_, at) => offerings[at]!.countMax !== 0))]
  const numbers = new Map(sites.map((key, site) => [key, site]))
  return {
    ...{ siteOf: keys.map((key) => numbers.get(key) ?? -1), isCoupled },
    probes: sites.map((key) => probes[keys.indexOf(key)]!),
  }
}

/**
 * The replicas of the coupled demands that the sites take, in the order in which they were placed.
 */
export const splitDomains = (
  draft: Draft,
  demands: readonly ClassDemand[],
  reaches: readonly DemandReach[],
  sites: Sites,
  named: ReadonlySet<WordId>,
): readonly SiteTurn[] =>
  sites.probes.length === 0
    ? []
    : trial(draft, () => [
        false,
        playTurns(draft, demands, sites.isCoupled, siteReaches(reaches, sites), named),
      ])

/**
 * By site, whether a node there would open no domain: each of its domains has a node already,
 * probes left out.
 */
export const isSiteOpen = (
  state: State,
  demands: readonly ClassDemand[],
  { probes }: Sites,
  named: ReadonlySet<WordId>,
): readonly boolean[] => {
  const own = new Set(probes.map(({ row }) => row))
  const rows = [...rankedRows(state.roster)].filter((row) => !own.has(row))
  const keys = wideTallies(demands, named).map((tally) => domainKeys(state, [tally]))
  const known = keys.map((keyOf) => new Set(rows.map(keyOf)))
  return probes.map(({ row }) => keys.every((keyOf, i) => known[i]!.has(keyOf(row))))
}

const wideTallies = (
  demands: readonly ClassDemand[],
  named: ReadonlySet<WordId>,
): readonly Tally[] => {
  const tallies = demands.flatMap(({ spec }) => spec.filters.flatMap(talliesOfFilter))
  const wide = tallies.filter((tally) => !isOfOneNode(tally, named))
  return [...new Map(wide.map((tally) => [JSON.stringify(tally), tally])).values()]
}

/** Whether a demand has a wide rule, or is counted by one. */
const looksBeyond = (
  { classes }: State,
  { spec, row }: ClassDemand,
  tallies: readonly Tally[],
  named: ReadonlySet<WordId>,
): boolean =>
  spec.filters.some((filter) => looksWide(filter, named)) ||
  tallies.some(({ facts }) => (phaseMasksOf(classes, facts)[row]! & 1) === 1)

interface SiteReach {
  /** Rows of the probes of the sites that take one. */
  readonly rows: readonly number[]
  /** By row, the site and what one replica costs there. */
  readonly byRow: ReadonlyMap<number, { readonly site: number; readonly cost: number }>
}

const siteReaches = (
  reaches: readonly DemandReach[],
  { siteOf, probes, isCoupled }: Sites,
): readonly SiteReach[] =>
  reaches.map(({ takes, costs }, demand) => {
    if (!isCoupled[demand]!) return { rows: [], byRow: new Map() }
    const cheapest = probes.map(() => Infinity)
    for (const [at, site] of siteOf.entries())
      if (takes[at]!) cheapest[site] = Math.min(cheapest[site]!, costs[at]!)
    const byRow = new Map(
      probes.map(({ row }, site) => [row, { site, cost: cheapest[site]! }] as const),
    )
    const rows = probes.map(({ row }) => row).filter((row) => byRow.get(row)!.cost < Infinity)
    return { rows, byRow }
  })

/** Goes round until none is allowed any more, as one replica may need another. */
const playTurns = (
  draft: Draft,
  demands: readonly ClassDemand[],
  isCoupled: readonly boolean[],
  reaches: readonly SiteReach[],
  named: ReadonlySet<WordId>,
): readonly SiteTurn[] => {
  const turns: SiteTurn[] = []
  const left = demands.map(({ count }, i) => (isCoupled[i]! ? count : 0))
  for (let before = -1; before < turns.length; ) {
    before = turns.length
    for (const [demand, one] of demands.entries())
      while (left[demand]! > 0) {
        const row = chooseRow(stateOf(draft), one, reaches[demand]!, named)
        if (row === undefined) break
        book(draft, one.row, row, assumedPhase)
        turns.push({ demand, site: reaches[demand]!.byRow.get(row)!.site })
        left[demand]!--
      }
  }
  return turns
}

/** The fewest in the domain of the first wide skew, then the least cost, then the first. */
const chooseRow = (
  state: State,
  { spec }: ClassDemand,
  { rows, byRow }: SiteReach,
  named: ReadonlySet<WordId>,
): number | undefined => {
  const wide = spec.filters.filter((filter) => looksWide(filter, named))
  const skew = wide.find(({ _tag }) => _tag === 'Skew')
  const countAt = skew?._tag === 'Skew' ? domainCounts(state, skew.tally).countAt : (): number => 0
  let best: { readonly row: number; readonly count: number; readonly cost: number } | undefined
  for (const row of allowedRows(state, wide, rows)) {
    const one = { row, count: countAt(row) ?? 0, cost: byRow.get(row)!.cost }
    if (
      best === undefined ||
      one.count < best.count ||
      (one.count === best.count && one.cost < best.cost)
    )
      best = one
  }
  return best?.row
}

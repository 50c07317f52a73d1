/** Puts demands and offerings into numbers: what can be decided by arithmetic. */
import { phaseMasksOf } from '../cluster/classes.js'
import { rowOf } from '../cluster/generation.js'
import { capacityAt, loadAt, type State } from '../cluster/state.js'
import type { Bin, Item, ItemLimit } from '../pack/packing.js'
import type { ClassSpec } from '../rule/class.js'
import type { Filter } from '../rule/filter.js'
import type { DimensionId, WordId } from '../rule/id.js'
import { allowedRows, isOfOneNode, looksWide, type ClassDemand } from './demand.js'
import type { OpenNode } from './offered-node.js'
import type { Objective, Offering } from './offering.js'
import type { DemandReach, Sites, SiteTurn } from './split-domains.js'

/** By offering, which of the demands an empty node takes, and what one costs alone there. */
export const reachesOf = (
  state: State,
  demands: readonly ClassDemand[],
  offerings: readonly Offering[],
  probes: readonly OpenNode[],
  named: ReadonlySet<WordId>,
): readonly DemandReach[] =>
  demands.map(({ spec }) => {
    const narrow = spec.filters.filter((filter) => !looksWide(filter, named))
    const rows = new Set(
      allowedRows(
        state,
        narrow,
        probes.map(({ row }) => row),
      ),
    )
    const takes = probes.map(({ row }, at) => rows.has(row) && offerings[at]!.countMax !== 0)
    const costs = offerings.map(({ price }, at) =>
      takes[at]! ? price / copiesOn(state, spec, probes[at]!.row) : Infinity,
    )
    return { takes, costs }
  })

/** How many of a class an empty node has room for. */
const copiesOn = (state: State, { occupies }: ClassSpec, row: number): number =>
  occupies.reduce((least, [dimension, amount]) => {
    const free = capacityAt(state, dimension, row) - loadAt(state, dimension, row)
    return amount === 0 ? least : Math.min(least, Math.max(1, Math.floor(free / amount)))
  }, Infinity)

/** The replicas of a demand, or those of them that must go to one site. */
export interface ItemOrigin {
  readonly demand: number
  readonly site?: number
  readonly count: number
}

/** The parts of the demands that are alike: a coupled one has a part for each site it goes to. */
export const originsOf = (
  demands: readonly ClassDemand[],
  { isCoupled }: Sites,
  turns: readonly SiteTurn[],
): readonly ItemOrigin[] => {
  const sites = demands.map(() => new Map<number, number>())
  for (const { demand, site } of turns)
    sites[demand]!.set(site, (sites[demand]!.get(site) ?? 0) + 1)
  return demands.flatMap(({ count }, demand): readonly ItemOrigin[] =>
    isCoupled[demand]!
      ? [...sites[demand]!].map(([site, own]) => ({ demand, site, count: own }))
      : [{ demand, count }],
  )
}

/** Items, and by origin which item it is: what arithmetic cannot tell apart is one item. */
export const itemsOf = (
  state: State,
  demands: readonly ClassDemand[],
  reaches: readonly DemandReach[],
  { siteOf }: Sites,
  origins: readonly ItemOrigin[],
  offerings: readonly Offering[],
  named: ReadonlySet<WordId>,
): { readonly items: readonly Item[]; readonly itemOf: readonly number[] } => {
  const dimensions = dimensionsOf(demands)
  const limits = demands.map(({ spec }) => limitsOf(state, spec, demands, offerings, named))
  const isCounted = demands.map((_, i) => limits.flat().some(({ counts }) => counts[i]!))
  const numbers = new Map<string, number>()
  const parts = origins.map(({ demand, site, count }) => {
    const { spec } = demands[demand]!
    const takes = reaches[demand]!.takes.map(
      (one, at) => one && (site === undefined || siteOf[at] === site),
    )
    const demanded = dimensions.map((dimension) => fitDemandOf(spec, dimension))
    const size = dimensions.map((dimension) => occupiedBy(spec, dimension))
    const isAlone = limits[demand]!.length > 0 || isCounted[demand]!
    const bits = takes.map((one) => (one ? '1' : '0')).join('')
    const key = `${demanded.join()} ${size.join()} ${bits} ${isAlone ? demand : ''}`
    if (!numbers.has(key)) numbers.set(key, numbers.size)
    return { item: numbers.get(key)!, demand, count, demanded, size, takes }
  })
  const demandsOfItems = [...numbers.keys()].map((_, item) =>
    parts.filter((part) => part.item === item).map(({ demand }) => demand),
  )
  const items = demandsOfItems.map((_, item): Item => {
    const { demand, demanded, size, takes } = parts.find((part) => part.item === item)!
    return {
      count: parts.reduce((sum, part) => (part.item === item ? sum + part.count : sum), 0),
      ...{ demand: demanded, size, takes },
      limits: limits[demand]!.map((limit) => ({
        ...limit,
        counts: demandsOfItems.map(([first]) => limit.counts[first!]!),
      })),
    }
  })
  return { items, itemOf: parts.map(({ item }) => item) }
}

/**
 * What a bound may rely on: the demands with as many replicas as were placed, on any site, and no
 * limit but those that hold on every new node.
 */
export const boundItems = (
  state: State,
  demands: readonly ClassDemand[],
  reaches: readonly DemandReach[],
  placed: readonly number[],
  offerings: readonly Offering[],
): readonly Item[] => {
  const dimensions = dimensionsOf(demands)
  const ofAll = new Set(
    (offerings[0]?.named ?? []).filter((key) =>
      offerings.every((offering) => offering.named.includes(key)),
    ),
  )
  const isStrict = (filter: Filter): boolean =>
    filter._tag === 'Limit' &&
    filter.tally.eligible === undefined &&
    filter.tally.removal === undefined &&
    filter.tally.key === undefined
  return demands.map(({ spec }, i): Item => {
    const strict = { ...spec, filters: spec.filters.filter(isStrict) }
    return {
      count: placed[i]!,
      demand: dimensions.map((dimension) => fitDemandOf(spec, dimension)),
      size: dimensions.map((dimension) => occupiedBy(spec, dimension)),
      takes: reaches[i]!.takes,
      limits: limitsOf(state, strict, demands, offerings, ofAll),
    }
  })
}

/** The bins of the offerings, of which `probes` are nodes in the same order. */
export const binsOf = (
  state: State,
  demands: readonly ClassDemand[],
  offerings: readonly Offering[],
  probes: readonly OpenNode[],
  objective: Objective,
): readonly Bin[] => {
  const dimensions = dimensionsOf(demands)
  return offerings.map(({ price, countMax = Infinity }, at) => ({
    free: dimensions.map(
      (dimension) =>
        capacityAt(state, dimension, probes[at]!.row) - loadAt(state, dimension, probes[at]!.row),
    ),
    costs: objective.map((key) => (key === 'price' ? price : 1)),
    countMax,
  }))
}

const dimensionsOf = (demands: readonly ClassDemand[]): readonly DimensionId[] => {
  const all = demands.flatMap(({ spec }) => [
    ...spec.occupies.map(([dimension]) => dimension),
    ...fitParts(spec).map(({ dimension }) => dimension),
  ])
  return [...new Set(all)].sort((a, b) => a - b)
}

const fitParts = ({ filters }: ClassSpec) =>
  filters.flatMap((filter) => (filter._tag === 'Fit' ? filter.parts : []))

const fitDemandOf = (spec: ClassSpec, dimension: DimensionId): number =>
  fitParts(spec).reduce(
    (most, part) => (part.dimension === dimension ? Math.max(most, part.amount) : most),
    0,
  )

const occupiedBy = ({ occupies }: ClassSpec, dimension: DimensionId): number =>
  occupies.reduce((sum, [named, amount]) => (named === dimension ? sum + amount : sum), 0)

/**
 * The limits on one node that count some of the demands, by demand. A skew is a limit, as 0 is the
 * least.
 */
const limitsOf = (
  state: State,
  { filters }: ClassSpec,
  demands: readonly ClassDemand[],
  offerings: readonly Offering[],
  named: ReadonlySet<WordId>,
): readonly ItemLimit[] =>
  filters.flatMap((filter): readonly ItemLimit[] => {
    if (filter._tag !== 'Limit' && filter._tag !== 'Skew') return []
    if (!isOfOneNode(filter.tally, named)) return []
    const masks = phaseMasksOf(state.classes, filter.tally.facts)
    const counts = demands.map(({ row }) => (masks[row]! & assumedBit) !== 0)
    if (!counts.includes(true)) return []
    const held = offerings.map(({ holds }) =>
      holds.reduce(
        (sum, { class: id, count }) => sum + ((masks[rowOf(id)]! & runningBit) === 0 ? 0 : count),
        0,
      ),
    )
    return [{ counts, max: filter.max - filter.self, held }]
  })

/** Bits of the phases in the order of `phases`. */
const [assumedBit, runningBit] = [1, 2]

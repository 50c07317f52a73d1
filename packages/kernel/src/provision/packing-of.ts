/**
 * Builds the bin-packing problem for replicas that need new nodes, in plain numbers. The items are
 * equal replicas, and the bins are offerings (kinds of nodes that can be launched). To find which
 * items a bin takes, it evaluates the filters on one empty node per offering.
 */
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

/**
 * By offering, which of the demands an empty node takes, and what one costs alone there. What a
 * filter says of the probes is asked once, however many classes have it, and so is how many copies
 * of a size they have room for.
 */
export const reachesOf = (
  state: State,
  demands: readonly ClassDemand[],
  offerings: readonly Offering[],
  probes: readonly OpenNode[],
  named: ReadonlySet<WordId>,
): readonly DemandReach[] => {
  const rows = probes.map(({ row }) => row)
  const isOffered = offerings.map(({ countMax }) => countMax !== 0)
  const allowedBy = memoiseByJson((filter: Filter): readonly boolean[] => {
    const allowed = new Set(allowedRows(state, [filter], rows))
    return rows.map((row) => allowed.has(row))
  })
  const copiesOf = memoiseByJson((occupies: ClassSpec['occupies']): readonly number[] =>
    rows.map((row) => copiesOn(state, occupies, row)),
  )
  return demands.map(({ spec }) => {
    const narrow = spec.filters.filter((filter) => !looksWide(filter, named)).map(allowedBy)
    const takes = isOffered.map((one, at) => one && narrow.every((allowed) => allowed[at]!))
    const copies = copiesOf(spec.occupies)
    const costs = offerings.map(({ price }, at) => (takes[at]! ? price / copies[at]! : Infinity))
    return { takes, costs }
  })
}

/** A function of plain data that computes the answer for equal data once. */
const memoiseByJson = <Input, Answer>(
  compute: (input: Input) => Answer,
): ((input: Input) => Answer) => {
  const known = new Map<string, Answer>()
  return (input) => {
    const key = JSON.stringify(input)
    const before = known.get(key)
    if (before !== undefined) return before
    const answer = compute(input)
    known.set(key, answer)
    return answer
  }
}

/** How many replicas of a size an empty node has room for. */
const copiesOn = (state: State, occupies: ClassSpec['occupies'], row: number): number =>
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
  const isCounted = demands.map(() => false)
  for (const { counts } of limits.flat())
    for (const [i, counted] of counts.entries()) isCounted[i] ||= counted
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
  const groups = [...numbers.keys()].map((): (typeof parts)[number][] => [])
  for (const part of parts) groups[part.item]!.push(part)
  const items = groups.map((group): Item => {
    const { demand, demanded, size, takes } = group[0]!
    return {
      count: group.reduce((sum, part) => sum + part.count, 0),
      ...{ demand: demanded, size, takes },
      limits: limits[demand]!.map((limit) => ({
        ...limit,
        counts: groups.map(([first]) => limit.counts[first!.demand]!),
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
      // What a node holds from the start may be more than it has.
      (dimension) =>
        Math.max(
          0,
          capacityAt(state, dimension, probes[at]!.row) - loadAt(state, dimension, probes[at]!.row),
        ),
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

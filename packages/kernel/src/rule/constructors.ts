/**
 * Constructs nodes, classes (workloads as the scheduler sees them) and their rules, with defaults.
 * The constructors return plain data: whatever they cannot express may be written as an object
 * literal.
 */
import type { ClassSpec } from './class.js'
import { slots, type Vector } from './dimension.js'
import type { Expr, Tally } from './expr.js'
import type { Filter, FitFilter, LimitFilter, NeedFilter, OnlyFilter } from './filter.js'
import type { RequireFilter, SkewFilter } from './filter.js'
import { pluginId, reasonId, type DimensionId, type NodeId } from './id.js'
import type { PluginId, ReasonId, WordId } from './id.js'
import type { Domain, Match } from './match.js'
import type { NodeSpec } from './node-spec.js'
import type { ChainKey, Choice, Score, Tie } from './score.js'

/**
 * What every filter takes: its plugin, its reason, and whether evicting replicas could cure it. By
 * default, filters and scores have plugin number 0, and a filter that refuses gives reason 0. Only
 * *fit* gives one reason per dimension that falls short: the number of that dimension.
 */
interface FilterOptions {
  readonly plugin?: PluginId
  readonly reason?: ReasonId
  readonly removable?: boolean
}

const filterFields = (
  { plugin = pluginId(0), reason = reasonId(0), removable }: FilterOptions,
  removableByDefault: boolean,
): Required<FilterOptions> => ({ plugin, reason, removable: removable ?? removableByDefault })

/** A node with capacity per dimension; without attributes and marks unless they are given. */
export const nodeSpecOf = (
  name: string,
  capacity: Vector,
  { attributes = [], marks = [] }: Partial<Pick<NodeSpec, 'attributes' | 'marks'>> = {},
): NodeSpec => ({ name, capacity, attributes, marks })

/**
 * A class whose replicas occupy so much, and which checks all of it: after the given filters comes
 * `fit` of every dimension that none of them checks. By default there is no other filter, all nodes
 * that fit are equally good, so that the first by name wins, and the priority is 0. A class that
 * occupies what it does not check is written as an object literal.
 */
export const classSpecOf = (
  occupies: Vector,
  {
    facts = [],
    filters = [],
    choice = sumOf([]),
    priority = 0,
  }: Partial<Omit<ClassSpec, 'occupies'>> = {},
): ClassSpec => {
  const unchecked = occupies.filter(([dimension]) => !filters.some((one) => checks(one, dimension)))
  const all = unchecked.length === 0 ? filters : [...filters, fit(unchecked)]
  return { facts, occupies, filters: all, choice, priority }
}

/** Whether the filter is a *fit* that looks at the dimension. */
const checks = (filter: Filter, dimension: DimensionId): boolean =>
  filter._tag === 'Fit' && filter.parts.some((part) => part.dimension === dimension)

/** Allows these nodes and no others; not removable by default. */
export const onlyNodes = (nodes: readonly NodeId[], options: FilterOptions = {}): OnlyFilter => ({
  _tag: 'Only',
  ...filterFields(options, false),
  nodes,
})

/** Allows nodes of which the expression holds; not removable by default. */
export const requireThat = (expr: Expr, options: FilterOptions = {}): RequireFilter => ({
  _tag: 'Require',
  ...filterFields(options, false),
  expr,
})

/**
 * Allows nodes that have so much free; removable by default. `reasonOf` gives the reason of a
 * dimension that falls short. The dimension `slots` is a slot: it counts as removable even when the
 * node's whole capacity is too small.
 */
export const fit = (
  demand: Vector,
  {
    plugin = pluginId(0),
    removable = true,
    reasonOf = reasonId,
  }: Omit<FilterOptions, 'reason'> & {
    readonly reasonOf?: (dimension: DimensionId) => ReasonId
  } = {},
): FitFilter => ({
  _tag: 'Fit',
  plugin,
  removable,
  parts: demand.map(([dimension, amount]) => ({
    dimension,
    amount,
    reason: reasonOf(dimension),
    slot: dimension === slots,
  })),
})

/**
 * Allows a node while its domain holds at most `max` replicas that the tally counts, `self` of the
 * new one included (default 1); removable by default.
 */
export const limit = (
  tally: Tally,
  max: number,
  { self = 1, ...options }: FilterOptions & { readonly self?: number } = {},
): LimitFilter => ({ _tag: 'Limit', ...filterFields(options, true), tally, self, max })

/**
 * Allows a node while its domain holds at most `max` more counted replicas than the domain with the
 * fewest, `self` of the new one included (default 1); removable by default. With fewer than
 * `domainsMin` domains (default 0) the fewest is taken as 0.
 */
export const skew = (
  tally: Tally,
  max: number,
  {
    self = 1,
    domainsMin = 0,
    ...options
  }: FilterOptions & { readonly self?: number; readonly domainsMin?: number } = {},
): SkewFilter => ({ _tag: 'Skew', ...filterFields(options, true), tally, self, max, domainsMin })

/**
 * Allows a node when every one of its `domains` (at least one) holds a matching replica; not
 * removable by default. With `firstMayStart` (default false) the first replica needs none.
 */
export const need = (
  facts: Match,
  domains: readonly Domain[],
  { firstMayStart = false, ...options }: FilterOptions & { readonly firstMayStart?: boolean } = {},
): NeedFilter => ({
  _tag: 'Need',
  ...filterFields(options, false),
  facts,
  domains,
  firstMayStart,
})

/**
 * Counts replicas per domain: of classes with one fact, or of those that a match describes. By
 * default a node that lacks the attribute is a domain of its own.
 */
export const tallyOf = (
  facts: WordId | Match,
  domain: Domain,
  options: Partial<Omit<Tally, 'facts' | 'domain'>> = {},
): Tally => ({
  facts: typeof facts === 'number' ? { _tag: 'Fact', word: facts } : facts,
  domain,
  absent: 'own',
  ...options,
})

/** Chooses the node with the highest sum of scores; by default of weight 1 and not normalised. */
export const sumOf = (
  scores: readonly (Pick<Score, 'raw'> & Partial<Score>)[],
  tie: Tie = 'rank',
): Choice => ({
  _tag: 'Sum',
  scores: scores.map((score) => ({
    plugin: pluginId(0),
    normaliser: 'none',
    weight: 1,
    ...score,
  })),
  tie,
})

/** Chooses the best node by the first key, among equals by the second, and so on. */
export const chainOf = (
  keys: readonly (Omit<ChainKey, 'plugin'> & Partial<ChainKey>)[],
  tie: Tie = 'rank',
): Choice => ({
  _tag: 'Chain',
  keys: keys.map((key) => ({ plugin: pluginId(0), ...key })),
  tie,
})

/**
 * Computes the read set of a class (a workload as the scheduler sees it), which decides the index
 * structure of the class and when an index is out of date. The read set holds:
 * 1. the filters and scores, sorted by what their result for a node depends on: the description of
 *    the node, the replicas on the node, or the replicas in its domain, such as its zone;
 * 2. the masks (sets of nodes), columns (a number per node) and tallies (rules that count replicas
 *    per domain) that the filters and scores read.
 */
import { isRare } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import { isLocal } from '../judge/domain-counts.js'
import type { ClassSpec } from '../rule/class.js'
import type { Filter } from '../rule/filter.js'
import type { ColumnId, MaskId } from '../rule/id.js'
import { leavesOf } from '../rule/leaves.js'
import type { ChainKey, Choice, Score } from '../rule/score.js'
import type { Tally } from '../rule/expr.js'
import { isExact, termMax } from './exact-sums.js'
import {
  changesWithNode,
  eligibleExprs,
  exprsOf,
  exprsOfFilter,
  extremesTalliesOf,
  scopeOf,
  talliesOfFilter,
  talliesOfScore,
} from './rule-reads.js'
import type { Demand } from './structures/block.js'
import type { FreeOrderKey } from './structures/free-order.js'
import type { GroupRules, ValueTerm } from './structures/groups.js'
import type { StaticRules } from './structures/partitions.js'
import { int16Max } from './structures/tournament.js'

export interface ReadSet extends StaticRules, GroupRules {
  /** Filters that answer the same for nodes with the same domains or counts. */
  readonly domainFilters: readonly Filter[]
  /** Tallies of domain filters and of scores. */
  readonly tallies: readonly Tally[]
  /** The tallies whose minimum and maximum over the domains are read. */
  readonly extremesTallies: readonly Tally[]
  /** True when ties are broken by a seed: any of the best nodes may be chosen. */
  readonly hasTies: boolean
  /**
   * Set when the choice depends only on which nodes have room and how much of one dimension they
   * have free: the order in which to try them.
   */
  readonly orderKey: FreeOrderKey | undefined
  readonly masks: readonly MaskId[]
  readonly columns: readonly ColumnId[]
  /** True when a tally counts removals of a trial differently. */
  readonly hasRemovals: boolean
}

/**
 * Undefined for a class that no index supports: its sums are not exact, or an expression counts
 * replicas on other nodes.
 */
export const readSetOf = ({ filters, choice }: ClassSpec, state: State): ReadSet | undefined => {
  if (!isExact(choice, state)) return undefined
  const valueScores = valueScoresOf(choice)
  const valueTerms = valueScores.map(valueTermOf)
  const raws = scoresOf(choice).map(({ raw }) => raw)
  // Compared by score and not by raw score: one raw score may be in two scores.
  const otherRaws = scoresOf(choice)
    .filter((score) => !valueScores.includes(score))
    .map(({ raw }) => raw)
    .filter(({ _tag }) => _tag !== 'Counts' && _tag !== 'Spread')
  const domainFilters = filters.filter((filter) => scopeOf(filter) === 'domain')
  const tallies = [...domainFilters.flatMap(talliesOfFilter), ...raws.flatMap(talliesOfScore)]
  const allTallies = [...filters.flatMap(talliesOfFilter), ...raws.flatMap(talliesOfScore)]
  const leaves = [
    ...filters.flatMap(exprsOfFilter),
    ...raws.flatMap(exprsOf),
    ...eligibleExprs(allTallies),
  ]
    .flatMap(leavesOf)
    .flatMap((leaf) => [leaf, ...(leaf._tag === 'Count' ? eligibleExprs([leaf.tally]) : [])])
    .flatMap(leavesOf)
  const exprTallies = leaves.flatMap((leaf) => (leaf._tag === 'Count' ? [leaf.tally] : []))
  if (!exprTallies.every(isLocal)) return undefined
  const nodeFilters = filters.filter((filter) => scopeOf(filter) === 'node')
  return {
    staticFilters: filters.filter((filter) => scopeOf(filter) === 'static'),
    nodeFilters,
    domainFilters,
    tallies,
    extremesTallies: domainFilters.flatMap(extremesTalliesOf),
    staticScores: otherRaws.filter((raw) => !changesWithNode(raw)),
    nodeScores: otherRaws.filter(changesWithNode),
    valueTerms,
    isInt16: valueTerms.reduce((sum, term) => sum + termMax(term), 0) <= int16Max,
    hasTies: choice.tie !== 'rank',
    orderKey: nodeFilters.every(isFitOfColumns) ? freeOrderKeyOf(choice) : undefined,
    masks: leaves.flatMap((leaf) => (leaf._tag === 'InMask' ? [leaf.mask] : [])),
    columns: raws.flatMap((raw) => (raw._tag === 'Column' ? [raw.column] : [])),
    hasRemovals: [...allTallies, ...exprTallies].some(({ removal }) => removal !== undefined),
  }
}

const scoresOf = (choice: Choice): readonly (Score | ChainKey)[] =>
  choice._tag === 'Sum' ? choice.scores : choice.keys

/** Whether a filter reads free amounts alone, in columns: an order has no rare dimensions. */
const isFitOfColumns = (filter: Filter): boolean =>
  filter._tag === 'Fit' && !filter.parts.some(({ dimension }) => isRare(dimension))

/** What all Fit filters together demand: the largest amount of each dimension. */
export const demandOf = ({ nodeFilters }: Pick<ReadSet, 'nodeFilters'>): Demand => {
  const amounts = new Map<number, number>()
  for (const filter of nodeFilters)
    if (filter._tag === 'Fit')
      for (const { dimension, amount } of filter.parts)
        if (amount > (amounts.get(dimension) ?? 0)) amounts.set(dimension, amount)
  return [...amounts]
}

/**
 * The scores that order the nodes of a group: of a chain the first key that reads a load, of a sum
 * every score that reads a load and is not normalised.
 */
const valueScoresOf = (choice: Choice): readonly (Score | ChainKey)[] =>
  choice._tag === 'Chain'
    ? choice.keys.filter(({ raw }) => raw._tag === 'Load').slice(0, 1)
    : choice.scores.filter(({ raw, normaliser }) => raw._tag === 'Load' && normaliser === 'none')

const valueTermOf = (score: Score | ChainKey): ValueTerm => ({
  raw: score.raw,
  factor: 'prefer' in score ? (score.prefer === 'most' ? 1 : -1) : score.weight,
})

/**
 * The key of a chain with ties by rank whose only load is the free amount of one dimension, and
 * whose other keys are the same for all nodes of a partition. Undefined for any other choice.
 */
const freeOrderKeyOf = (choice: Choice): FreeOrderKey | undefined => {
  if (choice._tag === 'Sum' || choice.tie !== 'rank') return undefined
  const others = choice.keys.filter(({ raw }) => raw._tag !== 'Load')
  const [key, ...more] = choice.keys.filter(({ raw }) => raw._tag === 'Load')
  if (key === undefined || more.length > 0) return undefined
  if (others.some(({ raw }) => raw._tag === 'Spread' || changesWithNode(raw))) return undefined
  const { raw, prefer } = key
  if (raw._tag !== 'Load' || raw.curve !== 'remaining') return undefined
  const [part, ...rest] = raw.parts
  if (part?.weight !== 1 || rest.length > 0 || isRare(part.dimension)) return undefined
  return { dimension: part.dimension, sign: prefer === 'least' ? 1 : -1 }
}

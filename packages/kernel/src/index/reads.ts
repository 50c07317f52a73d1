/**
 * What a class reads of a node, sorted by when it changes: never while nodes and masks stay as they
 * are, or with what stands on the node; and by what it decides: whether the node takes a replica at
 * all, what it has in common with others, and how good it is among these.
 */
import type { State } from '../cluster/state.js'
import { isLocal } from '../judge/domain-counts.js'
import { talliesOfNeed } from '../judge/need.js'
import type { ClassSpec } from '../rule/class.js'
import type { Expr, Tally } from '../rule/expr.js'
import type { Filter } from '../rule/filter.js'
import type { ColumnId, DimensionId, MaskId } from '../rule/id.js'
import type { Demand } from './line.js'
import { smallMax } from './tree.js'
import { leavesOf } from '../rule/leaves.js'
import type { RawScore } from '../rule/raw.js'
import type { ChainKey, Choice, Score } from '../rule/score.js'

export interface Reads {
  /** Filters that a node answers once and for all. */
  readonly fixed: readonly Filter[]
  /** Filters that a node answers by what stands on it. */
  readonly own: readonly Filter[]
  /** Filters that all answer alike who are in the same domains, or have the same counts. */
  readonly shared: readonly Filter[]
  /** Tallies that a shared filter or a score looks at. */
  readonly tallies: readonly Tally[]
  /** Those of them of which the domains that have the fewest and the most are asked for. */
  readonly ranged: readonly Tally[]
  /**
   * Scores that nodes alike have in common: that stay as they are, and that change with what stands
   * there.
   */
  readonly common: readonly RawScore[]
  readonly moving: readonly RawScore[]
  /**
   * What tells nodes apart that are alike in all else: a part of the sum, or one key of the chain.
   */
  readonly telling: readonly Telling[]
  /** Whether all sums of these are small whole numbers. */
  readonly isSmall: boolean
  /** Whether any of those that are equally good may be taken, so that they are counted. */
  readonly isCounted: boolean
  /**
   * Where it comes to that alone which nodes have room and how much they have left, the order in
   * which the best of them come first.
   */
  readonly ordering: Ordering | undefined
  readonly masks: readonly MaskId[]
  readonly columns: readonly ColumnId[]
  /** Whether a trial is counted in a way of its own. */
  readonly removes: boolean
}

/** By what they have left of a dimension: the least first, or with -1 the most. */
export interface Ordering {
  readonly dimension: DimensionId
  readonly sign: 1 | -1
}

export interface Telling {
  readonly raw: RawScore
  readonly factor: number
}

/**
 * Nothing for a class whose sums depend on the order in which they are taken, or whose expressions
 * count on other nodes too.
 */
export const readsOf = ({ filters, choice }: ClassSpec, parts: State): Reads | undefined => {
  if (!isExact(choice, parts)) return undefined
  const told = tellingIn(choice)
  const telling = told.map(factored)
  const raws = scoresOf(choice).map(({ raw }) => raw)
  // A raw score may stand in two scores, of which one tells nodes apart.
  const plain = scoresOf(choice)
    .filter((score) => !told.includes(score))
    .map(({ raw }) => raw)
    .filter(({ _tag }) => _tag !== 'Counts' && _tag !== 'Spread')
  const shared = filters.filter((filter) => placeOf(filter) === 'shared')
  const tallies = [...shared.flatMap(talliesOfFilter), ...raws.flatMap(talliesOf)]
  const all = [...filters.flatMap(talliesOfFilter), ...raws.flatMap(talliesOf)]
  const leaves = [...filters.flatMap(exprsOfFilter), ...raws.flatMap(exprsOf), ...eligibles(all)]
    .flatMap(leavesOf)
    .flatMap((leaf) => [leaf, ...(leaf._tag === 'Count' ? eligibles([leaf.tally]) : [])])
    .flatMap(leavesOf)
  const asked = leaves.flatMap((leaf) => (leaf._tag === 'Count' ? [leaf.tally] : []))
  if (!asked.every(isLocal)) return undefined
  const own = filters.filter((filter) => placeOf(filter) === 'own')
  return {
    fixed: filters.filter((filter) => placeOf(filter) === 'fixed'),
    own,
    shared,
    tallies,
    ranged: shared.flatMap(rangedOf),
    common: plain.filter((raw) => !isMoving(raw)),
    moving: plain.filter(isMoving),
    telling,
    isSmall: telling.reduce((most, one) => most + mostOf(one), 0) <= smallMax,
    isCounted: choice.tie !== 'rank',
    ordering: own.every(({ _tag }) => _tag === 'Fit') ? orderingIn(choice) : undefined,
    masks: leaves.flatMap((leaf) => (leaf._tag === 'InMask' ? [leaf.mask] : [])),
    columns: raws.flatMap((raw) => (raw._tag === 'Column' ? [raw.column] : [])),
    removes: [...all, ...asked].some(({ removal }) => removal !== undefined),
  }
}

const placeOf = (filter: Filter): 'fixed' | 'own' | 'shared' => {
  switch (filter._tag) {
    case 'Only':
      return 'fixed'
    case 'Require':
      return counts(filter.expr) ? 'own' : 'fixed'
    case 'Fit':
      return 'own'
    case 'Limit':
      return isLocal(filter.tally) ? 'own' : 'shared'
    case 'Skew':
    case 'Need':
      return 'shared'
  }
}

const counts = (expr: Expr): boolean => leavesOf(expr).some(({ _tag }) => _tag === 'Count')

const isMoving = (raw: RawScore): boolean => raw._tag === 'Load' || exprsOf(raw).some(counts)

const talliesOfFilter = (filter: Filter): readonly Tally[] => {
  switch (filter._tag) {
    case 'Limit':
    case 'Skew':
      return [filter.tally]
    case 'Need':
      return talliesOfNeed(filter)
    default:
      return []
  }
}

const rangedOf = (filter: Filter): readonly Tally[] =>
  filter._tag === 'Limit' ? [] : talliesOfFilter(filter)

const exprsOfFilter = (filter: Filter): readonly Expr[] =>
  filter._tag === 'Require' ? [filter.expr] : []

const exprsOf = (raw: RawScore): readonly Expr[] =>
  raw._tag === 'Static' ? [...raw.cases, ...raw.marks].map(([holds]) => holds) : []

const eligibles = (tallies: readonly Tally[]): readonly Expr[] =>
  tallies.flatMap(({ eligible }) => (eligible === undefined ? [] : [eligible]))

const scoresOf = (choice: Choice): readonly (Score | ChainKey)[] =>
  choice._tag === 'Sum' ? choice.scores : choice.keys

const talliesOf = (raw: RawScore): readonly Tally[] =>
  raw._tag === 'Counts' || raw._tag === 'Spread' ? raw.terms.map(([tally]) => tally) : []

/** All that has to fit, dimension by dimension. */
export const demandOf = ({ own }: Pick<Reads, 'own'>): Demand => {
  const most = new Map<number, number>()
  for (const filter of own)
    if (filter._tag === 'Fit')
      for (const { dimension, amount } of filter.parts)
        if (amount > (most.get(dimension) ?? 0)) most.set(dimension, amount)
  return [...most]
}

/** Of a chain the first key that reads a load; of a sum all that do and are not normalised. */
const tellingIn = (choice: Choice): readonly (Score | ChainKey)[] =>
  choice._tag === 'Chain'
    ? choice.keys.filter(({ raw }) => raw._tag === 'Load').slice(0, 1)
    : choice.scores.filter(({ raw, normaliser }) => raw._tag === 'Load' && normaliser === 'none')

const factored = (score: Score | ChainKey): Telling => ({
  raw: score.raw,
  factor: 'prefer' in score ? (score.prefer === 'most' ? 1 : -1) : score.weight,
})

/**
 * Of a chain that comes to one load beside what nodes share; those that are equally good are taken
 * by rank.
 */
const orderingIn = (choice: Choice): Ordering | undefined => {
  if (choice._tag === 'Sum' || choice.tie !== 'rank') return undefined
  const others = choice.keys.filter(({ raw }) => raw._tag !== 'Load')
  const [key, ...more] = choice.keys.filter(({ raw }) => raw._tag === 'Load')
  if (key === undefined || more.length > 0) return undefined
  if (others.some(({ raw }) => raw._tag === 'Spread' || isMoving(raw))) return undefined
  const { raw, prefer } = key
  if (raw._tag !== 'Load' || raw.curve !== 'remaining') return undefined
  const [part, ...rest] = raw.parts
  if (part?.weight !== 1 || rest.length > 0) return undefined
  return { dimension: part.dimension, sign: prefer === 'least' ? 1 : -1 }
}

/** The masks that say who is counted. */
export const masksIn = (tally: Tally): readonly MaskId[] =>
  eligibles([tally])
    .flatMap(leavesOf)
    .flatMap((leaf) => (leaf._tag === 'InMask' ? [leaf.mask] : []))

/** The most that it adds, up or down; Infinity for what may be no whole number. */
const mostOf = ({ raw, factor }: Telling): number => {
  if (raw._tag !== 'Load' || raw.curve === 'remaining' || !Number.isInteger(factor)) return Infinity
  const scores = raw.curve === 'points' ? raw.points.map(([, score]) => score) : [100]
  return Math.abs(factor) * Math.ceil(Math.max(...scores.map(Math.abs)))
}

/**
 * Whether all that is summed is whole and small, so that a sum is the same in whatever order it is
 * taken.
 */
const isExact = (choice: Choice, parts: State): boolean =>
  choice._tag === 'Chain' ||
  choice.scores.length <= 1 ||
  choice.scores.every(({ raw, weight }) => Number.isInteger(weight) && isWhole(raw, parts))

const isWhole = (raw: RawScore, parts: State): boolean => {
  switch (raw._tag) {
    case 'Static':
      return [...raw.cases, ...raw.marks].every(([, number]) => Number.isInteger(number))
    case 'Counts':
      return raw.terms.every(([, weight]) => Number.isInteger(weight))
    case 'Column':
      return [...parts.inputs.numbers[raw.column]!.values()].every(Number.isInteger)
    case 'Load':
      return raw.curve !== 'remaining'
    case 'Spread':
      return true
  }
}

/**
 * What a class reads of a node, sorted by how it changes while replicas of the class are placed: whether the node takes one at all,
 * what it has in common with others, and how good it is among these.
 */
import type { Parts } from '../cluster/parts.js'
import { talliesOfNeed } from '../judge/need.js'
import type { Class } from '../rule/class.js'
import type { Filter, Fit, Only, Require } from '../rule/filter.js'
import type { Raw } from '../rule/raw.js'
import type { ChainKey, Choice, Score } from '../rule/score.js'
import type { Tally } from '../rule/tally.js'

export interface Reads {
  /** Filters that each node answers for itself. */
  readonly own: readonly (Only | Require | Fit)[]
  /** Filters that all answer alike who have the same counts. */
  readonly shared: readonly Filter[]
  /** Tallies that some filter or score looks at. */
  readonly tallies: readonly Tally[]
  /** Scores that nodes alike have in common. */
  readonly common: readonly Raw[]
  /** What tells nodes apart that are alike in all else: a part of the sum, or one key of the chain. */
  readonly telling: readonly Telling[]
}

export interface Telling {
  readonly raw: Raw
  readonly factor: number
}

/** Nothing for a class that is better looked after node by node. */
export const readsOf = ({ filters, choice }: Class, parts: Parts): Reads | undefined => {
  const shared = filters.filter((filter) => !isOwn(filter))
  const scores = scoresOf(choice)
  const tallies = [
    ...shared.flatMap(talliesOfFilter),
    ...scores.flatMap(({ raw }) => talliesOf(raw)),
  ]
  if (!isExact(choice, parts)) return undefined
  const telling = tellingIn(choice)
  const isCommon = ({ raw }: { readonly raw: Raw }): boolean =>
    raw._tag !== 'Counts' && raw._tag !== 'Spread' && !telling.some((one) => one.raw === raw)
  return {
    own: filters.filter(isOwn),
    shared,
    tallies,
    common: scores.filter(isCommon).map(({ raw }) => raw),
    telling,
  }
}

const isOwn = (filter: Filter): filter is Only | Require | Fit =>
  filter._tag === 'Only' || filter._tag === 'Require' || filter._tag === 'Fit'

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

const scoresOf = (choice: Choice): readonly (Score | ChainKey)[] =>
  choice._tag === 'Sum' ? choice.scores : choice.keys

const talliesOf = (raw: Raw): readonly Tally[] =>
  raw._tag === 'Counts' || raw._tag === 'Spread' ? raw.terms.map(([tally]) => tally) : []

/** Of a chain the first key that reads a load; of a sum all that do and are not normalised. */
const tellingIn = (choice: Choice): readonly Telling[] =>
  choice._tag === 'Chain'
    ? choice.keys
        .filter(({ raw }) => raw._tag === 'Load')
        .slice(0, 1)
        .map(({ raw, prefer }) => ({ raw, factor: prefer === 'most' ? 1 : -1 }))
    : choice.scores
        .filter(({ raw, normaliser }) => raw._tag === 'Load' && normaliser === 'none')
        .map(({ raw, weight }) => ({ raw, factor: weight }))

/** Whether all that is summed is whole and small, so that a sum is the same in whatever order it is taken. */
const isExact = (choice: Choice, parts: Parts): boolean =>
  choice._tag === 'Chain' ||
  choice.scores.length <= 1 ||
  choice.scores.every(({ raw, weight }) => Number.isInteger(weight) && isWhole(raw, parts))

const isWhole = (raw: Raw, parts: Parts): boolean => {
  switch (raw._tag) {
    case 'Static':
      return [...raw.cases, ...raw.marks].every(([, number]) => Number.isInteger(number))
    case 'Counts':
      return raw.terms.every(([, weight]) => Number.isInteger(weight))
    case 'Given':
      return [...parts.given.numbers[raw.column]!.values()].every(Number.isInteger)
    case 'Load':
      return raw.curve !== 'remaining'
    case 'Spread':
      return true
  }
}

/**
 * All that a cluster is, in parts that are copied one by one, when first written to. The parts of a
 * sealed cluster are never written again, but for what is marked as derived in them.
 */
import type { Symbols } from '../check/shape.js'
import { commonDimensions } from '../rule/dimension.js'
import type { DimensionId } from '../rule/id.js'
import type { RawScore } from '../rule/raw.js'
import type { Tally } from '../rule/expr.js'
import { copyClasses, emptyClasses, type Classes } from './classes.js'
import { grownAmounts, type Amounts } from './column.js'
import { copyInputs, emptyInputs, type AdapterInputs } from './inputs.js'
import { copyLoads, emptyLoads, type Loads } from './loads.js'
import { copyReplicas, emptyReplicas, type Replicas } from './replicas.js'
import { copyRoster, emptyRoster, type Roster } from './roster.js'
import { copyTable, tableOf, type Table } from './table.js'
import type { TrialMoves } from './trial-moves.js'

export interface State {
  words: Table
  dimensions: Table
  classes: Classes
  roster: Roster
  loads: Loads
  replicas: Replicas
  inputs: AdapterInputs
  /** Nothing outside of trials. Not written to but replaced, as it is a value of its own. */
  trialMoves: TrialMoves | undefined
  /** What an index knows beside, where the parts are a view that it lends to one decision. */
  readonly index?: IndexAnswers
}

/** Answers that need no look at all nodes. */
export interface IndexAnswers {
  /** The counts of a tally of the class, the very object; of all that are not of the node alone. */
  readonly domainCounts: (tally: Tally) => DomainCounts | undefined
  /** A raw score of the node in a row, where it is kept. */
  readonly scoreOf: (raw: RawScore) => ((row: number) => number) | undefined
  /** Whether no two nodes are in one domain of the tally, though they may be in none. */
  readonly isLone: (tally: Tally) => boolean
  /** How many nodes the one in this row stands for, itself among them. */
  readonly nodesLike: (row: number) => number
}

export interface DomainCounts {
  /** The count in the node's domain; nothing where it is in none. */
  readonly countAt: (row: number) => number | undefined
  /** How few and how many there are in one domain of those in which somebody is counted. */
  readonly extremes: () => Extremes
}

/** Where there is no domain, the least is Infinity and the most -Infinity. */
export interface Extremes {
  readonly domains: number
  readonly least: number
  readonly most: number
}

export type PartName = Exclude<keyof State, 'trialMoves' | 'index'>

export const emptyState = (): State => ({
  words: tableOf([]),
  dimensions: tableOf(commonDimensions),
  classes: emptyClasses(),
  roster: emptyRoster(),
  loads: emptyLoads(),
  replicas: emptyReplicas(),
  inputs: emptyInputs(),
  trialMoves: undefined,
})

const copies: { readonly [Name in PartName]: (part: State[Name]) => State[Name] } = {
  words: copyTable,
  dimensions: copyTable,
  classes: copyClasses,
  roster: copyRoster,
  loads: copyLoads,
  replicas: copyReplicas,
  inputs: copyInputs,
}

/** Which parts no other value shares. */
export type Ownership = Readonly<Record<PartName, boolean>>

const ownershipOf = (owned: boolean): Ownership => ({
  words: owned,
  dimensions: owned,
  classes: owned,
  roster: owned,
  loads: owned,
  replicas: owned,
  inputs: owned,
})
export const ownsAll = ownershipOf(true)
export const ownsNothing = ownershipOf(false)

/**
 * The parts as they are now, with what an index knows beside. Spelled out, as a decision makes one,
 * and spreading costs more than it.
 */
export const withIndex = (state: State, indexed: IndexAnswers): State => ({
  words: state.words,
  dimensions: state.dimensions,
  classes: state.classes,
  roster: state.roster,
  loads: state.loads,
  replicas: state.replicas,
  inputs: state.inputs,
  trialMoves: state.trialMoves,
  index: indexed,
})

/** What a description may name. */
export const symbolsOf = ({ words, dimensions, inputs }: State): Symbols => ({
  words: words.texts,
  dimensions: dimensions.texts,
  masks: inputs.masks.texts,
  columns: inputs.columns.texts,
})

/** Puts a copy in the place of one part. */
export const copyPart = <Name extends PartName>(state: State, name: Name): void => {
  state[name] = copies[name](state[name])
}

/** What every node has and holds in one dimension, by row; 0 where no node knows the dimension. */
export const columnsOf = (
  state: State,
  dimension: DimensionId,
): { readonly capacity: Amounts; readonly load: Amounts } => {
  const rows = state.roster.specs.length
  return {
    capacity: grownAmounts(state.roster.capacity[dimension] ?? noAmounts, rows),
    load: grownAmounts(state.loads.load[dimension] ?? noAmounts, rows),
  }
}

/** What one node has of a dimension. */
export const capacityAt = (state: State, dimension: DimensionId, row: number): number =>
  state.roster.capacity[dimension]?.[row] ?? 0

/** What the replicas on one node take of a dimension. */
export const loadAt = (state: State, dimension: DimensionId, row: number): number =>
  state.loads.load[dimension]?.[row] ?? 0

const noAmounts = new Float64Array(0)

/**
 * Defines what a cluster consists of: nodes, replicas, classes and so on, each a part of its own. A
 * draft (the mutable cluster inside `batch`) copies a part before the first write to the part, so a
 * finished cluster never changes.
 */
import type { Symbols } from '../check/shape.js'
import { commonDimensions } from '../rule/dimension.js'
import type { DimensionId } from '../rule/id.js'
import type { RawScore } from '../rule/raw.js'
import type { Tally } from '../rule/expr.js'
import { copyClasses, emptyClasses, type Classes } from './classes.js'
import { columnsMax, grownAmounts, isRare, rareAt, rareColumn, type Amounts } from './column.js'
import { copyInputs, emptyInputs, type AdapterInputs } from './inputs.js'
import { copyLoads, emptyLoads, loadIn, type Loads } from './loads.js'
import { copyReplicas, emptyReplicas, type Replicas } from './replicas.js'
import { copyRoster, emptyRoster, type Roster } from './roster.js'
import { copyTable, tableOf, type Table } from './table.js'
import type { TrialMoves } from './trial-moves.js'

/** Every part of a cluster, and what exists only during a decision or a trial. */
export interface State {
  words: Table
  dimensions: Table
  classes: Classes
  roster: Roster
  loads: Loads
  replicas: Replicas
  inputs: AdapterInputs
  /** `undefined` outside of trials. An immutable list, so it is replaced and never written to. */
  moves: TrialMoves | undefined
  /** Set only in the view that `withIndex` makes for one decision by index. */
  readonly index?: IndexAnswers
}

/**
 * What an index knows for one decision, so that filters and scores need no look at all nodes. The
 * contract between the index and the rooms `judge` and `score`:
 *
 * 1. The index applies all changes, then makes a view of the state (`withIndex`) for one decision.
 * 2. Filters and scores run on a few candidates in this view. They read the answers in
 *    `judge/expr.ts`, `score/score.ts` and `score/spread.ts`, and nowhere else.
 * 3. Each answer equals what they would compute by a scan of all nodes.
 * 4. The view is dropped after the decision. No state of a cluster or a draft has an index.
 *
 * Measured alternative: an argument of every filter and score makes `import { place }` 29 bytes
 * larger (compressed) and is no faster.
 */
export interface IndexAnswers {
  /** The counts of a tally, found by identity. Defined for each tally over several nodes. */
  readonly domainCounts: (tally: Tally) => DomainCounts | undefined
  /** Gives the score of a candidate by its row; undefined for a score that must be computed. */
  readonly scoreOf: (raw: RawScore) => ((row: number) => number) | undefined
  /** Whether no two nodes share a domain of the tally. A node may be in no domain. */
  readonly isPerNode: (tally: Tally) => boolean
  /** How many nodes the candidate in this row represents, itself included. */
  readonly nodesLike: (row: number) => number
}

/** The counts of one tally, as `select count(*) … group by domain` gives them. */
export interface DomainCounts {
  /** The count in the node's domain; `undefined` when the node is in no domain. */
  readonly countAt: (row: number) => number | undefined
  /** The fewest and the most in one domain, over all domains that have an eligible node. */
  readonly extremes: () => Extremes
}

/**
 * The number of domains, and the smallest and the largest count; without a domain Infinity and
 * -Infinity.
 */
export interface Extremes {
  readonly domains: number
  readonly min: number
  readonly max: number
}

/** The parts that are copied on write. */
export type PartName = Exclude<keyof State, 'moves' | 'index'>

/** The state of the empty cluster. */
export const emptyState = (): State => ({
  words: tableOf([]),
  dimensions: tableOf(commonDimensions),
  classes: emptyClasses(),
  roster: emptyRoster(),
  loads: emptyLoads(),
  replicas: emptyReplicas(),
  inputs: emptyInputs(),
  moves: undefined,
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

/** Which parts no other cluster or draft shares. */
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
/** All parts are owned. */
export const ownsAll = /* @__PURE__ */ ownershipOf(true)
/** No part is owned. */
export const ownsNothing = /* @__PURE__ */ ownershipOf(false)

/**
 * The state as a view with an index's answers. Fields are listed because every decision makes one,
 * and spreading costs more than the rest of it.
 */
export const withIndex = (state: State, index: IndexAnswers): State => ({
  words: state.words,
  dimensions: state.dimensions,
  classes: state.classes,
  roster: state.roster,
  loads: state.loads,
  replicas: state.replicas,
  inputs: state.inputs,
  moves: state.moves,
  index,
})

/** The interned names that a class, a node or an expression may refer to. */
export const symbolsOf = ({ words, dimensions, inputs }: State): Symbols => ({
  words: words.texts,
  dimensions: dimensions.texts,
  masks: inputs.masks.texts,
  columns: inputs.columns.texts,
})

/** Replaces one part by a copy. */
export const copyPart = <Name extends PartName>(state: State, name: Name): void => {
  state[name] = copies[name](state[name])
}

/**
 * Capacity and load of all nodes in one dimension, by row; 0 in a dimension that no node has. The
 * columns of a rare dimension are made for each call.
 */
export const columnsOf = (
  state: State,
  dimension: DimensionId,
): { readonly capacity: Amounts; readonly load: Amounts } => {
  const rows = state.roster.specs.length
  if (isRare(dimension))
    return {
      capacity: rareColumn(state.roster.rare, rows, dimension),
      load: rareColumn(state.loads.rare, rows, dimension),
    }
  return {
    capacity: grownAmounts(state.roster.capacity[dimension] ?? noAmounts, rows),
    load: grownAmounts(state.loads.load[dimension] ?? noAmounts, rows),
  }
}

/** The capacity of one node in one dimension. */
export const capacityAt = (state: State, dimension: DimensionId, row: number): number =>
  dimension < columnsMax
    ? (state.roster.capacity[dimension]?.[row] ?? 0)
    : rareAt(state.roster.rare, row, dimension)

/** The load of one node in one dimension. */
export const loadAt = (state: State, dimension: DimensionId, row: number): number =>
  loadIn(state.loads, row, dimension)

const noAmounts = new Float64Array(0)

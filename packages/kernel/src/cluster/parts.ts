/**
 * All that a cluster is, in parts that are copied one by one, when first written to. The parts of a
 * sealed cluster are never written again, but for what is marked as derived in them.
 */
import type { Known } from '../check/shape.js'
import { commonDimensions } from '../rule/dimension.js'
import type { DimensionId } from '../rule/id.js'
import type { RawScore } from '../rule/raw.js'
import type { Tally } from '../rule/tally.js'
import { copyClasses, emptyClasses, type Classes } from './classes.js'
import { grownAmounts, type Amounts } from './column.js'
import { copyGiven, emptyGiven, type AdapterInputs } from './given.js'
import { copyLoads, emptyLoads, type Loads } from './loads.js'
import { copyReplicas, emptyReplicas, type Replicas } from './replicas.js'
import { copyRoster, emptyRoster, type Roster } from './roster.js'
import { copyTable, tableOf, type Table } from './table.js'
import type { Tried } from './tried.js'

export interface State {
  words: Table
  dimensions: Table
  classes: Classes
  roster: Roster
  loads: Loads
  replicas: Replicas
  given: AdapterInputs
  /** Nothing outside of trials. Not written to but replaced, as it is a value of its own. */
  tried: Tried | undefined
  /** Set only in the view that `withIndex` makes for one decision by index. */
  readonly index?: IndexAnswers
}

/**
 * What an index knows for one decision, so that filters and scores need no look at all nodes. The
 * contract between the index and the rooms `judge` and `score`:
 *
 * 1. The index applies all changes, then makes a view of the state (`withIndex`) for one decision.
 * 2. Filters and scores run on a few candidates in this view. They read the answers in
 *    `judge/census.ts`, `score/score.ts` and `score/spread.ts`, and nowhere else.
 * 3. Each answer equals what they would compute by a scan of all nodes.
 * 4. The view is dropped after the decision. No state of a cluster or a draft has an index.
 *
 * Measured alternative: an argument of every filter and score makes `import { place }` 29 bytes
 * larger (compressed) and is no faster.
 */
export interface IndexAnswers {
  /** The counts of a tally, found by identity. Defined for each tally over several nodes. */
  readonly domainCounts: (tally: Tally) => Census | undefined
  /** Gives the score of a candidate by its row; undefined for a score that must be computed. */
  readonly scoreOf: (raw: RawScore) => ((row: number) => number) | undefined
  /** Whether no two nodes share a domain of the tally. A node may be in no domain. */
  readonly isPerNode: (tally: Tally) => boolean
  /** How many nodes the candidate in this row represents, itself included. */
  readonly nodesLike: (row: number) => number
}

export interface Census {
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

export type PartName = Exclude<keyof State, 'tried' | 'index'>

export const emptyState = (): State => ({
  words: tableOf([]),
  dimensions: tableOf(commonDimensions),
  classes: emptyClasses(),
  roster: emptyRoster(),
  loads: emptyLoads(),
  replicas: emptyReplicas(),
  given: emptyGiven(),
  tried: undefined,
})

const copies: { readonly [Name in PartName]: (part: State[Name]) => State[Name] } = {
  words: copyTable,
  dimensions: copyTable,
  classes: copyClasses,
  roster: copyRoster,
  loads: copyLoads,
  replicas: copyReplicas,
  given: copyGiven,
}

/** Which parts no other value shares. */
export type Owned = Readonly<Record<PartName, boolean>>

const all = (owned: boolean): Owned => ({
  words: owned,
  dimensions: owned,
  classes: owned,
  roster: owned,
  loads: owned,
  replicas: owned,
  given: owned,
})
export const everyPart = all(true)
export const noPart = all(false)

/**
 * A view of the state for one decision by index. Spelled out, as every decision makes a view and an
 * object spread costs more.
 */
export const withIndex = (parts: State, index: IndexAnswers): State => ({
  words: parts.words,
  dimensions: parts.dimensions,
  classes: parts.classes,
  roster: parts.roster,
  loads: parts.loads,
  replicas: parts.replicas,
  given: parts.given,
  tried: parts.tried,
  index,
})

/** What a description may name. */
export const knownIn = ({ words, dimensions, given }: State): Known => ({
  words: words.texts,
  dimensions: dimensions.texts,
  masks: given.masks.texts,
  columns: given.columns.texts,
})

/** Puts a copy in the place of one part. */
export const renewPart = <Name extends PartName>(parts: State, name: Name): void => {
  parts[name] = copies[name](parts[name])
}

/** What every node has and holds in one dimension, by row; 0 where no node knows the dimension. */
export const columnsOf = (
  parts: State,
  dimension: DimensionId,
): { readonly capacity: Amounts; readonly load: Amounts } => {
  const rows = parts.roster.specs.length
  return {
    capacity: grownAmounts(parts.roster.capacity[dimension] ?? noAmounts, rows),
    load: grownAmounts(parts.loads.load[dimension] ?? noAmounts, rows),
  }
}

/** What one node has of a dimension. */
export const capacityAt = (parts: State, dimension: DimensionId, row: number): number =>
  parts.roster.capacity[dimension]?.[row] ?? 0

/** What the replicas on one node take of a dimension. */
export const loadAt = (parts: State, dimension: DimensionId, row: number): number =>
  parts.loads.load[dimension]?.[row] ?? 0

const noAmounts = new Float64Array(0)

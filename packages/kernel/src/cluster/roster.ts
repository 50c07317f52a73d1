/**
 * Stores the nodes of a cluster, one row for each: name, capacity, attributes and marks (taints).
 * Rows change only when a node joins, leaves or gets a new description.
 */
import type { Vector } from '../rule/dimension.js'
import type { Attributes } from '../rule/expr.js'
import type { NodeId, WordId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import {
  copyRare,
  describeRare,
  grownAmounts,
  isRare,
  type Amounts,
  type Integers,
  type RareAmounts,
} from './column.js'
import { generationOf, rowOf } from './generation.js'
import {
  copyRanking,
  emptyRanking,
  noteJoin,
  noteLeave,
  noteRedescription,
  sortedRows,
  type Ranking,
} from './ranking.js'

/** Attributes as a map from key to value. */
export type Lookup = ReadonlyMap<WordId, WordId>

/**
 * The columns of nodes by row, and the free list, whose last row is reused first. A row is in use
 * when it has a spec; a free row has capacity 0 and is on the free list.
 */
export interface Roster {
  readonly specs: (NodeSpec | undefined)[]
  readonly attributes: Lookup[]
  readonly marks: (readonly Lookup[])[]
  readonly generations: number[]
  readonly free: number[]
  readonly rowOfName: Map<string, number>
  /** By dimension, a column by node row; the capacities in rare dimensions are in sparse maps. */
  readonly capacity: Amounts[]
  readonly rare: RareAmounts
  readonly ranking: Ranking
}

/** No nodes. */
export const emptyRoster = (): Roster => ({
  specs: [],
  attributes: [],
  marks: [],
  generations: [],
  free: [],
  rowOfName: new Map(),
  capacity: [],
  rare: new Map(),
  ranking: emptyRanking(),
})

/** A copy that can be written to. */
export const copyRoster = (roster: Roster): Roster => ({
  specs: roster.specs.slice(),
  attributes: roster.attributes.slice(),
  marks: roster.marks.slice(),
  generations: roster.generations.slice(),
  free: roster.free.slice(),
  rowOfName: new Map(roster.rowOfName),
  capacity: roster.capacity.map((column) => column.slice()),
  rare: copyRare(roster.rare),
  ranking: copyRanking(roster.ranking),
})

const lookupOf = (attributes: Attributes): Lookup => new Map(attributes)

const setCapacity = (roster: Roster, row: number, capacity: Vector): void => {
  describeRare(roster.rare, row, capacity)
  for (const [dimension, amount] of capacity) {
    if (isRare(dimension)) continue
    while (roster.capacity.length <= dimension) roster.capacity.push(new Float64Array(0))
    const column = grownAmounts(roster.capacity[dimension]!, roster.specs.length)
    column[row] = amount
    roster.capacity[dimension] = column
  }
}

/** Adds a node, whose name must be new, and returns its row. */
export const addNode = (roster: Roster, spec: NodeSpec): number => {
  const row = roster.free.pop() ?? roster.specs.length
  if (row === roster.specs.length) roster.generations.push(0)
  describe(roster, row, spec)
  roster.rowOfName.set(spec.name, row)
  noteJoin(roster.ranking, row)
  return row
}

const describe = (roster: Roster, row: number, spec: NodeSpec): void => {
  roster.specs[row] = spec
  roster.attributes[row] = lookupOf(spec.attributes)
  roster.marks[row] = spec.marks.map(lookupOf)
  for (let d = 0; d < roster.capacity.length; d++) {
    const column = grownAmounts(roster.capacity[d]!, roster.specs.length)
    column[row] = 0
    roster.capacity[d] = column
  }
  setCapacity(roster, row, spec.capacity)
}

/** Replaces the description of the node in a row; the name must be the same. */
export const redescribeNode = (roster: Roster, row: number, spec: NodeSpec): void => {
  describe(roster, row, spec)
  noteRedescription(roster.ranking)
}

/** Removes the node in a row. The row's generation rises, so its old id names nothing. */
export const removeNode = (roster: Roster, row: number): void => {
  const spec = roster.specs[row]!
  roster.specs[row] = undefined
  roster.attributes[row] = new Map()
  roster.marks[row] = []
  roster.generations[row]!++
  roster.free.push(row)
  roster.rowOfName.delete(spec.name)
  for (const column of roster.capacity) column[row] = 0
  roster.rare.delete(row)
  noteLeave(roster.ranking, row)
}

/** True when the id's node exists; false for any other value, of whatever type. */
export const hasNode = (roster: Roster, node: NodeId): boolean =>
  Number.isInteger(node) &&
  roster.specs[rowOf(node)] !== undefined &&
  roster.generations[rowOf(node)] === generationOf(node)

/** The rows in use, in the order of rank. */
export const rankedRows = ({ ranking, specs }: Roster): Integers =>
  sortedRows(ranking, (row) => specs[row]!.name)

/** The rank of each row in use, by row. */
export const ranksOf = (roster: Roster): Integers => {
  const { ranking, specs } = roster
  const ranked = rankedRows(roster)
  if (ranking.ranks !== undefined) return ranking.ranks
  const ranks = new Int32Array(specs.length)
  for (const [rank, row] of ranked.entries()) ranks[row] = rank
  return (ranking.ranks = ranks)
}

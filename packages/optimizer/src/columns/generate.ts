/**
 * Finds cheap ways to fill bins by column generation, a method of linear programming for problems
 * with too many columns to list. A column is a bin with a pattern: how many of each item it holds.
 *
 * 1. It solves the master program, a linear program over the columns that are known.
 * 2. The solution gives each item a value (its dual value). For each kind of bin it searches a
 *    pattern with a higher value than the bin costs.
 * 3. It adds these patterns as columns, and repeats until none is found or a limit is reached.
 *
 * Each round also proves a lower bound on the cost of any packing (Farley's bound).
 */
import { columnKey, type Column } from '../table/column.js'
import type { Master, MasterSolution } from '../master/master.js'
import type { Context } from './context.js'

/** The last solution of the master program, the best bound that a pass proved, and the work. */
export interface Generation {
  readonly solution: MasterSolution
  /** The values of the rows that proved the bound. */
  readonly values: Float64Array
  readonly bound: number
  readonly work: number
}

/** When to end. */
export interface GenerationLimits {
  readonly passesMax: number
  readonly workMax: number
  /** Nodes of a tree: how many at first, and how many when less finds nothing more. */
  readonly nodes: number
  readonly nodesMax: number
  /** A part of the bound: nearer than that to the program, nothing more is looked for. */
  readonly gap: number
}

/** Columns that a pass adds at most. */
const addedMax = 40

/**
 * What is done, in fillings of a bin: a step of the simplex method and the prices of a bin cost
 * more the more rows there are, a node of a tree hardly so.
 */
const workOf = (rows: number, steps: number, bins: number, nodes: number): number =>
  rows * (steps * 0.1 + bins * 0.15) + nodes / 24

/**
 * How near the values of a pass are to those that proved the best bound so far, from 0 to 1: the
 * values of the master program alone swing from pass to pass.
 */
const smoothingFactor = 0.3

/**
 * Adds columns to the master program until none helps, or a limit is reached.
 *
 * At values of the rows at which no content of a bin is worth more than the bin costs, all replicas
 * together are worth no more than any packing costs: that is the bound.
 */
export const generateColumns = (
  context: Context,
  master: Master,
  counts: Float64Array,
  roomOf: (bin: number) => number,
  center: Float64Array,
  { passesMax, workMax, nodes: nodesMin, nodesMax, gap }: GenerationLimits,
): Generation => {
  const known = new Set(master.columns.map(columnKey))
  let [bound, work, nodes, share] = [0, 0, nodesMin, 1]
  let best = center
  for (let pass = 1; ; pass++) {
    const solution = master.solve()
    const values = interpolate(best, solution.values, share)
    const priced = priceAll(context, solution, values, counts, nodes, nodes === nodesMin ? 0.9 : 1)
    const proved = boundOfValues(context, values, counts, roomOf, priced.bounds)
    if (proved > bound) [bound, best] = [proved, values]
    work += workOf(counts.length, solution.steps, priced.bounds.length, priced.nodes)
    const added = priced.columns.filter((column) => {
      const key = columnKey(column)
      if (known.has(key)) return false
      known.add(key)
      return true
    })
    const reach = valueOf(solution, counts, roomOf)
    const isOver = pass >= passesMax || work >= workMax || bound >= reach * (1 - gap)
    if (isOver || (added.length === 0 && share === 0 && nodes >= nodesMax))
      return { solution, values: best, bound, work }
    if (added.length > 0) {
      master.add(added)
      share = smoothingFactor
    } else if (share > 0) share = share > 0.3 ? share / 2 : 0
    else {
      nodes = Math.min(nodesMax, nodes * 16)
      share = smoothingFactor
    }
  }
}

const interpolate = (one: Float64Array, other: Float64Array, share: number): Float64Array =>
  one.map((value, at) => value * share + other[at]! * (1 - share))

interface PricedBins {
  readonly columns: readonly Column[]
  /** By bin, what no pattern is worth more than. */
  readonly bounds: readonly number[]
  readonly nodes: number
}

/** Prices all bins at some values; columns are those that help at the values of the master. */
const priceAll = (
  { table: { bins }, price, columnOf }: Context,
  { values: own, rents }: MasterSolution,
  values: Float64Array,
  counts: Float64Array,
  nodesMax: number,
  floorShare: number,
): PricedBins => {
  const found: { readonly column: Column; readonly rate: number }[] = []
  let nodes = 0
  const bounds = bins.map(({ cost }, bin) => {
    const floor = cost + rents[bin]!
    const priced = price(bin, values, counts, floor * floorShare, nodesMax)
    nodes += priced.nodes
    const worth = priced.pattern.reduce((sum, [row, count]) => sum + own[row]! * count, 0)
    if (worth > floor * (1 + 1e-7) + 1e-7)
      found.push({ column: columnOf(bin, priced.pattern), rate: worth / (floor + 1e-9) })
    return priced.bound
  })
  found.sort((a, b) => b.rate - a.rate)
  const columns = found.slice(0, addedMax).map(({ column }) => column)
  return { columns, bounds, nodes }
}

/** What the master program says that the rows cost. */
const valueOf = (
  { values, rents }: MasterSolution,
  counts: Float64Array,
  roomOf: (bin: number) => number,
): number => {
  let sum = 0
  for (let row = 0; row < counts.length; row++) sum += counts[row]! * values[row]!
  for (let bin = 0; bin < rents.length; bin++) if (rents[bin]! > 0) sum -= rents[bin]! * roomOf(bin)
  return sum
}

/**
 * The bound of Farley: the values are scaled until no bin of which there are any number holds more
 * than it costs; of the others as much is taken off as all of them might hold more.
 */
const boundOfValues = (
  { table: { bins } }: Context,
  values: Float64Array,
  counts: Float64Array,
  roomOf: (bin: number) => number,
  bounds: readonly number[],
): number => {
  let scale = 1
  for (const [bin, { cost }] of bins.entries())
    if (roomOf(bin) === Infinity) scale = Math.max(scale, bounds[bin]! / cost)
  let sum = 0
  for (let row = 0; row < counts.length; row++) sum += counts[row]! * values[row]!
  sum /= scale
  for (const [bin, { cost }] of bins.entries())
    if (roomOf(bin) < Infinity) sum -= roomOf(bin) * Math.max(0, bounds[bin]! / scale - cost)
  return sum
}

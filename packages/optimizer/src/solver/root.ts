/**
 * Solves the linear program of a whole packing by column generation. The solution gives a lower
 * bound on the cost, and the columns (bins with the items they hold) from which rounding starts.
 */
import { contextOf, type Context } from '../columns/context.js'
import { generateColumns } from '../columns/generate.js'
import { openMaster } from '../master/master.js'
import type { LinearLibrary } from '../master/linear-library.js'
import type { Column } from '../table/column.js'
import type { Packing } from '../table/packing-types.js'

/** The linear program of a packing, as far as it was solved. */
export interface Root {
  readonly context: Context
  readonly columns: readonly Column[]
  readonly values: Float64Array
  /** By column. */
  readonly times: Float64Array
  readonly bound: number
  readonly work: number
}

/** How many nodes of a tree a bin may cost at first, and at most. */
export const nodesOfRoot = { nodes: 60, nodesMax: 960 }

/** Solves the program, and stops after so much work; the bound is proved all the same. */
export const solveRoot = (library: LinearLibrary, packing: Packing, workMax: number): Root => {
  const context = contextOf(library, packing)
  const counts = paidCounts(context)
  const roomOf = (bin: number): number => context.table.bins[bin]!.countMax
  const master = openMaster(library, context.table, counts, roomOf)
  try {
    master.add(firstColumns(context, counts))
    const limits = { passesMax: 30, workMax, gap: 3e-3, ...nodesOfRoot }
    const { solution, values, bound, work } = generateColumns(
      ...([context, master, counts, roomOf, firstValues(context), limits] as const),
    )
    const { times } = solution
    return { context, columns: [...master.columns], values, times, bound, work }
  } finally {
    master.dispose()
  }
}

/** The replicas by row, without those that bins which cost nothing take. */
const paidCounts = ({ table: { bins, counts } }: Context): Float64Array =>
  counts.map((count, row) =>
    bins.some(({ cost, countMax, caps }) => cost === 0 && countMax === Infinity && caps[row]! > 0)
      ? 0
      : count,
  )

/** Of each row as many as fit, in the bin that costs least for one. */
const firstColumns = (
  { table: { bins }, columnOf }: Context,
  counts: Float64Array,
): readonly Column[] =>
  [...counts.keys()].flatMap((row) => {
    let [best, least] = [-1, Infinity]
    for (const [bin, { cost, caps }] of bins.entries()) {
      const count = Math.min(caps[row]!, counts[row]!)
      if (count > 0 && cost / count < least) [best, least] = [bin, cost / count]
    }
    if (best < 0) return []
    return [columnOf(best, [[row, Math.min(bins[best]!.caps[row]!, counts[row]!)]])]
  })

/** Values to begin with: what one takes away, at what a unit of each dimension costs at least. */
const firstValues = ({ table: { dimensions, weights, counts }, prices }: Context): Float64Array =>
  counts.map((_, row) => {
    let sum = 0
    for (let d = 0; d < dimensions; d++) sum += weights[row * dimensions + d]! * prices[d]!
    return sum
  })

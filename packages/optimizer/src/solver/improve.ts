/**
 * Improves a packing by linear programming and large neighbourhood search:
 *
 * 1. It solves the linear program of the whole packing, and rounds the solution to whole bins.
 * 2. It repeatedly empties some bins and packs their items again, until many rounds have improved
 *    nothing, the bound is reached or the budget is spent.
 */
import { dive } from '../round/dive.js'
import { binsToFree } from '../round/neighbourhood.js'
import { completePacking, isBetterPacking, type WholePacking } from '../round/whole-packing.js'
import type { Column } from '../table/column.js'
import type { Root } from './root.js'
import type { PackedBins } from '../table/packing-types.js'

const diveLimits = { passesMax: 6, workMax: Infinity, nodes: 60, nodesMax: 60, gap: 1e-4 }

/** After so many rounds without a better packing there is hardly one to find. */
const idleMax = ({ packed }: WholePacking): number =>
  packed.reduce((sum, { times }) => sum + 10 * times, 20)

/**
 * The best packing of rows within the work, and the work that was done.
 *
 * The steps do not depend on the budget, so a larger budget never gives a worse packing. A budget
 * that does not suffice for the linear program changes nothing.
 */
export const improvePacking = (
  { context, columns, values, bound, work: rootWork }: Root,
  start: readonly PackedBins[],
  workMax: number,
): { readonly packed: readonly PackedBins[]; readonly work: number } => {
  if (rootWork >= workMax) return { packed: start, work: rootWork }
  const { table } = context
  const roomOf = (bin: number): number => table.bins[bin]!.countMax
  let work = rootWork
  let best: WholePacking = wholeOf(context, start)
  const lowest = Math.ceil(bound * (1 - 1e-9) - 1e-6)
  const isDone = (): boolean => work >= workMax || (best.over === 0 && best.costs[0]! <= lowest)
  const consider = (taken: readonly Column[], of: Float64Array): void => {
    const one = completePacking(context, taken, of)
    if (isBetterPacking(one, best)) best = one
  }
  if (!isDone()) {
    consider([], values)
    const first = dive(context, columns, table.counts, roomOf, values, diveLimits)
    work += first.work
    consider(first.columns, first.values)
  }
  const pool = columns.slice(-2_000)
  for (let round = 0, idle = 0; !isDone() && idle < idleMax(best); round++) {
    const single = best.packed.flatMap(({ bin, pattern, times }) =>
      Array.from({ length: times }, () => ({ bin, pattern, times: 1 })),
    )
    if (single.length === 0) break
    const freed = binsToFree(context, single, values, round)
    const counts = new Float64Array(table.counts.length)
    for (const at of freed) for (const [row, count] of single[at]!.pattern) counts[row]! += count
    const rest = single.filter((_, at) => !freed.has(at)).map((one) => columnIn(context, one))
    const used = (bin: number): number => rest.filter((one) => one.bin === bin).length
    const local = dive(context, pool, counts, (bin) => roomOf(bin) - used(bin), values, diveLimits)
    work += local.work + 20
    const before = best
    consider([...rest, ...local.columns], local.values)
    idle = best === before ? idle + 1 : 0
  }
  return { packed: best.packed, work }
}

const columnIn = ({ table }: Root['context'], { bin, pattern }: PackedBins): Column => {
  const at = table.bins.findIndex((one) => one.bin === bin)
  return { bin: at, cost: table.bins[at]!.cost, pattern }
}

const wholeOf = (context: Root['context'], packed: readonly PackedBins[]): WholePacking => {
  const single = packed.flatMap((one) =>
    Array.from({ length: one.times }, () => columnIn(context, one)),
  )
  return completePacking(context, single, new Float64Array(context.table.counts.length))
}

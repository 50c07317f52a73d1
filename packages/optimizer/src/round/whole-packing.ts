/**
 * Builds a packing of whole bins from the columns (bins with the items they hold) that the diving
 * heuristic chose. Packs the remaining replicas greedily, then moves the items of each bin to the
 * cheapest bin that takes them all. Also compares packings, by unpacked replicas and then by cost.
 */
import { binPacking } from '@stowage/kernel'
import type { Context } from '../columns/context.js'
import type { Column } from '../table/column.js'
import type { PackedBins } from '../table/packing-types.js'

/** A packing with what is left over. */
export interface WholePacking {
  readonly packed: readonly PackedBins[]
  readonly over: number
  readonly costs: readonly number[]
}

/** The packing of these columns and of as much of the rest as a greedy packing finds room for. */
export const completePacking = (
  context: Context,
  columns: readonly Column[],
  values: Float64Array,
): WholePacking => {
  const { fill, table } = context
  const state = binPacking.startPacking(fill)
  const packed: PackedBins[] = []
  for (const { bin, pattern } of columns) {
    const { bin: position } = table.bins[bin]!
    const taken = pattern.flatMap(([row, count]) => {
      const own = Math.min(count, state.counts[row]!)
      state.counts[row]! -= own
      return own === 0 ? [] : [[row, own] as const]
    })
    if (taken.length === 0) continue
    state.room[position]! -= 1
    packed.push({ bin: position, pattern: taken, times: 1 })
  }
  const worth = values.map((value) => Math.max(value, 1e-9))
  const rest = binPacking.packGreedily(fill, state, worth)
  const cheaper = inCheaperBins(context, [...packed, ...rest])
  return {
    packed: cheaper,
    over: state.counts.reduce((sum, count) => sum + count, 0),
    costs: binPacking.costsOf(table.packing, cheaper),
  }
}

/** Fewer left over, else less cost. */
export const isBetterPacking = (one: WholePacking, other: WholePacking): boolean =>
  one.over < other.over ||
  (one.over === other.over && binPacking.compareCosts(one.costs, other.costs) < 0)

/** Each pattern in the cheapest bin, of which there are any number, that takes it. */
const inCheaperBins = (
  { fill, table: { packing } }: Context,
  packed: readonly PackedBins[],
): readonly PackedBins[] => {
  const { bins, items } = packing
  const order = [...bins.keys()]
    .filter((bin) => bins[bin]!.countMax === Infinity)
    .sort((a, b) => binPacking.compareCosts(bins[a]!.costs, bins[b]!.costs) || a - b)
  const counts = new Int32Array(items.length)
  const holds = (bin: number, pattern: PackedBins['pattern']): boolean => {
    if (!pattern.every(([row]) => items[row]!.takes[bin]!)) return false
    for (const [row, count] of pattern) counts[row] = count
    const rows = Int32Array.from(pattern, ([row]) => row)
    const taken = binPacking.fillBin(fill, bin, rows, counts)
    return taken.length === pattern.length && taken.every(([, n], at) => n === pattern[at]![1])
  }
  return packed.map((one) => {
    const { costs } = bins[one.bin]!
    for (const bin of order) {
      if (binPacking.compareCosts(bins[bin]!.costs, costs) >= 0) break
      if (holds(bin, one.pattern)) return { ...one, bin }
    }
    return one
  })
}

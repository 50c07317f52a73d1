/**
 * Builds the tables of the linear program from a packing problem: (1) for each row (a group of
 * equal items), a lower bound on the resources that one replica uses; (2) for each bin, upper
 * bounds on how many replicas it holds. A pattern within these bounds may still not fit, which
 * shows when the bin is filled.
 */
import type { Packing } from './packing-types.js'

/** A packing by rows (items that are alike) and by bins that take some of them. */
export interface PackingTable {
  readonly dimensions: number
  /** By row, how many replicas there are. */
  readonly counts: Float64Array
  /** By row and dimension, what one takes away at least. */
  readonly weights: Float64Array
  readonly bins: readonly TableBin[]
  readonly packing: Packing
}

/** A kind of bin. */
export interface TableBin {
  /** Its position in the packing. */
  readonly bin: number
  readonly cost: number
  readonly countMax: number
  readonly free: Float64Array
  /** By row, how many of it alone one bin has at most. */
  readonly caps: Float64Array
  /** Rows of which a bin has at most so many together. */
  readonly groups: readonly RowGroup[]
}

/** Rows that a limit counts together. */
export interface RowGroup {
  readonly rows: readonly number[]
  readonly max: number
}

/**
 * The table of a packing under its first cost. Every content that a bin takes satisfies the tables.
 * Whether a bin takes a content that satisfies them depends on the order of filling.
 */
export const packingTable = (packing: Packing): PackingTable => {
  const { items } = packing
  const dimensions = packing.bins[0]?.free.length ?? 0
  const limited = limitedRows(packing)
  const weights = Float64Array.from(
    items.flatMap(({ size, demand }) => size.map((amount, d) => Math.min(amount, demand[d]!))),
  )
  const bins = packing.bins.map(({ free, costs, countMax }, bin): TableBin => {
    const groups = limited.map(({ rows, maxOf }) => ({ rows, max: maxOf(bin) }))
    const caps = items.map(({ takes, demand, size }, row) =>
      takes[bin]!
        ? groups
            .filter(({ rows }) => rows.includes(row))
            .reduce((cap, { max }) => Math.min(cap, max), roomFor(free, demand, size))
        : 0,
    )
    return {
      ...{ bin, cost: costs[0]!, countMax, free: Float64Array.from(free) },
      caps: Float64Array.from(caps),
      groups: groups.filter(({ rows }) => rows.length > 1),
    }
  })
  return {
    ...{ dimensions, weights, packing },
    counts: Float64Array.from(items, ({ count }) => count),
    bins: bins.filter(({ caps, countMax }) => countMax > 0 && caps.some((cap) => cap > 0)),
  }
}

interface LimitedRows {
  readonly rows: readonly number[]
  readonly maxOf: (bin: number) => number
}

/**
 * Sets of rows that each have a limit which counts exactly their set: whichever comes last into a
 * bin finds at most so many. What other limits say depends on the order, and is left out.
 */
const limitedRows = ({ items }: Packing): readonly LimitedRows[] => {
  const sets = new Map<string, { readonly row: number; readonly max: readonly number[] }[]>()
  for (const [row, { limits }] of items.entries())
    for (const { counts, max, held } of limits) {
      if (!counts[row]!) continue
      const key = [...counts.keys()].filter((i) => counts[i]!).join()
      sets.set(key, [...(sets.get(key) ?? []), { row, max: held.map((one) => max - one + 1) }])
    }
  return [...sets.values()].map((members) => ({
    rows: [...new Set(members.map(({ row }) => row))],
    maxOf: (bin) => members.reduce((most, { max }) => Math.max(most, max[bin]!), 0),
  }))
}

/** How many an empty bin has room for. */
const roomFor = (
  free: readonly number[],
  demand: readonly number[],
  size: readonly number[],
): number =>
  free.reduce((room, amount, d) => {
    if (demand[d]! > amount) return 0
    if (size[d]! === 0 || demand[d]! === 0) return room
    return Math.min(room, Math.floor((amount - demand[d]!) / size[d]!) + 1)
  }, Infinity)

/**
 * Fills one bin greedily: takes the items in a given order and puts in as many of each as the bin
 * has room for. Item sizes are in typed arrays, because one packing fills thousands of bins.
 */
import type { Packing, Pattern } from './packing.js'

/** A packing as tables, for filling. */
export interface FillTables {
  readonly items: number
  readonly dimensions: number
  readonly demand: Float64Array
  readonly size: Float64Array
  /** By bin, the items that an empty one takes. */
  readonly takes: readonly Uint8Array[]
  /** By bin, the first one that takes the same. */
  readonly alike: readonly number[]
  readonly free: readonly Float64Array[]
  readonly packing: Packing
  /** By item, its limits. */
  readonly limits: readonly (readonly TableLimit[])[]
  readonly hasLimits: boolean
  /** By dimension, the least that any item demands. */
  readonly demandMin: Float64Array
  /** Working memory of one fill. */
  readonly left: Float64Array
  readonly inside: Int32Array
}

/** A limit with the counted items by number. */
interface TableLimit {
  readonly counted: Int32Array
  readonly isOwn: boolean
  readonly max: number
  readonly held: readonly number[]
}

/** The tables of a packing. */
export const fillTables = (packing: Packing): FillTables => {
  const { items, bins } = packing
  const dimensions = bins[0]?.free.length ?? 0
  const takes = bins.map((_, bin) => Uint8Array.from(items, (item) => (item.takes[bin]! ? 1 : 0)))
  const keys = takes.map((own) => own.join(''))
  const firsts = new Map([...keys.entries()].reverse().map(([bin, key]) => [key, bin]))
  return {
    ...{ items: items.length, dimensions, packing },
    demand: Float64Array.from(items.flatMap(({ demand }) => demand)),
    size: Float64Array.from(items.flatMap(({ size }) => size)),
    takes,
    alike: keys.map((key) => firsts.get(key)!),
    free: bins.map(({ free }) => Float64Array.from(free)),
    limits: items.map(({ limits }, item) =>
      limits.map(({ counts, max, held }) => ({
        counted: Int32Array.from([...counts.keys()].filter((k) => counts[k]!)),
        ...{ isOwn: counts[item]!, max, held },
      })),
    ),
    hasLimits: items.some(({ limits }) => limits.length > 0),
    demandMin: Float64Array.from({ length: dimensions }, (_, d) =>
      items.reduce((least, { demand }) => Math.min(least, demand[d]!), Infinity),
    ),
    left: new Float64Array(dimensions),
    inside: new Int32Array(items.length),
  }
}

/**
 * The pattern of one bin, which has `before` already: items in this order, at most `counts` of
 * each. Empty when it takes none.
 */
export const fillBin = (
  tables: FillTables,
  bin: number,
  order: Int32Array,
  counts: Int32Array,
  before: Pattern = [],
): Pattern => {
  const { left, inside, takes, free } = tables
  left.set(free[bin]!)
  if (tables.hasLimits || before.length > 0) inside.fill(0)
  for (const [item, count] of before) putIn(tables, item, count)
  const pattern: (readonly [number, number])[] = []
  for (let at = 0; at < order.length; at++) {
    const item = order[at]!
    if (counts[item] === 0 || takes[bin]![item] === 0) continue
    const count = Math.min(counts[item]!, roomFor(tables, bin, item))
    if (count <= 0) continue
    putIn(tables, item, count)
    pattern.push([item, count])
    if (lacksRoom(tables)) break
  }
  return pattern
}

/** Whether no item fits any more. */
const lacksRoom = ({ left, demandMin, dimensions }: FillTables): boolean => {
  for (let d = 0; d < dimensions; d++) if (left[d]! < demandMin[d]!) return true
  return false
}

const putIn = (
  { left, inside, size, dimensions }: FillTables,
  item: number,
  count: number,
): void => {
  for (let d = 0; d < dimensions; d++) left[d]! -= size[item * dimensions + d]! * count
  inside[item]! += count
}

/** How many more of the item the bin takes. */
const roomFor = (tables: FillTables, bin: number, item: number): number => {
  const { left, demand, size, dimensions } = tables
  let room = Infinity
  for (let d = item * dimensions, k = 0; k < dimensions; d++, k++) {
    const need = demand[d]!
    if (need > 0 && left[k]! < need) return 0
    if (size[d]! > 0 && need > 0) {
      const more = Math.floor((left[k]! - need) / size[d]!) + 1
      if (more < room) room = more
    }
  }
  return tables.hasLimits ? Math.min(room, roomByLimits(tables, bin, item)) : room
}

const roomByLimits = ({ limits, inside }: FillTables, bin: number, item: number): number => {
  let room = Infinity
  for (const { counted, isOwn, max, held } of limits[item]!) {
    let count = held[bin]!
    for (const k of counted) count += inside[k]!
    if (count > max) return 0
    if (isOwn) room = Math.min(room, max - count + 1)
  }
  return room
}

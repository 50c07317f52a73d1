/**
 * The hot loop of the index: how good the nodes of a class are, where that comes to room and
 * evenness, in a tournament for each kind of them. Where a processor would guess wrong which way a
 * comparison goes, there is arithmetic instead; and all leaves of some nodes are written before
 * anything is played above them, so that no look into memory waits for another.
 */
import type { Amounts, Integers } from '../cluster/column.js'
import type { Asked, Curve } from './asked.js'
import type { Holdings } from './holdings.js'
import { eights, type Layout } from './layout.js'

/** What the loop keeps for one class. */
export interface Run {
  readonly layout: Layout
  readonly holdings: Holdings
  readonly asked: Asked
  /**
   * By leaf, and place above one: the value, or `outside` where the node takes no replica, or there
   * is none.
   */
  readonly values: Shorts
  /** By kind: how many nodes take a replica. */
  readonly counts: Integers
  /** What the loop is told, and what it tells: as long as `rowsAtOnce`, and as there are kinds. */
  readonly rows: Integers
}

type Shorts = Int16Array<ArrayBuffer>

export const rowsAtOnce = 512

const outside = -32_768

export const openRun = (holdings: Holdings, layout: Layout, asked: Asked): Run => {
  const kinds = layout.sizes.length
  return {
    ...{ layout, holdings, asked },
    values: new Int16Array(layout.rows.length).fill(outside),
    counts: new Int32Array(kinds),
    rows: new Int32Array(Math.max(kinds, rowsAtOnce)),
  }
}

/**
 * Looks again at the nodes in the first so many rows, all of some kind, and writes something else
 * over these.
 */
export const look = (run: Run, count: number): void => {
  const { values, rows } = run
  const { kinds, leaves, starts, sizes } = run.layout
  const changed = writeLeaves(run, count)
  for (let i = 0; i < changed; i++) {
    const row = rows[i]!
    const kind = kinds[row]!
    play(values, starts[kind]!, sizes[kind]!, leaves[row]! - starts[kind]!)
  }
}

/** Keeps the rows whose value has changed, and gives how many there are. */
const writeLeaves = (
  { holdings, layout, asked, values, counts, rows }: Run,
  count: number,
): number => {
  const { cells, width } = holdings
  const { kinds, leaves } = layout
  let changed = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const leaf = leaves[row]!
    const now = valueOf(cells, width, asked, 2 * width * row)
    const before = values[leaf]!
    values[leaf] = now
    rows[changed] = row
    changed += differ(before, now)
    const more = differ(now, outside) - differ(before, outside)
    if (more !== 0) counts[kinds[row]!]! += more
  }
  return changed
}

/** 1 or 0. */
const differ = (one: number, other: number): number => {
  const bits = one ^ other
  return (bits | -bits) >>> 31
}

/** What the node is worth, of which so much is told from `has` on. */
const valueOf = (cells: Amounts, width: number, asked: Asked, has: number): number => {
  const { free, least, balance } = asked
  const holds = has + width
  for (let i = 0; i < width; i++) if (cells[has + i]! - cells[holds + i]! < free[i]!) return outside
  return (leastOf(cells, has, holds, least) + balanceChangeOf(cells, has, holds, balance)) | 0
}

const leastOf = (cells: Amounts, has: number, holds: number, curve: Curve): number => {
  const { one, other, weight, otherWeight, factor } = curve
  if (factor === 0) return 0
  const whole = cells[has + one]!
  const otherWhole = cells[has + other]!
  const sum =
    weight * freeShare(whole, whole - cells[holds + one]! - curve.amount) +
    otherWeight * freeShare(otherWhole, otherWhole - cells[holds + other]! - curve.otherAmount)
  const weights = (whole > 0 ? weight : 0) + (otherWhole > 0 ? otherWeight : 0)
  return weights > 0 ? factor * Math.floor(sum / weights) : 0
}

const balanceChangeOf = (cells: Amounts, has: number, holds: number, curve: Curve): number => {
  const { one, other, amount, otherAmount, factor } = curve
  if (factor === 0) return 0
  const whole = cells[has + one]!
  const otherWhole = cells[has + other]!
  if (whole === 0 || otherWhole === 0) return factor * 75
  const held = cells[holds + one]!
  const otherHeld = cells[holds + other]!
  const change =
    evenness((held + amount) / whole, (otherHeld + otherAmount) / otherWhole) -
    evenness(held / whole, otherHeld / otherWhole)
  return factor * (50 + Math.floor((50 + change) / 2))
}

const freeShare = (whole: number, free: number): number =>
  free > 0 ? Math.floor((free * 100) / whole) : 0

const evenness = (one: number, other: number): number =>
  Math.floor((1 - Math.abs((Math.min(one, 1) - Math.min(other, 1)) / 2)) * 100)

const play = (values: Shorts, start: number, nodes: number, position: number): void => {
  let size = eights(nodes)
  let level = start
  let at = position
  while (size > 8) {
    const best = bestOf(values, level + (at & ~7))
    level += size
    size = eights(size >> 3)
    at >>= 3
    if (values[level + at] === best) return
    values[level + at] = best
  }
}

const bestOf = (values: Shorts, eight: number): number =>
  larger(bestOfFour(values, eight), bestOfFour(values, eight + 4))

const bestOfFour = (values: Shorts, four: number): number =>
  larger(larger(values[four]!, values[four + 1]!), larger(values[four + 2]!, values[four + 3]!))

const larger = (one: number, other: number): number => one - ((one - other) & ((one - other) >> 31))

/**
 * Writes down the rows of the first of the best of each kind of which any takes a replica, and
 * gives how many there are.
 */
export const firsts = ({ layout, values, counts, rows }: Run): number => {
  const { starts, sizes } = layout
  let count = 0
  for (let kind = 0; kind < counts.length; kind++) {
    if (counts[kind] === 0) continue
    const start = starts[kind]!
    rows[count++] = layout.rows[start + first(values, start, sizes[kind]!)]!
  }
  return count
}

/** The place of the first of the best. */
const first = (values: Shorts, start: number, nodes: number): number => {
  const size = eights(nodes)
  const above = size <= 8 ? 0 : first(values, start + size, size >> 3)
  const eight = start + 8 * above
  const best = bestOf(values, eight)
  let at = 0
  while (values[eight + at] !== best) at++
  return 8 * above + at
}

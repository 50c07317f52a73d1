/**
 * Finds the pattern (how many of each item one bin holds) with the highest value, a knapsack
 * problem of several dimensions. A later step runs only if the best pattern so far may be improved:
 *
 * 1. It fills the bin greedily, one replica at a time.
 * 2. It takes out the last quarter, then the last half, and refills by branch and bound.
 * 3. It fills the whole bin by branch and bound.
 */
import type { RowPattern } from '../table/column.js'
import type { RowGroup } from '../table/packing-table.js'
import { openBin, type OpenBin } from './open-bin.js'
import type { Knapsack } from './relaxation.js'

/** The best pattern above a floor, and what no pattern is worth more than. */
export interface PricedPattern {
  readonly pattern: RowPattern
  readonly value: number
  readonly bound: number
  readonly nodes: number
}

/** A part of the best so far: what is hardly more is not looked for. */
const slack = 5e-5

/** How much is taken out of a filled bin again, as a part of it. */
const reopenedParts = [0.25, 0.5]

interface Best {
  value: number
  readonly counts: Int32Array
}

/** Finds the best pattern worth more than `floor`; each search has at most `nodesMax` nodes. */
export const bestPattern = (
  knapsack: Knapsack,
  prices: Float64Array,
  groups: readonly RowGroup[],
  floor: number,
  nodesMax: number,
): PricedPattern => {
  const { rows, values, caps, parts, dimensions } = knapsack
  const excess = Float64Array.from(values, (value, at) => {
    let rest = value
    for (let d = 0; d < dimensions; d++) rest -= parts[at * dimensions + d]! * prices[d]!
    return rest
  })
  let all = 0
  for (let d = 0; d < dimensions; d++) all += prices[d]!
  for (let at = 0; at < rows.length; at++) all += Math.max(0, excess[at]!) * caps[at]!
  if (all <= floor) return { pattern: [], value: floor, bound: floor, nodes: 1 }
  const bin = openBin(knapsack, groups)
  const best: Best = { value: floor, counts: new Int32Array(rows.length) }
  const order = branchOrder(knapsack, excess, all)
  let nodes = 0
  const isClose = (): boolean => all <= best.value * (1 + slack)
  const filled = fillByRule(knapsack, bin, values, excess)
  keepBetter(knapsack, bin, best)
  for (const part of reopenedParts) {
    if (isClose()) break
    const out = Math.ceil(filled.length * part)
    for (const at of filled.slice(filled.length - out)) bin.take(at, -1)
    nodes += branch(knapsack, bin, excess, prices, order, best, nodesMax).nodes
    for (const at of filled.slice(filled.length - out)) bin.take(at, 1)
  }
  for (const at of filled) bin.take(at, -1)
  let bound = all
  if (!isClose()) {
    const whole = branch(knapsack, bin, excess, prices, order, best, nodesMax)
    nodes += whole.nodes
    bound = Math.min(all, Math.max(best.value * (1 + slack), whole.open))
  }
  const pattern: (readonly [number, number])[] = []
  for (const at of order) if (best.counts[at]! > 0) pattern.push([rows[at]!, best.counts[at]!])
  return { pattern, value: best.value, bound, nodes: nodes + 1 }
}

/** What matters most first; of what hardly matters the largest. */
const branchOrder = (
  { caps, parts, dimensions, rows }: Knapsack,
  excess: Float64Array,
  all: number,
): Int32Array => {
  const matters = excess.map((gain, at) => {
    const most = Math.abs(gain) * caps[at]!
    return most < all * 0.01 ? 0 : most
  })
  const sizes = Float64Array.from(rows, (_, at) => {
    let size = 0
    for (let d = 0; d < dimensions; d++) size = Math.max(size, parts[at * dimensions + d]!)
    return size
  })
  const order = [...rows.keys()]
  return Int32Array.from(
    order.sort((a, b) => matters[b]! - matters[a]! || sizes[b]! - sizes[a]! || a - b),
  )
}

const keepBetter = ({ values }: Knapsack, { counts }: OpenBin, best: Best): void => {
  let value = 0
  for (let at = 0; at < values.length; at++) value += values[at]! * counts[at]!
  if (value <= best.value) return
  best.value = value
  best.counts.set(counts)
}

/**
 * One by one, what takes away most of what is left most of and is worth as much as it takes; then
 * what is worth less. The positions in the order in which they were put in.
 *
 * Prefers replicas that use most of the dimensions of which most is left.
 */
const fillByRule = (
  { rows, parts, dimensions }: Knapsack,
  bin: OpenBin,
  values: Float64Array,
  excess: Float64Array,
): readonly number[] => {
  const filled: number[] = []
  for (;;) {
    let [best, most] = [-1, -Infinity]
    for (let at = 0; at < rows.length; at++) {
      if (bin.roomFor(at) === 0) continue
      let score = 0
      for (let d = 0; d < dimensions; d++) score += parts[at * dimensions + d]! * bin.left[d]!
      score *= 1 + (4 * excess[at]!) / values[at]!
      if (score > most) [best, most] = [at, score]
    }
    if (best < 0) return filled
    bin.take(best, 1)
    filled.push(best)
  }
}

/**
 * Fills the room that is left; `open` is the best bound of what was not looked at.
 *
 * Tries a row from its highest count down when its value is above its cost at the prices of the
 * relaxation, and from its lowest count up otherwise. Each step away from the first count lowers
 * the bound by a known amount, and a branch ends when its bound is hardly above the best value so
 * far. Branches that were not searched keep their bound.
 */
const branch = (
  { values, caps, dimensions, rows }: Knapsack,
  bin: OpenBin,
  excess: Float64Array,
  prices: Float64Array,
  order: Int32Array,
  best: Best,
  nodesMax: number,
): { readonly nodes: number; readonly open: number } => {
  const size = rows.length
  const held = Int32Array.from(bin.counts)
  let [value, bound, nodes, open] = [0, 0, 0, -Infinity]
  for (let d = 0; d < dimensions; d++) bound += prices[d]! * bin.left[d]!
  for (let at = 0; at < size; at++) {
    value += values[at]! * held[at]!
    bound += values[at]! * held[at]! + Math.max(0, excess[at]!) * (caps[at]! - held[at]!)
  }
  /** `limit` is of the branch: the value so far, what is left, and what may still be gained. */
  const search = (from: number, sum: number, limit: number): void => {
    nodes++
    let [k, after, room] = [from, limit, 0]
    for (; k < size; k++) {
      room = bin.roomFor(order[k]!)
      if (room > 0) break
      const gain = excess[order[k]!]!
      if (gain > 0) after -= gain * (caps[order[k]!]! - held[order[k]!]!)
    }
    if (k === size) {
      if (sum <= best.value) return
      best.value = sum
      best.counts.set(bin.counts)
      return
    }
    const at = order[k]!
    const isLarge = excess[at]! > -1e-9 * values[at]!
    const gain = isLarge ? Math.max(0, excess[at]!) : excess[at]!
    const before = isLarge ? after - gain * (caps[at]! - held[at]!) : after
    for (let i = 0; i <= room; i++) {
      const count = isLarge ? room - i : i
      const next = before + count * gain
      if (next <= best.value * (1 + slack)) return
      if (nodes >= nodesMax) {
        open = Math.max(open, next)
        return
      }
      bin.take(at, count)
      search(k + 1, sum + count * values[at]!, next)
      bin.take(at, -count)
    }
  }
  if (bound > best.value * (1 + slack)) search(0, value, bound)
  return { nodes, open }
}

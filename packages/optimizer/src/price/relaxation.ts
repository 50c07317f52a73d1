/**
 * Computes an upper bound on the value of the items that one bin can hold, without searching for
 * these items. The search in `best-pattern.ts` uses the bound to stop early.
 *
 * The problem is a knapsack with several dimensions (resources such as CPU). Its Lagrangian
 * relaxation replaces each capacity by a price per dimension. Every choice of prices gives an upper
 * bound; subgradient descent looks for the prices that give the lowest.
 */

/** A knapsack: rows with a value each, of which a bin takes so many. */
export interface Knapsack {
  readonly rows: Int32Array
  /** By position in `rows`. */
  readonly values: Float64Array
  readonly caps: Float64Array
  /** By position and dimension, as a part of what the bin has. */
  readonly parts: Float64Array
  readonly dimensions: number
}

const rounds = 60

/**
 * Improves the prices in place (each is the price of the bin's whole capacity in a dimension), and
 * returns the bound that they prove. Ends when the bound is at most `target`.
 *
 * Step lengths aim at a level below the best bound so far; the level is raised when steps miss it.
 *
 * At such prices, no content of the bin is worth more than the bin's capacity plus what the rows
 * (groups of equal items) are worth beyond their own price. This bound holds for any prices, so the
 * descent may end early.
 */
export const descend = (knapsack: Knapsack, prices: Float64Array, target: number): number => {
  const { dimensions, rows, values, caps, parts } = knapsack
  const current = Float64Array.from(prices)
  const slope = new Float64Array(dimensions)
  let best = Infinity
  let [level, misses] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let d = 0; d < dimensions; d++) {
      sum += current[d]!
      slope[d] = 1
    }
    for (let at = 0; at < rows.length; at++) {
      let excess = values[at]!
      for (let d = 0; d < dimensions; d++) excess -= parts[at * dimensions + d]! * current[d]!
      if (excess <= 0) continue
      sum += caps[at]! * excess
      for (let d = 0; d < dimensions; d++) slope[d]! -= caps[at]! * parts[at * dimensions + d]!
    }
    if (round === 0) level = Math.max(0.05 * sum, 0.5 * (sum - target))
    if (sum < best - 0.1 * level) misses = 0
    else if (++misses >= 4) {
      level /= 3
      misses = 0
      current.set(prices)
    }
    if (sum < best) {
      best = sum
      prices.set(current)
      if (best <= target) return best
    }
    if (level < best * 1e-6) break
    let norm = 0
    for (let d = 0; d < dimensions; d++) {
      if (slope[d]! > 0 && current[d] === 0) slope[d] = 0
      norm += slope[d]! * slope[d]!
    }
    if (norm < 1e-12) break
    const step = (sum - best + level) / norm
    for (let d = 0; d < dimensions; d++) current[d] = Math.max(0, current[d]! - step * slope[d]!)
  }
  return best
}

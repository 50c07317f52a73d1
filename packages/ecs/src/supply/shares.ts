/**
 * How many of so many tasks each capacity provider of a strategy gets: the base first, and the rest
 * by weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem. How counts are rounded that
 * weights do not divide is not documented.
 */
import type { CapacityProviderStrategyItem } from '../words/placement.js'

/**
 * `quota`: each task goes to the largest weight / (count + 1) among the providers that have less
 * than their share, the first of several that are equal. `largest remainder`: each has its share
 * rounded down, and what is left goes one by one to the largest fractions. Both stay within one
 * task of every share at every count; by the second a provider can have fewer of more tasks.
 */
export type WeightRounding = 'quota' | 'largest remainder'

/**
 * In the order of the strategy. `tasks` is a whole number, 0 or more; some weight is above 0, or
 * all tasks fit in the bases.
 */
export const sharesOf = (
  strategy: readonly Pick<CapacityProviderStrategyItem, 'base' | 'weight'>[],
  tasks: number,
  rounding: WeightRounding = 'quota',
): readonly number[] => {
  if (strategy.length === 1) return [tasks]
  const counts = basesOf(strategy, tasks)
  const left = tasks - counts.reduce((sum, count) => sum + count, 0)
  const rounded = rounding === 'quota' ? byQuota : byRemainder
  return rounded(
    strategy.map(({ weight = 0 }) => weight),
    left,
  ).map((count, i) => count + counts[i]!)
}

/**
 * How many of so many more tasks each provider gets beside those that it has: as many as bring it
 * to its share of all. What others have beyond theirs is made up for with the next.
 */
export const sharesBeyond = (
  strategy: readonly Pick<CapacityProviderStrategyItem, 'base' | 'weight'>[],
  have: readonly number[],
  more: number,
  rounding: WeightRounding = 'quota',
): readonly number[] => {
  let left = more
  return sharesOf(
    strategy,
    have.reduce((sum, count) => sum + count, more),
    rounding,
  ).map((share, i) => {
    const given = Math.min(Math.max(0, share - have[i]!), left)
    left -= given
    return given
  })
}

/** The bases, as far as the tasks go. */
const basesOf = (strategy: Parameters<typeof sharesOf>[0], tasks: number): readonly number[] => {
  let left = tasks
  return strategy.map(({ base = 0 }) => {
    const taken = Math.min(base, left)
    left -= taken
    return taken
  })
}

const byQuota = (weights: readonly number[], tasks: number): readonly number[] => {
  const together = weights.reduce((sum, weight) => sum + weight, 0)
  const counts = weights.map(() => 0)
  for (let given = 1; given <= tasks; given++) {
    const next = nextOf(weights, counts, given, together)
    if (next < 0) break
    counts[next]!++
  }
  return counts
}

/** Products instead of quotients, so that equal shares are equal. */
const nextOf = (
  weights: readonly number[],
  counts: readonly number[],
  given: number,
  together: number,
): number =>
  weights.reduce((best, weight, i) => {
    if (counts[i]! * together >= weight * given) return best
    return best < 0 || weight * (counts[best]! + 1) > weights[best]! * (counts[i]! + 1) ? i : best
  }, -1)

/** Remainders of whole numbers, so that equal fractions are equal. */
const byRemainder = (weights: readonly number[], tasks: number): readonly number[] => {
  const together = weights.reduce((sum, weight) => sum + weight, 0)
  if (together === 0) return weights.map(() => 0)
  const counts = weights.map((weight) => Math.floor((weight * tasks) / together))
  const left = tasks - counts.reduce((sum, count) => sum + count, 0)
  const byFraction = weights
    .map((weight, i) => [(weight * tasks) % together, i] as const)
    .sort(([one, i], [other, j]) => other - one || i - j)
  for (const [, i] of byFraction.slice(0, left)) counts[i]!++
  return counts
}

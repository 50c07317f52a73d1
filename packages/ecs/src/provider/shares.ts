/**
 * How many of so many tasks each capacity provider of a strategy gets: the base first, and the rest by weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem. How counts are rounded that weights do not divide is not documented; here
 * each task goes to the largest weight / (count + 1) among the providers that have less than their share, the first of several that are
 * equal: the quota method, which stays within one task of every share at every count.
 */
import type { CapacityProviderStrategyItem } from '../words/placement.js'

/** In the order of the strategy. `tasks` is a whole number, 0 or more; some weight is above 0, or all tasks fit in the bases. */
export const sharesOf = (
  strategy: readonly Pick<CapacityProviderStrategyItem, 'base' | 'weight'>[],
  tasks: number,
): readonly number[] => {
  if (strategy.length === 1) return [tasks]
  const counts = basesOf(strategy, tasks)
  const left = tasks - counts.reduce((sum, count) => sum + count, 0)
  return byWeight(
    strategy.map(({ weight = 0 }) => weight),
    left,
  ).map((count, i) => count + counts[i]!)
}

/**
 * How many of so many more tasks each provider gets beside those that it has: as many as bring it to its share of all. What others have
 * beyond theirs is made up for with the next.
 */
export const sharesBeyond = (
  strategy: readonly Pick<CapacityProviderStrategyItem, 'base' | 'weight'>[],
  have: readonly number[],
  more: number,
): readonly number[] => {
  let left = more
  return sharesOf(
    strategy,
    have.reduce((sum, count) => sum + count, more),
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

const byWeight = (weights: readonly number[], tasks: number): readonly number[] => {
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

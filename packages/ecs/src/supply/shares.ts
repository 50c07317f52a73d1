/**
 * Divides a number of tasks among the capacity providers of a strategy: first each provider gets
 * its `base`, a minimum number of tasks; the remaining tasks are divided in proportion to `weight`.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem. AWS does not document how
 * fractions are rounded; `WeightRounding` names two methods.
 */
import { splitShares, type PoolShare } from '@stowage/kernel'
import type { CapacityProviderStrategyItem } from '../words/placement.js'

/**
 * `quota` is the method of the kernel: `splitShares`. `largest remainder` rounds every share down,
 * and gives the tasks left over to the largest fractions. Both stay within one task of every share,
 * but with `largest remainder` more tasks can mean fewer for a provider.
 */
export type WeightRounding = 'quota' | 'largest remainder'

/**
 * The count of each provider, in the order of the strategy. `tasks` is a whole number, 0 or more.
 * Some weight must be above 0, or all tasks must fit in the bases.
 */
export const sharesOf = (
  strategy: readonly Pick<CapacityProviderStrategyItem, 'base' | 'weight'>[],
  tasks: number,
  rounding: WeightRounding = 'quota',
): readonly number[] => {
  if (strategy.length === 1) return [tasks]
  if (rounding === 'quota') return splitShares(poolShares(strategy), strategy.map(zero), tasks)
  const counts = basesOf(strategy, tasks)
  const left = tasks - counts.reduce((sum, count) => sum + count, 0)
  return byRemainder(
    strategy.map(({ weight = 0 }) => weight),
    left,
  ).map((count, i) => count + counts[i]!)
}

/**
 * How many of `more` tasks each provider gets beyond those that it has, to reach its share of all.
 * If some provider is above its share, the last ones in the strategy may stay below theirs.
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

const zero = (): number => 0

const poolShares = (strategy: Parameters<typeof sharesOf>[0]): readonly PoolShare[] =>
  strategy.map(({ base = 0, weight = 0 }, i) => ({ pool: String(i), base, weight }))

/** The bases in order, until no tasks are left. */
const basesOf = (strategy: Parameters<typeof sharesOf>[0], tasks: number): readonly number[] => {
  let left = tasks
  return strategy.map(({ base = 0 }) => {
    const taken = Math.min(base, left)
    left -= taken
    return taken
  })
}

/** Compares integer remainders, so that equal fractions are exactly equal. */
const byRemainder = (weights: readonly number[], tasks: number): readonly number[] => {
  const together = weights.reduce((sum, weight) => sum + weight, 0)
  if (together === 0) return weights.map(() => 0)
  const counts = weights.map((weight) => Math.floor((weight * tasks) / together))
  const left = tasks - counts.reduce((sum, count) => sum + count, 0)
  // Sorting is stable: among equal fractions the first weight stays first.
  const byFraction = weights
    .map((weight, i) => [(weight * tasks) % together, i] as const)
    .sort(([one], [other]) => other - one)
  for (const [, i] of byFraction.slice(0, left)) counts[i]!++
  return counts
}

/**
 * Divides a number of tasks among the capacity providers of a strategy: the bases first, the rest
 * by weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem. AWS does not document how counts
 * are rounded when the weights do not divide them; `WeightRounding` names two methods.
 */
import type { CapacityProviderStrategyItem } from '../words/placement.js'

/**
 * `quota` is the quota method: each task goes to the provider with the largest weight / (count + 1)
 * that is still below its share; the first wins a tie. `largest remainder` rounds every share down,
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
  const counts = basesOf(strategy, tasks)
  const left = tasks - counts.reduce((sum, count) => sum + count, 0)
  const rounded = rounding === 'quota' ? byQuota : byRemainder
  return rounded(
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

/** The bases in order, until no tasks are left. */
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

/**
 * The provider of the next task. Products are compared and not quotients, so that equal shares are
 * exactly equal.
 */
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

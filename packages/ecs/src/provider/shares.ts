/**
 * How many of so many tasks each capacity provider of a strategy gets: the base first, and the rest by weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem. How counts are rounded that weights do not divide is not documented; here
 * each task goes to the largest weight / (count + 1) among the providers that have less than their share, the first of several that are
 * equal: the quota method, which stays within one task of every share at every count.
 */
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import type { Service } from '../words/service.js'

export interface ProviderShare {
  readonly capacityProvider: string
  readonly count: number
}

/** How many of a service's tasks each of its providers is to have: a base is the service's own, however many services have the strategy. */
export const sharesOfService = ({
  capacityProviderStrategy = [],
  desiredCount = 0,
}: Service): readonly ProviderShare[] => {
  const counts = sharesOf(capacityProviderStrategy, desiredCount)
  return capacityProviderStrategy.map(({ capacityProvider }, i) => ({
    capacityProvider,
    count: counts[i]!,
  }))
}

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

/**
 * From which providers, and in which subnets, the replicas of a workload are that Fargate has
 * vended.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Planned } from '../vocabulary/vocabulary.js'

type Launched = Planned['launched'][number]

/** `1 FARGATE, 2 FARGATE_SPOT`; nothing, where no strategy names any. */
export const providersText = (launched: readonly Launched[]): string =>
  [...countsBy(launched, ({ capacityProvider }) => capacityProvider)]
    .map(([provider, count]) => `${count} ${provider}`)
    .join(', ')

/** `subnet-a x2, subnet-b`; nothing, where none is named. */
export const subnetsText = (launched: readonly Launched[]): string =>
  [...countsBy(launched, ({ subnet }) => subnet)]
    .map(([subnet, count]) => (count === 1 ? subnet : `${subnet} x${count}`))
    .join(', ')

/** By name, in code-unit order. */
const countsBy = (
  launched: readonly Launched[],
  of: (one: Launched) => string | undefined,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const one of launched) {
    const key = of(one)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + one.count)
  }
  return new Map([...counts].sort(([a], [b]) => byCodeUnit(a, b)))
}

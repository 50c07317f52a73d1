/**
 * Writes where Fargate launches replicas: how many per capacity provider and how many per subnet.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { PlatformPlan } from '../platform/plan.js'

type LaunchRow = PlatformPlan['launched'][number]

/** `1 FARGATE, 2 FARGATE_SPOT`; empty when no strategy names a provider. */
export const providersText = (launched: readonly LaunchRow[]): string =>
  [...countsBy(launched, ({ capacityProvider }) => capacityProvider)]
    .map(([provider, count]) => `${count} ${provider}`)
    .join(', ')

/** `subnet-a x2, subnet-b`; empty when no subnet is named. */
export const subnetsText = (launched: readonly LaunchRow[]): string =>
  [...countsBy(launched, ({ subnet }) => subnet)]
    .map(([subnet, count]) => (count === 1 ? subnet : `${subnet} x${count}`))
    .join(', ')

/** In code-unit order of the keys. */
const countsBy = (
  launched: readonly LaunchRow[],
  of: (row: LaunchRow) => string | undefined,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const row of launched) {
    const key = of(row)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + row.count)
  }
  return new Map([...counts].sort(([a], [b]) => byCodeUnit(a, b)))
}

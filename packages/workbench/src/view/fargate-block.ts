/**
 * Writes the explanation of a workload on Fargate as lines: (1) how the Fargate size follows from
 * the workload's requests, and the capacity provider and subnet of the replicas; (2) why Fargate
 * refuses the workload; (3) warnings.
 */
import type { VendedTasks } from '@stowage/fargate'
import { byCodeUnit } from '@stowage/kernel'
import type { FargateExplanation } from '../question/explain.js'
import type { PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import { countText } from '../text/count.js'
import { demandText, memoryText, sizeText } from '../block/amount.js'
import { lines, type Lines } from '../block/block.js'
import { warningLines } from './notes.js'
import type { PlanView } from './plan-view.js'
import { printable } from '../block/printable.js'

type Explanation = FargateExplanation & { readonly platform: Platform }

/** Sizes, refusals and warnings; one line that says so when there are neither of the first two. */
export const fargateBlock = (explanation: Explanation, view: PlanView): Lines => {
  const { platform, name, vended, refused, warnings } = explanation
  return lines(
    ...vended.flatMap((one) => sizeLines(one, explanation)),
    ...refused.map(({ count, reason }) => printable(`${name}: no place for ${count}: ${reason}`)),
    ...(vended.length + refused.length === 0
      ? [printable(`${platform.title}: ${name} has no place`)]
      : []),
    ...warningLines(warnings, view),
  )
}

const sizeLines = (vended: VendedTasks, explanation: Explanation): readonly string[] => {
  const { platform, profile, launched } = explanation
  const { name, count, demand, overhead, size, wasted } = vended
  const [providers, subnets] = [providersText(launched), subnetsText(launched)]
  const hasWaste = wasted.cpu !== 0 || wasted.memory !== 0
  return [
    printable(`${platform.title}: ${countText(count, platform.replica)} of ${name} on Fargate`),
    ...(profile === undefined ? [] : [printable(`  taken by   Fargate profile ${profile}`)]),
    `  asked for  ${demandText(demand, platform)}`,
    ...(overhead === 0 ? [] : [`  added      ${memoryText(overhead)} for what runs beside it`]),
    `  vended     ${sizeText(size)}, the smallest size that covers it`,
    `  wasted     ${hasWaste ? demandText(wasted, platform) : 'none'}`,
    ...(providers === '' ? [] : [`  provider   ${providers}`]),
    ...(subnets === '' ? [] : [printable(`  subnet     ${subnets}`)]),
  ]
}

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

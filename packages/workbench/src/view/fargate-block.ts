/**
 * Writes the explanation of a workload on Fargate as lines: how its size results from its requests,
 * why Fargate refuses it, and warnings.
 */
import type { VendedTasks } from '@stowage/fargate'
import type { FargateExplanation } from '../question/explain.js'
import type { Platform } from '../platform/platform.js'
import { countText } from '../text/count.js'
import { demandText, memoryText, sizeText } from '../block/amount.js'
import { lines, type Lines } from '../block/block.js'
import { providersText, subnetsText } from './launch-text.js'
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

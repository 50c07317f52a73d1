/**
 * Why a workload gets the Fargate size that it gets, or has no place at all.
 */
import type { Vended } from '@stowage/fargate'
import { countText, memoryText, pairText, sizeText } from './amount.js'
import type { Beside } from './explanation.js'
import { providersText, subnetsText } from './launched-text.js'
import { warningLines } from './notes.js'
import { printable } from './table.js'

export const besideText = (beside: Beside): string => {
  const { vocabulary, name, vended, refused, warnings } = beside
  return [
    ...vended.map((one) => vendedText(one, beside)),
    ...refused.map(({ count, reason }) => printable(`${name}: no place for ${count}: ${reason}`)),
    ...(vended.length + refused.length === 0
      ? [printable(`${vocabulary.title}: ${name} has no place`)]
      : []),
    ...warningLines(warnings),
  ].join('\n')
}

const vendedText = (vended: Vended, { vocabulary, profile, launched }: Beside): string => {
  const { name, count, asked, overhead, size, wasted } = vended
  const [providers, subnets] = [providersText(launched), subnetsText(launched)]
  return [
    printable(`${vocabulary.title}: ${countText(count, vocabulary.replica)} of ${name} on Fargate`),
    ...(profile === undefined ? [] : [printable(`  taken by   Fargate profile ${profile}`)]),
    `  asked for  ${pairText(asked, vocabulary)}`,
    ...(overhead === 0 ? [] : [`  added      ${memoryText(overhead)} for what runs beside it`]),
    `  vended     ${sizeText(size)}, the smallest size that covers it`,
    `  wasted     ${wasted.cpu === 0 && wasted.memory === 0 ? 'none' : pairText(wasted, vocabulary)}`,
    ...(providers === '' ? [] : [`  provider   ${providers}`]),
    ...(subnets === '' ? [] : [printable(`  subnet     ${subnets}`)]),
  ].join('\n')
}

/**
 * Why a workload gets the Fargate size that it gets, or has no place at all.
 */
import type { Vended } from '@stowage/fargate'
import type { Vocabulary } from '../vocabulary/vocabulary.js'
import { countText, memoryText, pairText, sizeText } from './amount.js'
import type { Beside } from './explanation.js'
import { warningLines } from './notes.js'
import { printable } from './table.js'

export const besideText = (beside: Beside): string => {
  const { vocabulary, name, vended, profile, refused, warnings } = beside
  return [
    ...vended.map((one) => vendedText(one, vocabulary, profile)),
    ...refused.map(({ count, reason }) => printable(`${name}: no place for ${count}: ${reason}`)),
    ...(vended.length + refused.length === 0
      ? [printable(`${vocabulary.title}: ${name} has no place`)]
      : []),
    ...warningLines(warnings),
  ].join('\n')
}

const vendedText = (
  vended: Vended,
  vocabulary: Vocabulary,
  profile: string | undefined,
): string => {
  const { name, count, asked, overhead, size, wasted } = vended
  return [
    printable(`${vocabulary.title}: ${countText(count, vocabulary.replica)} of ${name} on Fargate`),
    ...(profile === undefined ? [] : [printable(`  taken by   Fargate profile ${profile}`)]),
    `  asked for  ${pairText(asked, vocabulary)}`,
    ...(overhead === 0 ? [] : [`  added      ${memoryText(overhead)} for what runs beside it`]),
    `  vended     ${sizeText(size)}, the smallest size that covers it`,
    `  wasted     ${wasted.cpu === 0 && wasted.memory === 0 ? 'none' : pairText(wasted, vocabulary)}`,
  ].join('\n')
}

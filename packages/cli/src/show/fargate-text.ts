/**
 * Why a workload gets the Fargate size that it gets, or none.
 */
import type { Vended } from '@stowage/fargate'
import type { Planned, Vocabulary } from '../vocabulary/vocabulary.js'
import { countText, memoryText, pairText, sizeText } from './amount.js'
import { warningLines } from './notes.js'

export const fargateText = (name: string, planned: Planned, vocabulary: Vocabulary): string =>
  [
    ...planned.vended.filter((one) => one.name === name).map((one) => vendedText(one, vocabulary)),
    ...planned.refused
      .filter((one) => one.name === name)
      .map(({ count, reason }) => `${name}: no place for ${count}: ${reason}`),
    ...warningLines(planned.warnings.filter(({ subject }) => subject.endsWith(name))),
  ].join('\n')

const vendedText = (vended: Vended, vocabulary: Vocabulary): string => {
  const { name, count, asked, overhead, size, wasted } = vended
  return [
    `${vocabulary.title}: ${countText(count, vocabulary.replica)} of ${name} on Fargate`,
    `  asked for  ${pairText(asked, vocabulary)}`,
    ...(overhead === 0 ? [] : [`  added      ${memoryText(overhead)} for what runs beside it`]),
    `  vended     ${sizeText(size)}, the smallest size that covers it`,
    `  wasted     ${wasted.cpu === 0 && wasted.memory === 0 ? 'none' : pairText(wasted, vocabulary)}`,
  ].join('\n')
}

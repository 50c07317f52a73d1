/**
 * Amounts as a person reads them.
 */
import type { WordedPlan } from '@stowage/kernel'
import type { TaskSize, Vended } from '@stowage/fargate'
import type { Vocabulary } from '../vocabulary/vocabulary.js'

const mebibyte = 1_048_576

/** At most one decimal, and none that says nothing. */
const short = (value: number): string => String(Math.round(value * 10) / 10)

/** Bytes as MiB or, from 10 GiB on, as GiB. */
export const memoryText = (bytes: number): string =>
  bytes >= 10_240 * mebibyte
    ? `${short(bytes / (1024 * mebibyte))}Gi`
    : `${short(bytes / mebibyte)}Mi`

export const amountText = (value: number, unit: string): string => {
  if (unit === 'B') return memoryText(value)
  if (unit === 'MiB') return memoryText(value * mebibyte)
  if (unit === 'units') return short(value)
  return `${short(value)}${unit}`
}

/** `1400m/1930m 73%`. */
export const gaugeText = ({
  used,
  of,
  unit,
}: WordedPlan['nodes'][number]['gauges'][number]): string => {
  const share = of === 0 ? '' : ` ${Math.round((used * 100) / of)}%`
  return `${amountText(used, unit)}/${amountText(of, unit)}${share}`
}

/** A Fargate size as it is billed: `0.25 vCPU 0.5 GB`. */
export const sizeText = ({ cpu, memory }: TaskSize): string =>
  `${cpu / 1024} vCPU ${memory / 1024} GB`

type Pair = Vended['asked']

/** CPU in the vocabulary's unit, and memory. */
export const pairText = ({ cpu, memory }: Pair, vocabulary: Vocabulary): string =>
  `${amountText(cpu / vocabulary.cpu.per, vocabulary.cpu.unit)} ${memoryText(memory)}`

/** `1 pod`, `3 pods`. */
export const countText = (count: number, [one, many]: readonly [string, string]): string =>
  `${count} ${count === 1 ? one : many}`

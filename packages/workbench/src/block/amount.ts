/**
 * Writes amounts with their units: memory, CPU, Fargate sizes, and the used and total amount of a
 * machine's resource.
 */
import type { TaskSize, VendedTasks } from '@stowage/fargate'
import type { Gauge } from '../compare/summary.js'
import type { Platform } from '../platform/platform.js'
import type { Cell } from './block.js'

const mebibyte = 1_048_576

/** Rounded to one decimal; no trailing zero. */
const roundedText = (value: number): string => String(Math.round(value * 10) / 10)

/** Bytes as MiB or, from 10 GiB on, as GiB: `512Mi`, `22.2Gi`. */
export const memoryText = (bytes: number): string =>
  bytes >= 10_240 * mebibyte
    ? `${roundedText(bytes / (1024 * mebibyte))}Gi`
    : `${roundedText(bytes / mebibyte)}Mi`

/** As Kubernetes writes CPU, from this many thousandths on in whole CPUs: `100` for `100000m`. */
const wholeCpusMin = 100_000

/** A value with the unit of a gauge: `B` and `MiB` are memory, `units` has no suffix. */
export const amountText = (value: number, unit: string): string => {
  if (unit === 'B') return memoryText(value)
  if (unit === 'MiB') return memoryText(value * mebibyte)
  if (unit === 'units') return roundedText(value)
  if (unit === 'm' && value >= wholeCpusMin) return roundedText(value / 1000)
  return `${roundedText(value)}${unit}`
}

/** `1400m/1930m 73%`; no percentage of nothing. */
export const gaugeText = ({ used, of, unit }: Gauge): string => {
  const share = of === 0 ? '' : ` ${Math.round((used * 100) / of)}%`
  return `${amountText(used, unit)}/${amountText(of, unit)}${share}`
}

/** A Fargate size as it is billed: `0.25 vCPU 0.5 GB`. */
export const sizeText = ({ cpu, memory }: TaskSize): string =>
  `${cpu / 1024} vCPU ${memory / 1024} GB`

/** The text of a gauge, and its share for a bar; no share of nothing. */
export const gaugeCell = (gauge: Gauge): Cell =>
  gauge.of === 0
    ? gaugeText(gauge)
    : { text: gaugeText(gauge), share: Math.round((gauge.used * 100) / gauge.of) / 100 }

/** CPU (ticks) in the platform's unit. */
export const cpuText = (ticks: number, { cpu }: Platform): string =>
  amountText(ticks / cpu.per, cpu.unit)

/** CPU in the platform's unit, and memory: `250m 512Mi`. */
export const demandText = ({ cpu, memory }: VendedTasks['demand'], platform: Platform): string =>
  `${cpuText(cpu, platform)} ${memoryText(memory)}`

/** `shop/web x2`: so many replicas of a workload, or so many on a machine; one without a number. */
export const holdText = ({
  name,
  count,
}: {
  readonly name: string
  readonly count: number
}): string => (count === 1 ? name : `${name} x${count}`)

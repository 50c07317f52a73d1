/**
 * The cpu and memory of a task definition, which the API takes as texts: CPU units (1/1024 vCPU) or
 * vCPUs, MiB or GB. People write numbers too. A GB is 1024 MiB here.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition, `cpu` and `memory`.
 */
import { codecOf, int32Max, type Codec } from '@stowage/documents'
import { amountMax } from '@stowage/kernel'
import { bytesFromMiB, mebibytes, type CpuUnits, type MiB, type TaskSize } from '@stowage/fargate'

/** The most memory whose bytes the kernel takes, 81 TiB. */
export const mebibytesMax: MiB = mebibytes(Math.floor(amountMax / bytesFromMiB(mebibytes(1))))

export const unitsPerVcpu = 1024

export const TaskCpu: Codec<CpuUnits> = codecOf(
  'CPU units, such as "256", or vCPUs, such as "1 vCPU"',
  (value) => amount<CpuUnits>(value, vcpus, unitsPerVcpu, int32Max),
)

export const TaskMemory: Codec<MiB> = codecOf(
  'MiB, such as "512", or GB, such as "1 GB"',
  (value) => amount<MiB>(value, gigabytes, mebibytesPerGigabyte, mebibytesMax),
)

const vcpus = (text: string) => /^(\d+(?:\.\d+)?|\.\d+)\s*vcpu$/i.exec(text)?.[1]
const gigabytes = (text: string) => /^(\d+(?:\.\d+)?|\.\d+)\s*gb$/i.exec(text)?.[1]

const mebibytesPerGigabyte = 1024

/**
 * In the small unit: a number as it stands, a text with or without the large one, which is `per` of
 * the small.
 */
const amount = <Unit extends number>(
  value: unknown,
  inLarge: (text: string) => string | undefined,
  per: number,
  most: number,
): Unit | undefined => {
  const read = typeof value === 'string' ? fromText(value, inLarge(value), per) : value
  if (typeof read !== 'number' || !Number.isInteger(read)) return undefined
  return read > 0 && read <= most ? (read as Unit) : undefined
}

const fromText = (text: string, large: string | undefined, per: number): number | undefined => {
  if (large !== undefined) return Number(large) * per
  return /^\d+$/.test(text) ? Number(text) : undefined
}

export const sizeText = ({ cpu, memory }: TaskSize): string => `${cpu} CPU units with ${memory} MiB`

/**
 * Decodes the cpu and memory of a task definition or a task. The API takes them as texts: CPU units
 * (1/1024 vCPU) or vCPUs, and MiB or GB, where 1 GB is 1024 MiB. Numbers are accepted too.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition and Task, `cpu` and `memory`.
 */
import { codecOf, int32Max, type Codec } from '@stowage/documents'
import { amountMax } from '@stowage/kernel'
import { bytesFromMiB, mebibytes, type CpuUnits, type MiB, type TaskSize } from '@stowage/fargate'

/** The largest memory in MiB whose bytes the kernel can represent, 81 TiB. */
export const mebibytesMax: MiB = mebibytes(Math.floor(amountMax / bytesFromMiB(mebibytes(1))))

/** CPU units in one vCPU. */
export const unitsPerVcpu = 1024

/** Decodes to CPU units. */
export const TaskCpu: Codec<CpuUnits> = codecOf(
  'CPU units, such as "256", or vCPUs, such as "1 vCPU"',
  (value) => orNoneOf0(cpuUnitsIn(value)),
)

/** Decodes to MiB. */
export const TaskMemory: Codec<MiB> = codecOf(
  'MiB, such as "512", or GB, such as "1 GB"',
  (value) => orNoneOf0(mebibytesIn(value)),
)

/**
 * Decodes what the containers of a task reserve together to CPU units. A task whose definition has
 * no size has the sums of its containers, which are 0 where these reserve nothing.
 */
export const CpuSum: Codec<CpuUnits> = codecOf(`${TaskCpu.name}, or "0"`, (value) =>
  cpuUnitsIn(value),
)

/** Decodes what the containers of a task reserve together to MiB. */
export const MemorySum: Codec<MiB> = codecOf(`${TaskMemory.name}, or "0"`, (value) =>
  mebibytesIn(value),
)

const cpuUnitsIn = (value: unknown) => amount<CpuUnits>(value, vcpus, unitsPerVcpu, int32Max)
const mebibytesIn = (value: unknown) =>
  amount<MiB>(value, gigabytes, mebibytesPerGigabyte, mebibytesMax)

const orNoneOf0 = <Unit extends number>(size: Unit | undefined): Unit | undefined =>
  size === 0 ? undefined : size

const vcpus = (text: string) => /^(\d+(?:\.\d+)?|\.\d+)\s*vcpu$/i.exec(text)?.[1]
const gigabytes = (text: string) => /^(\d+(?:\.\d+)?|\.\d+)\s*gb$/i.exec(text)?.[1]

const mebibytesPerGigabyte = 1024

/**
 * An amount in the small unit: a number, or a text with either unit. `per` small units make a large
 * one.
 */
const amount = <Unit extends number>(
  value: unknown,
  inLarge: (text: string) => string | undefined,
  per: number,
  max: number,
): Unit | undefined => {
  const read = typeof value === 'string' ? fromText(value, inLarge(value), per) : value
  if (typeof read !== 'number' || !Number.isInteger(read)) return undefined
  return read >= 0 && read <= max ? (read as Unit) : undefined
}

const fromText = (text: string, large: string | undefined, per: number): number | undefined => {
  if (large !== undefined) return Number(large) * per
  return /^\d+$/.test(text) ? Number(text) : undefined
}

/** A size in words, for messages. */
export const sizeText = ({ cpu, memory }: TaskSize): string => `${cpu} CPU units with ${memory} MiB`

/**
 * Lists the task sizes that Fargate sells, as CPU units (1/1024 vCPU) and MiB of memory. Finds the
 * smallest size for a demand, and the legal sizes near an illegal one. Windows and older Linux
 * platform versions have only some of the sizes.
 *
 * Source: Amazon ECS Developer Guide, "Fargate task definition considerations", task CPU and
 * memory.
 */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import {
  isModern,
  latestVersion,
  type OperatingSystem,
  type Platform,
} from '../platform/platform.js'
import {
  bytesFromMiB,
  cpuUnits,
  mebibytes,
  ticksFromCpuUnits,
  type CpuUnits,
  type MiB,
} from './unit.js'

/** CPU and memory of a task. */
export interface TaskSize {
  readonly cpu: CpuUnits
  readonly memory: MiB
}

/** Whose sizes: those of a platform, or of an operating system in its latest version. */
export type SizesOn = OperatingSystem | Pick<Platform, 'os' | 'version'>

/** Which part of the table is used. */
export interface SizeOptions {
  /**
   * Sizes with more vCPUs are left out. The guide has sizes of 32 vCPU, the text of the API ends at
   * 16.
   */
  readonly vcpusMax: number
}

/** The whole table of the guide. */
export const sizeOptions: SizeOptions = { vcpusMax: 32 }

/** The numbers from `first` to `last`, `step` apart. */
const numbersBetween = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, i) => first + i * step)

/** Memory sizes in MiB by CPU units, both ascending. */
const table: readonly (readonly [cpu: number, memories: readonly number[]])[] = [
  [256, [512, 1024, 2048]],
  [512, numbersBetween(1024, 4096, 1024)],
  [1024, numbersBetween(2048, 8192, 1024)],
  [2048, numbersBetween(4096, 16384, 1024)],
  [4096, numbersBetween(8192, 30720, 1024)],
  [8192, numbersBetween(16384, 61440, 4096)],
  [16384, numbersBetween(32768, 122880, 8192)],
  [32768, [61440, 122880, 249856]],
]

/** CPU units of Windows tasks; Linux before 1.4.0 has no size above the last of them. */
const windowsCpu: readonly number[] = [1024, 2048, 4096]
const olderCpuMax = 4096

const sizes: readonly TaskSize[] = table.flatMap(([cpu, memories]) =>
  memories.map((memory) => ({ cpu: cpuUnits(cpu), memory: mebibytes(memory) })),
)

/** All sizes for a platform, ascending by CPU and then by memory; the last one is the largest. */
export const sizesOf = (on: SizesOn, options: SizeOptions = sizeOptions): readonly TaskSize[] =>
  sizes.filter(({ cpu }) => isSoldOn(on, cpu, options))

const isSoldOn = (on: SizesOn, cpu: CpuUnits, { vcpusMax }: SizeOptions): boolean => {
  if (cpu > vcpusMax * 1024) return false
  const platform = typeof on === 'string' ? { os: on, version: latestVersion[on] } : on
  return platform.os === 'windows'
    ? windowsCpu.includes(cpu)
    : cpu <= olderCpuMax || isModern(platform)
}

/** Whether Fargate sells this size on the platform. */
export const isSize = (
  on: SizesOn,
  { cpu, memory }: TaskSize,
  options: SizeOptions = sizeOptions,
): boolean =>
  sizes.some((size) => size.cpu === cpu && size.memory === memory) && isSoldOn(on, cpu, options)

/** Whether a size has at least this CPU and memory. */
const covers = (size: TaskSize, cpu: CpuTicks, memory: Bytes): boolean =>
  ticksFromCpuUnits(size.cpu) >= cpu && bytesFromMiB(size.memory) >= memory

/**
 * The size that is vended for a demand: the least CPU that covers it, then the least memory.
 * `undefined` when even the largest size does not cover it.
 *
 * @example
 * ```ts
 * import { bytesFromMiB, mebibytes, smallestSize } from '@stowage/fargate'
 * import { ticksPerVcpu, type CpuTicks } from '@stowage/kernel'
 *
 * const cpu = (0.3 * ticksPerVcpu) as CpuTicks
 * console.log(smallestSize('linux', cpu, bytesFromMiB(mebibytes(900))))
 * ```
 * ```text
 * { cpu: 512, memory: 1024 }
 * ```
 */
export const smallestSize = (
  on: SizesOn,
  cpu: CpuTicks,
  memory: Bytes,
  options?: SizeOptions,
): TaskSize | undefined => sizesOf(on, options).find((size) => covers(size, cpu, memory))

/**
 * Up to three legal sizes near an illegal one, ascending: the closest with the same CPU, the
 * largest that lies within it, and the smallest that covers it.
 */
export const nearestSizes = (
  on: SizesOn,
  target: TaskSize,
  options?: SizeOptions,
): readonly TaskSize[] => {
  const legal = sizesOf(on, options)
  const distance = (size: TaskSize): number => Math.abs(size.memory - target.memory)
  const sameCpu = legal
    .filter((size) => size.cpu === target.cpu)
    .reduce<
      TaskSize | undefined
    >((best, size) => (best !== undefined && distance(best) <= distance(size) ? best : size), undefined)
  const within = [...legal]
    .reverse()
    .find((size) => size.cpu <= target.cpu && size.memory <= target.memory)
  const [cpu, memory] = [ticksFromCpuUnits(target.cpu), bytesFromMiB(target.memory)]
  const covering = legal.find((size) => covers(size, cpu, memory))
  return legal.filter((size) => size === sameCpu || size === within || size === covering)
}

/**
 * The task sizes that Fargate vends. A size is CPU units (1/1024 vCPU) and MiB, as the ECS API
 * writes them.
 *
 * Source: Amazon ECS Developer Guide, "Fargate task definition considerations", task CPU and
 * memory.
 */
import { ticksPerVcpu, type Bytes, type CpuTicks } from '@stowage/kernel'
import { isModern, latestVersion, type OperatingSystem, type Platform } from './platform.js'

export type CpuUnits = number & { readonly unit: 'vCPU/1024' }
export type MiB = number & { readonly unit: 'MiB' }

export interface TaskSize {
  readonly cpu: CpuUnits
  readonly memory: MiB
}

/** What sizes are asked for: a platform, or an operating system in its latest version. */
export type SizesOn = OperatingSystem | Pick<Platform, 'os' | 'version'>

export interface SizeOptions {
  /**
   * Sizes above it are left out. The guide has sizes of 32 vCPU, the text of the API ends at 16.
   */
  readonly vcpusMax: number
}

export const sizeOptions: SizeOptions = { vcpusMax: 32 }

/** 1 vCPU is 128,000 ticks: a CPU unit is 125 of them, exactly. */
export const ticksFromCpuUnits = (cpu: CpuUnits): CpuTicks =>
  (cpu * (ticksPerVcpu / 1024)) as CpuTicks
export const bytesFromMiB = (memory: MiB): Bytes => (memory * 1_048_576) as Bytes
export const cpuUnits = (cpu: number): CpuUnits => cpu as CpuUnits
export const mebibytes = (memory: number): MiB => memory as MiB

/** The memory sizes from `first` to `last`, `step` apart. */
const every = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, i) => first + i * step)

/** By CPU units, rising: the memory sizes in MiB, rising. */
const table: readonly (readonly [cpu: number, memories: readonly number[]])[] = [
  [256, [512, 1024, 2048]],
  [512, every(1024, 4096, 1024)],
  [1024, every(2048, 8192, 1024)],
  [2048, every(4096, 16384, 1024)],
  [4096, every(8192, 30720, 1024)],
  [8192, every(16384, 61440, 4096)],
  [16384, every(32768, 122880, 8192)],
  [32768, [61440, 122880, 249856]],
]

/**
 * Windows tasks come in these CPU sizes only, and Linux tasks on older platform versions in none
 * above the last of them.
 */
const windowsCpu: readonly number[] = [1024, 2048, 4096]
const olderCpuMax = 4096

const sizes: readonly TaskSize[] = table.flatMap(([cpu, memories]) =>
  memories.map((memory) => ({ cpu: cpuUnits(cpu), memory: mebibytes(memory) })),
)

/** All sizes, by CPU and then by memory, rising. */
export const sizesOf = (
  on: SizesOn,
  { vcpusMax }: SizeOptions = sizeOptions,
): readonly TaskSize[] => {
  const platform = typeof on === 'string' ? { os: on, version: latestVersion[on] } : on
  return sizes.filter(({ cpu }) => cpu <= vcpusMax * 1024 && isSoldOn(platform, cpu))
}

const isSoldOn = (platform: Pick<Platform, 'os' | 'version'>, cpu: CpuUnits): boolean =>
  platform.os === 'windows' ? windowsCpu.includes(cpu) : cpu <= olderCpuMax || isModern(platform)

export const isSize = (on: SizesOn, { cpu, memory }: TaskSize, options?: SizeOptions): boolean =>
  sizesOf(on, options).some((size) => size.cpu === cpu && size.memory === memory)

/** Whether a size has what is demanded. */
export const covers = (size: TaskSize, cpu: CpuTicks, memory: Bytes): boolean =>
  ticksFromCpuUnits(size.cpu) >= cpu && bytesFromMiB(size.memory) >= memory

/**
 * The size that is vended for a demand: of those that cover it, the one with the least CPU, and of
 * these the one with the least memory. Nothing, when even the largest does not cover it.
 */
export const smallestSize = (
  on: SizesOn,
  cpu: CpuTicks,
  memory: Bytes,
  options?: SizeOptions,
): TaskSize | undefined => sizesOf(on, options).find((size) => covers(size, cpu, memory))

/** The size with the most CPU, and of these the most memory. */
export const largestSize = (on: SizesOn, options?: SizeOptions): TaskSize =>
  sizesOf(on, options).at(-1)!

/**
 * The legal sizes around one that is not: the closest with the same CPU, the largest within it, and
 * the smallest that covers it; each once, rising.
 */
export const nearestSizes = (
  on: SizesOn,
  wanted: TaskSize,
  options?: SizeOptions,
): readonly TaskSize[] => {
  const legal = sizesOf(on, options)
  const distance = (size: TaskSize): number => Math.abs(size.memory - wanted.memory)
  const sameCpu = legal
    .filter((size) => size.cpu === wanted.cpu)
    .reduce<
      TaskSize | undefined
    >((best, size) => (best !== undefined && distance(best) <= distance(size) ? best : size), undefined)
  const within = [...legal]
    .reverse()
    .find((size) => size.cpu <= wanted.cpu && size.memory <= wanted.memory)
  const [cpu, memory] = [ticksFromCpuUnits(wanted.cpu), bytesFromMiB(wanted.memory)]
  const covering = legal.find((size) => covers(size, cpu, memory))
  return legal.filter((size) => size === sameCpu || size === within || size === covering)
}

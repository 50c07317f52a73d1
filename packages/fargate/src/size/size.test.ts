/**
 * Tests the table of sizes, rounding up to a size, and the messages about sizes that are not in the
 * table.
 */
import { amountMax, ticksPerVcpu, type Bytes, type CpuTicks } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { podLimits } from './pod.js'
import { isSize, nearestSizes, sizesOf, smallestSize, type TaskSize } from './size.js'
import { bytesFromMiB, cpuUnits, mebibytes, ticksFromCpuUnits } from './unit.js'

const size = (cpu: number, memory: number): TaskSize => ({
  cpu: cpuUnits(cpu),
  memory: mebibytes(memory),
})
const vcpu = (count: number): CpuTicks => (count * ticksPerVcpu) as CpuTicks
const mib = (count: number): Bytes => bytesFromMiB(mebibytes(count))

describe('the table', () => {
  it('has 77 sizes for Linux: by CPU 3, 4, 7, 13, 23, 12, 12 and 3', () => {
    const linux = sizesOf('linux')
    const perCpu = [...new Set(linux.map(({ cpu }) => cpu))].map(
      (cpu) => linux.filter((one) => one.cpu === cpu).length,
    )
    expect(linux).toHaveLength(77)
    expect(perCpu).toEqual([3, 4, 7, 13, 23, 12, 12, 3])
  })
  it('has the documented bounds', () => {
    expect(isSize('linux', size(256, 512))).toBe(true)
    expect(isSize('linux', size(256, 3072))).toBe(false)
    expect(isSize('linux', size(4096, 30_720))).toBe(true)
    expect(isSize('linux', size(8192, 20_480))).toBe(true)
    expect(isSize('linux', size(8192, 17_408))).toBe(false)
    expect(sizesOf('linux').at(-1)).toEqual(size(32_768, 249_856))
  })
  it('has 1, 2 and 4 vCPU for Windows', () => {
    expect([...new Set(sizesOf('windows').map(({ cpu }) => cpu))]).toEqual([1024, 2048, 4096])
    expect(smallestSize('windows', vcpu(0.25), mib(512))).toEqual(size(1024, 2048))
  })
})

describe('rounding up', () => {
  it('gives a pod without requests the smallest size', () => {
    expect(smallestSize('linux', vcpu(0), podLimits.overhead)).toEqual(size(256, 512))
  })
  it('gives a pod of 1 vCPU and 8 GiB 2 vCPU and 9 GiB, as the overhead does not fit beside it', () => {
    const memory = (mib(8192) + podLimits.overhead) as Bytes
    expect(smallestSize('linux', vcpu(1), memory)).toEqual(size(2048, 9216))
  })
  it('has nothing for what is larger than the largest', () => {
    expect(smallestSize('linux', vcpu(32), mib(249_857))).toBeUndefined()
    expect(smallestSize('linux', (vcpu(32) + 1) as CpuTicks, mib(1))).toBeUndefined()
  })
})

const demand = fc.record({
  cpu: fc.nat({ max: 33 * ticksPerVcpu }).map((ticks) => ticks as CpuTicks),
  memory: fc.nat({ max: mib(260_000) }).map((bytes) => bytes as Bytes),
})
const covers = (one: TaskSize, cpu: number, memory: number): boolean =>
  ticksFromCpuUnits(one.cpu) >= cpu && bytesFromMiB(one.memory) >= memory

/** From the sentence: of the sizes that cover, the least CPU, and of these the least memory. */
const isSmallest = (rounding: typeof smallestSize) =>
  fc.property(demand, ({ cpu, memory }) => {
    const covering = sizesOf('linux').filter((one) => covers(one, cpu, memory))
    const leastCpu = Math.min(...covering.map((one) => one.cpu))
    const least = Math.min(
      ...covering.filter((one) => one.cpu === leastCpu).map((one) => one.memory),
    )
    const rounded = rounding('linux', cpu, memory)
    return covering.length === 0
      ? rounded === undefined
      : rounded?.cpu === leastCpu && rounded.memory === least
  })

it('rounds every demand to the smallest size that covers it', () => {
  fc.assert(isSmallest(smallestSize))
})
it('is refuted when memory is rounded down to MiB first', () => {
  const careless: typeof smallestSize = (os, cpu, memory) =>
    smallestSize(os, cpu, mib(Math.floor(memory / 1_048_576 / 1024) * 1024))
  expect(isRefuted(isSmallest(careless))).toBe(true)
})

/** Who asks for more gets no less CPU, and no less memory unless it comes with more CPU. */
const isMonotone = (rounding: typeof smallestSize) =>
  fc.property(demand, demand, ({ cpu, memory }, more) => {
    const small = rounding('linux', cpu, memory)
    const large = rounding('linux', (cpu + more.cpu) as CpuTicks, (memory + more.memory) as Bytes)
    if (small === undefined) return large === undefined
    if (large === undefined) return true
    return large.cpu > small.cpu || (large.cpu === small.cpu && large.memory >= small.memory)
  })

it('never gives less for more', () => {
  fc.assert(isMonotone(smallestSize))
})
it('is refuted when the nearest size is given', () => {
  const nearest: typeof smallestSize = (os, cpu, memory) => {
    const distance = (one: TaskSize): number =>
      Math.abs(ticksFromCpuUnits(one.cpu) - cpu) / ticksPerVcpu +
      Math.abs(bytesFromMiB(one.memory) - memory) / mib(4096)
    return sizesOf(os).reduce((best, one) => (distance(one) < distance(best) ? one : best))
  }
  expect(isRefuted(isMonotone(nearest))).toBe(true)
})

describe('a size that does not exist', () => {
  it('is answered with the legal ones around it', () => {
    expect(nearestSizes('linux', size(256, 8192))).toEqual([size(256, 2048), size(1024, 8192)])
    expect(nearestSizes('linux', size(512, 512))).toEqual([size(256, 512), size(512, 1024)])
    expect(nearestSizes('linux', size(300, 1024))).toEqual([size(256, 1024), size(512, 1024)])
  })
  it('may be beyond all', () => {
    expect(nearestSizes('linux', size(65_536, 500_000))).toEqual([size(32_768, 249_856)])
    expect(nearestSizes('linux', size(1, 1))).toEqual([size(256, 512)])
  })
})

it('counts what the kernel can count', () => {
  const { cpu, memory } = sizesOf('linux').at(-1)!
  expect(Math.max(ticksFromCpuUnits(cpu), bytesFromMiB(memory))).toBeLessThan(amountMax)
})

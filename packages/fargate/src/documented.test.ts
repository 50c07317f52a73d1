/** What AWS documents of Fargate's sizes, row by row. */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { sizes, sizesTogether } from '../../../test/expected/ecs/c5-fargate.js'
import {
  podOverheadMiB,
  podSizes,
  podVcpusMost,
} from '../../../test/expected/ecs/d-pods-on-fargate.js'
import { largestPodSize, podOverhead, smallestPodSize } from './pod.js'
import { bytesFromMiB, cpuUnits, mebibytes, sizesOf, ticksFromCpuUnits } from './size.js'

describe('the documented sizes', () => {
  it.each(sizes)('of $cpu CPU units are those that there are', ({ cpu, memory, count, os }) => {
    const documented =
      'step' in memory
        ? Array.from({ length: count }, (_, i) => memory.from + i * memory.step)
        : memory
    for (const system of ['linux', 'windows'] as const)
      expect(sizesOf(system).flatMap((size) => (size.cpu === cpu ? [size.memory] : []))).toEqual(
        os.includes(system) ? documented : [],
      )
  })

  it('are all', () => {
    expect(sizesOf('linux')).toHaveLength(sizesTogether)
  })
})

describe('the documented sizes of pods', () => {
  const ticks = (vcpus: number): CpuTicks => ticksFromCpuUnits(cpuUnits(vcpus * 1024))
  const bytes = (gb: number): Bytes => bytesFromMiB(mebibytes(gb * 1024))
  const long = podSizes.filter(({ init = [] }) => init.length === 0)

  it.each(long)('for $containers is $size', ({ containers, size }) => {
    const [cpu, memory] = [
      containers.map((each) => each.cpu),
      containers.map((each) => each.memory),
    ]
    const sum = (all: readonly number[]) => all.reduce((one, other) => one + other)
    expect(smallestPodSize(ticks(sum(cpu)), bytes(sum(memory)))).toEqual({
      cpu: size.cpu * 1024,
      memory: size.memory * 1024,
    })
  })

  it('add so much memory, and end at so many vCPUs', () => {
    expect(podOverhead).toBe(bytesFromMiB(mebibytes(podOverheadMiB)))
    expect(largestPodSize.cpu).toBe(podVcpusMost * 1024)
  })
})

/** Tests the sizes of tasks and task definitions. */
import type { Codec } from '@stowage/documents'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { CpuSum, MemorySum, TaskCpu, TaskMemory } from './task-size.js'

const read = <Unit>(codec: Codec<Unit>, value: unknown): Unit | undefined => {
  const decoded = codec.decode(value)
  return isRight(decoded) ? decoded.right : undefined
}

describe('the cpu of a task definition', () => {
  it.each([
    ['256', 256],
    [256, 256],
    ['1 vCPU', 1024],
    ['.5 vCPU', 512],
    ['0.25vcpu', 256],
    ['2 VCPU', 2048],
  ])('%j is %d CPU units', (written, units) => {
    expect(read(TaskCpu, written)).toBe(units)
  })

  it.each(['', '0', 0, -256, '-256', 0.5, '1.5', '0.1 vCPU', 'vCPU', '1 GB', ' 256', null, true])(
    '%j is none',
    (written) => {
      expect(read(TaskCpu, written)).toBeUndefined()
    },
  )
})

describe('the memory of a task definition', () => {
  it.each([
    ['512', 512],
    [2048, 2048],
    ['2 GB', 2048],
    ['0.5GB', 512],
    ['.5 gb', 512],
  ])('%j is %d MiB', (written, mebibytes) => {
    expect(read(TaskMemory, written)).toBe(mebibytes)
  })

  it.each(['', '0 GB', '512 MB', '1 GiB', '0.3 GB', 1.5, '85899346', [512]])(
    '%j is none',
    (written) => {
      expect(read(TaskMemory, written)).toBeUndefined()
    },
  )

  it('says what it expected', () => {
    expect(TaskMemory.name).toBe('MiB, such as "512", or GB, such as "1 GB"')
  })
})

describe('the size of a task, which its containers may reserve nothing of', () => {
  it.each(['0', 0, '0 vCPU'])('%j is no CPU units', (written) => {
    expect(read(CpuSum, written)).toBe(0)
  })

  it.each(['0', 0, '0 GB'])('%j is no MiB', (written) => {
    expect(read(MemorySum, written)).toBe(0)
  })

  it('is as any size otherwise', () => {
    expect([read(CpuSum, '256'), read(CpuSum, '-0')]).toEqual([256, undefined])
    expect([read(MemorySum, '1 GB'), read(MemorySum, -1)]).toEqual([1024, undefined])
    expect(MemorySum.name).toBe('MiB, such as "512", or GB, such as "1 GB", or "0"')
  })
})

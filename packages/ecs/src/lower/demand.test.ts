/** Tests what a task occupies on an instance. */
import { decodeValue } from '@stowage/documents'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { container, task } from '../plan/plan.fixture.js'
import { TaskDefinition } from '../words/task-definition.js'
import { demandOf } from './demand.js'

const read = (document: object): TaskDefinition => {
  const decoded = decodeValue(TaskDefinition, document)
  return decoded._tag === 'Right' ? decoded.right : expect.fail(JSON.stringify(decoded.left))
}
const demand = (more: object) => demandOf(read(task('web', more)))
const mebibyte = 1_048_576

describe('what a task takes', () => {
  const containerDefinitions = [
    container({ name: 'web', cpu: 204, memory: 384 }),
    container({ name: 'cache', cpu: undefined, memory: 128, memoryReservation: 64 }),
  ]

  it('is what its containers ask for, the reservation before the limit', () => {
    expect(demand({ containerDefinitions })).toEqual({
      cpu: 204 * 125,
      memory: (384 + 64) * mebibyte,
      gpus: 0,
      interfaces: 0,
    })
  })

  it('is its own size where it has one, half by half', () => {
    const cpu = '1 vCPU'
    expect(demand({ containerDefinitions, cpu })).toMatchObject({
      cpu: 128_000,
      memory: 448 * mebibyte,
    })
    expect(demand({ containerDefinitions, cpu, memory: '1 GB' })).toMatchObject({
      memory: 1024 * mebibyte,
    })
  })

  it('is not its own size on Windows', () => {
    const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }
    expect(
      demand({ containerDefinitions, runtimePlatform, cpu: 1024, memory: 2048 }),
    ).toMatchObject({ cpu: 204 * 125, memory: 448 * mebibyte })
  })

  it('is the GPUs of all containers, or all that there are', () => {
    const gpu = (value: string) => ({ resourceRequirements: [{ type: 'GPU', value }] })
    const containers = (...values: readonly string[]) =>
      values.map((value) => container({ name: value, ...gpu(value) }))
    expect(demand({ containerDefinitions: containers('2', '1') }).gpus).toBe(3)
    expect(demand({ containerDefinitions: containers('ALL') }).gpus).toBe('ALL')
  })
})

const amount = fc.integer({ min: 6, max: 100_000 })
const anyContainers = fc.array(
  fc.record(
    { cpu: amount, memory: amount, memoryReservation: amount },
    { requiredKeys: ['memory'] },
  ),
  { minLength: 1, maxLength: 10 },
)

describe('the sums of containers', () => {
  type Given = Readonly<Record<'cpu' | 'memory' | 'memoryReservation', number | undefined>>
  const sums = (memoryOf: (given: Given) => number) =>
    fc.property(anyContainers, (containers) => {
      const given = containers.map(
        (each): Given => ({ cpu: undefined, memoryReservation: undefined, ...each }),
      )
      const containerDefinitions = given.map((each, i) => ({ ...each, name: `${i}` }))
      const cpu = given.reduce((sum, each) => sum + (each.cpu ?? 0), 0)
      const memory = given.reduce((sum, each) => sum + memoryOf(each), 0)
      expect(demand({ containerDefinitions })).toEqual({
        cpu: cpu * 125,
        memory: memory * mebibyte,
        gpus: 0,
        interfaces: 0,
      })
    })

  it('are what is set aside', () => {
    fc.assert(sums(({ memory = 0, memoryReservation = memory }) => memoryReservation))
  })

  it('are refuted when the limit is taken for the reservation', () => {
    expect(isRefuted(sums(({ memory = 0 }) => memory))).toBe(true)
  })
})

/**
 * Tests managed scaling of an Auto Scaling group minute by minute: against answers worked out by
 * hand from AWS's documents, and that the size of the group settles.
 */
import { readFileSync } from 'node:fs'
import { later, instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capacityMinute, quietAlarms, type CapacitySetting } from './capacity-minute.js'
import { instancesToScaleIn, type GroupInstance } from './scale-in-instances.js'

const golden = (name: string): unknown =>
  JSON.parse(
    readFileSync(
      new URL(`../../../../test/golden/ecs-services/${name}.json`, import.meta.url),
      'utf8',
    ),
  )

const histories = golden('capacity-minutes') as readonly {
  readonly name: string
  readonly setting?: CapacitySetting
  readonly min?: number
  readonly max?: number
  readonly minutes: readonly {
    readonly running: number
    readonly busy: number
    readonly needs: readonly (number | null)[]
    readonly reservation: number
    readonly change: number
    readonly holds: readonly string[]
  }[]
}[]

const minute = 60_000

it.each(histories)('$name', ({ setting = {}, min = 0, max = 100, minutes }) => {
  let alarms = quietAlarms
  const answers = minutes.map(({ running, busy, needs }, i) => {
    const load = { running, busy, groups: needs, min, max }
    const decided = capacityMinute(load, setting, alarms, later(instant(0), i * minute))
    alarms = decided.alarms
    const { reservation, change, holds } = decided
    return { running, busy, needs, reservation, change, holds }
  })
  expect(answers).toEqual(minutes)
})

const picks = golden('scale-in-instances') as readonly {
  readonly name: string
  readonly count: number
  readonly isProtected?: boolean
  readonly instances: readonly GroupInstance[]
  readonly names: readonly string[]
}[]

it.each(picks)('$name', ({ instances, count, isProtected = false, names }) => {
  expect(instancesToScaleIn(instances, count, isProtected).map(({ name }) => name)).toEqual(names)
})

/** A load that needs so many instances and stays: instances join within their warm-up. */
const settles = (decide: typeof capacityMinute) =>
  fc.property(
    fc.record({
      load: fc.nat(60),
      running: fc.nat(120),
      targetCapacity: fc.integer({ min: 1, max: 100 }),
      minimumScalingStepSize: fc.integer({ min: 1, max: 5 }),
      maximumScalingStepSize: fc.integer({ min: 5, max: 40 }),
      instanceWarmupPeriod: fc.integer({ min: 0, max: 400 }),
    }),
    ({ load, running: first, ...setting }) => {
      let [running, alarms] = [first, quietAlarms]
      const changes: number[] = []
      for (let i = 0; i < 300; i++) {
        const busy = Math.min(load, running)
        const groups = busy < load ? [load - busy] : []
        const at = later(instant(0), i * minute)
        const decided = decide({ running, busy, groups, min: 0, max: 10_000 }, setting, alarms, at)
        changes.push(decided.change)
        ;({ alarms } = decided)
        running += decided.change
      }
      const wanted = Math.ceil((100 * load) / setting.targetCapacity)
      const moves = changes.filter((change) => change !== 0)
      const turns = moves.filter((move, i) => i > 0 && move > 0 !== moves[i - 1]! > 0).length
      return running === wanted && changes.slice(-60).every((change) => change === 0) && turns <= 1
    },
  )

describe('a steady load', () => {
  it('comes to M = N x target without going there and back', () => {
    fc.assert(settles(capacityMinute), { numRuns: 500, seed: 19 })
  })
  it.each<readonly [string, typeof capacityMinute]>([
    [
      'scaling in takes one instance too many',
      (...all) => {
        const decided = capacityMinute(...all)
        return decided.change < 0 ? { ...decided, change: decided.change - 1 } : decided
      },
    ],
    [
      'the low alarm is forgotten',
      (load, setting, alarms, at) =>
        capacityMinute(load, setting, { ...alarms, lowMinutes: 0 }, at),
    ],
    [
      'instances warm up for ever',
      (load, setting, { lowMinutes }, at) =>
        capacityMinute(load, setting, { lowMinutes, warmUntil: later(at, 1) }, at),
    ],
  ])('is refuted when %s', (_, decide) => {
    expect(isRefuted(settles(decide))).toBe(true)
  })
})

/**
 * Tests managed scaling of an Auto Scaling group:
 * 1. its decisions equal recorded ones (`managed-scaling.json`);
 * 2. under a constant load, the group reaches the number of instances that the target capacity asks
 *    for, and keeps it.
 */
import { readFileSync } from 'node:fs'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { managedScaling, type ManagedScalingSetting } from './managed-scaling.js'

interface Row extends ManagedScalingSetting {
  readonly running: number
  readonly busy: number
  readonly groups: readonly (number | null)[]
  readonly min?: number
  readonly max?: number
  readonly needed: number
  readonly reservation: number
  readonly desired: number
}
const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/managed-scaling.json', import.meta.url),
    'utf8',
  ),
) as readonly Row[]

describe('managed scaling', () => {
  it.each(rows)('of $running instances, $busy busy, for $groups wants $desired', (row) => {
    const { min = 0, max = 1000, ...load } = row
    const { needed, reservation, desired } = managedScaling({ ...load, min, max }, row)
    expect([needed, reservation, desired]).toEqual([row.needed, row.reservation, row.desired])
  })
  it('says which group of tasks decided, and what held it', () => {
    const load = { running: 4, busy: 4, groups: [null, 2, 7], min: 0, max: 8 }
    expect(managedScaling(load, { maximumScalingStepSize: 5 })).toMatchObject({
      ...{ needed: 9, group: 2, desired: 8, clamps: ['maximumScalingStepSize', 'max'] },
    })
  })

  /** A steady load of so many busy instances, looked at again and again. */
  const settles = (decide: typeof managedScaling) =>
    fc.property(
      fc.record({
        load: fc.integer({ min: 1, max: 50 }),
        running: fc.nat(60),
        targetCapacity: fc.integer({ min: 1, max: 100 }),
        minimumScalingStepSize: fc.integer({ min: 1, max: 5 }),
      }),
      ({ load, running, ...setting }) => {
        let now = running
        const seen: number[] = []
        for (let minute = 0; minute < 60; minute++) {
          const busy = Math.min(load, now)
          const groups = busy < load ? [load - busy] : []
          now = decide({ running: now, busy, groups, min: 0, max: 10_000 }, setting).desired
          seen.push(now)
        }
        const wanted = Math.ceil((100 * load) / setting.targetCapacity)
        return seen.slice(-10).every((count) => count === wanted)
      },
    )
  it('comes to M = N x target on a steady load, and stays there', () => {
    fc.assert(settles(managedScaling), { numRuns: 1000, seed: 19 })
  })
  it.each<readonly [string, typeof managedScaling]>([
    [
      'the target is forgotten',
      (load, setting) => managedScaling(load, { ...setting, targetCapacity: 100 }),
    ],
    ['daemons count', (load, setting) => managedScaling({ ...load, busy: load.running }, setting)],
    [
      'what waits is forgotten',
      (load, setting) => managedScaling({ ...load, groups: [] }, setting),
    ],
  ])('is refuted when %s', (_, decide) => {
    expect(isRefuted(settles(decide))).toBe(true)
  })
})

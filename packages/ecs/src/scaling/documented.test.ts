/**
 * Tests scaling steps and schedules against the documentation of Application Auto Scaling, copied
 * as rows to `test/expected/ecs`.
 */
import { utc } from '@stowage/documents'
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import {
  adjustments,
  badSchedules,
  cooldowns,
  metSteps,
  schedules,
  stepLists,
} from '../../../../test/expected/ecs/c4-scaling.js'
import { register, setting, policyOf, tracking } from './scaling.fixture.js'
import { nextRun, parseSchedule } from './schedule.js'
import { adjustedCount, checkSteps, metStep } from './step-adjustment.js'

type Bounds = readonly (readonly [number | null, number | null])[]

const stepsOf = (bounds: Bounds) =>
  bounds.map(([lower, upper], i) => ({
    MetricIntervalLowerBound: lower ?? undefined,
    MetricIntervalUpperBound: upper ?? undefined,
    ScalingAdjustment: i,
  }))

describe('steps', () => {
  it.each(stepLists)('$steps are accepted: $accepted', ({ steps, accepted }) => {
    expect(checkSteps(stepsOf(steps)).length === 0).toBe(accepted)
    expect(checkSteps(stepsOf(steps).reverse()).length === 0).toBe(accepted)
  })
  it.each(metSteps)('$steps: $metric meets $met', ({ steps, metric, met }) => {
    expect(metStep(stepsOf(steps), metric - 50)?.ScalingAdjustment).toBe(met)
  })
  it.each(adjustments)('$type of $adjustment takes $count to $becomes', (row) => {
    const { type, adjustment, magnitudeMin, count, becomes } = row
    const step = { AdjustmentType: type, MinAdjustmentMagnitude: magnitudeMin }
    expect(adjustedCount(step, adjustment, count)).toBe(becomes)
  })
})

it('cooldowns are filled in', () => {
  const { registry } = register()
  const target = policyOf(registry, tracking('cpu', 50))
  expect(target.TargetTrackingScalingPolicyConfiguration).toMatchObject({
    ScaleOutCooldown: cooldowns.targetTracking,
    ScaleInCooldown: cooldowns.targetTracking,
  })
  const step = policyOf(registry, {
    PolicyName: 'steps',
    StepScalingPolicyConfiguration: {
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    },
  })
  expect(step.StepScalingPolicyConfiguration!.Cooldown).toBe(cooldowns.step)
  expect(setting.options.inShare).toBe(0.9)
})

describe('schedules', () => {
  const start = Date.parse('2026-03-01T00:00:00Z')
  it.each(schedules)('$expression acts next at $next', ({ expression, next }) => {
    const schedule = parseSchedule(expression)!
    let after = instant(start - 1)
    const bounds = { zone: utc, from: instant(0), hasStart: false, until: undefined }
    for (const text of next) {
      after = nextRun(schedule, bounds, after)!
      expect(new Date(after).toISOString()).toBe(new Date(text).toISOString())
    }
    if (next.length === 0) expect(nextRun(schedule, bounds, after)).toBeUndefined()
  })
  it.each(badSchedules)('%s is refused', (text) => {
    expect(parseSchedule(text)).toBeUndefined()
  })
})

/** Tests the calls of Application Auto Scaling: what they store, describe, delete and refuse. */
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import {
  at,
  called,
  policyOf,
  refusal,
  register,
  setting,
  tracking,
  web,
} from './scaling.fixture.js'
import { callScaling, isScalingAction } from './calls.js'
import { emptyRegistry } from './registry.js'

const { registry } = register()

describe('RegisterScalableTarget', () => {
  it('fills in what the API fills in, and changes what is named again', () => {
    const next = called(registry, 'RegisterScalableTarget', {
      ...web,
      MaxCapacity: 30,
      SuspendedState: { DynamicScalingInSuspended: true },
    }).registry
    expect(next.targets.get(web.ResourceId)).toMatchObject({
      ...{ MinCapacity: 1, MaxCapacity: 30, CreationTime: 1_790_000_000 },
      SuspendedState: { DynamicScalingInSuspended: true, ScheduledScalingSuspended: false },
    })
    const { answer } = called(next, 'DescribeScalableTargets', { ServiceNamespace: 'ecs' })
    expect(answer['ScalableTargets']).toHaveLength(1)
  })
  it.each([
    [{ MinCapacity: 1 }, 'MaxCapacity: found nothing'],
    [{ MinCapacity: 5, MaxCapacity: 2 }, 'MinCapacity: found 5, expected at most MaxCapacity, 2'],
    [{ MinCapacity: -1, MaxCapacity: 2 }, 'MinCapacity: found -1'],
    [{ MinCapacity: 1, MaxCapacity: 2, ResourceId: 'web' }, 'ResourceId: found "web"'],
  ])('refuses %j', (bounds, message) => {
    const found = refusal(emptyRegistry, 'RegisterScalableTarget', { ...web, ...bounds })
    expect(found.exception).toBe('ValidationException')
    expect(found.message).toContain(message)
  })
})

describe('PutScalingPolicy', () => {
  it('makes two alarms for a target, and none for steps', () => {
    const policy = policyOf(registry, tracking('cpu', 50))
    expect(policy.Alarms.map(({ AlarmName }) => AlarmName)).toEqual([
      expect.stringMatching(/^TargetTracking-service\/shop\/web-AlarmHigh-/),
      expect.stringMatching(/^TargetTracking-service\/shop\/web-AlarmLow-/),
    ])
    expect(policy.PolicyARN).toContain(':resource/ecs/service/shop/web:policyName/cpu')
  })
  it('refuses a service that is not registered', () => {
    const found = refusal(emptyRegistry, 'PutScalingPolicy', { ...web, ...tracking('cpu', 50) })
    expect(found.exception).toBe('ObjectNotFoundException')
  })
  const steps = (StepAdjustments: readonly object[], more: object = {}) => ({
    PolicyName: 'steps',
    StepScalingPolicyConfiguration: {
      ...{ AdjustmentType: 'ChangeInCapacity', StepAdjustments },
      ...more,
    },
  })
  const up = { MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }
  it.each([
    [{ PolicyName: 'p' }, 'StepScalingPolicyConfiguration: found nothing'],
    [
      { ...tracking('p', 50), TargetTrackingScalingPolicyConfiguration: null },
      'expected the target',
    ],
    [tracking('p', 0), 'TargetValue: found 0, expected more than 0'],
    [tracking('p', 50, { PredefinedMetricSpecification: null }), 'expected either'],
    [
      tracking('p', 50, {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
      }),
      'ResourceLabel: found nothing',
    ],
    [
      steps([{ ...up, MetricIntervalUpperBound: 5 }]),
      'expected a step without an upper bound above',
    ],
    [
      steps([
        { ...up, MetricIntervalUpperBound: 5 },
        { MetricIntervalLowerBound: 9, ScalingAdjustment: 2 },
      ]),
      'StepAdjustments[1]: found an object, expected no gap',
    ],
    [
      steps([up], { MinAdjustmentMagnitude: 2 }),
      'expected nothing, as the adjustment is no percentage',
    ],
    [
      steps([{ ...up, ScalingAdjustment: -1 }], { AdjustmentType: 'ExactCapacity' }),
      'expected 0 or more',
    ],
    [
      { PolicyName: 'p', PolicyType: 'PredictiveScaling' },
      'expected StepScaling or TargetTracking',
    ],
  ])('refuses %j', (request, message) => {
    const found = refusal(registry, 'PutScalingPolicy', { ...web, ...request })
    expect(found.exception).toBe('ValidationException')
    expect(found.message).toContain(message)
  })
  it('refuses another type under the same name', () => {
    const next = called(registry, 'PutScalingPolicy', { ...web, ...tracking('steps', 50) }).registry
    expect(
      refusal(next, 'PutScalingPolicy', { ...web, ...steps([up]), PolicyType: 'StepScaling' })
        .message,
    ).toContain('TargetTrackingScaling, its type until now')
  })
  it('deletes what is there, once', () => {
    const next = called(registry, 'PutScalingPolicy', { ...web, ...tracking('cpu', 50) }).registry
    const request = { ...web, PolicyName: 'cpu' }
    const gone = called(next, 'DeleteScalingPolicy', request).registry
    expect(gone.policies.size).toBe(0)
    expect(refusal(gone, 'DeleteScalingPolicy', request).exception).toBe('ObjectNotFoundException')
    const none = called(next, 'DeregisterScalableTarget', web).registry
    expect([none.targets.size, none.policies.size]).toEqual([0, 0])
  })
})

describe('PutScheduledAction', () => {
  const morning = {
    ...{ ...web, ScheduledActionName: 'morning', Schedule: 'cron(0 8 ? * MON-FRI *)' },
    ScalableTargetAction: { MinCapacity: 4 },
  }
  it('is described as it was put', () => {
    const next = called(registry, 'PutScheduledAction', morning).registry
    const { answer } = called(next, 'DescribeScheduledActions', { ServiceNamespace: 'ecs' })
    expect(answer['ScheduledActions']).toMatchObject([
      { Schedule: morning.Schedule, Timezone: 'UTC' },
    ])
    expect(called(next, 'DeleteScheduledAction', morning).registry.actions.size).toBe(0)
  })
  it.each([
    [
      { Schedule: 'at(2020-01-01T00:00:00)' },
      'expected a schedule that acts once at least after now',
    ],
    [{ Schedule: 'cron(0 8 * * * *)' }, 'one of the two days being ?'],
    [{ Timezone: 'Europe/Zurch' }, 'Timezone: found "Europe/Zurch", expected a time zone'],
    [{ ScalableTargetAction: {} }, 'expected MinCapacity, MaxCapacity or both'],
    [
      { ScalableTargetAction: { MinCapacity: 3, MaxCapacity: 2 } },
      'expected at most MaxCapacity, 2',
    ],
    [{ EndTime: '2020-01-01T00:00:00Z' }, 'EndTime: found'],
  ])('refuses %j', (change, message) => {
    const found = refusal(registry, 'PutScheduledAction', { ...morning, ...change })
    expect(found.exception).toBe('ValidationException')
    expect(found.message).toContain(message)
  })
})

it('refuses time that goes back, and knows its actions', () => {
  const result = callScaling(
    setting,
    registry,
    'DescribeScalableTargets',
    { ServiceNamespace: 'ecs' },
    instant(at - 1),
  )
  expect(result._tag).toBe('Left')
  expect([isScalingAction('PutScalingPolicy'), isScalingAction('toString')]).toEqual([true, false])
})

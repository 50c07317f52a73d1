/**
 * Validates a scaling policy or a scheduled action as Application Auto Scaling does, when its
 * fields already have the right types.
 *
 * Source: Application Auto Scaling API Reference, PutScalingPolicy and PutScheduledAction.
 */
import type { TimeZone } from '@stowage/documents'
import type { Instant } from '@stowage/kernel'
import type { Complaint } from '../words/complaint.js'
import type { PutScalingPolicyRequest, TargetTrackingConfiguration } from './policy.js'
import { nextRun, type Schedule } from './schedule.js'
import { checkSteps } from './step-adjustment.js'

const stepsMax = 20

/** Complaints about a policy of a type. */
export const checkPolicy = ({
  PolicyType = 'StepScaling',
  StepScalingPolicyConfiguration: step,
  TargetTrackingScalingPolicyConfiguration: tracking,
}: PutScalingPolicyRequest): readonly Complaint[] => {
  const [stepAt, trackingAt] = [
    'StepScalingPolicyConfiguration',
    'TargetTrackingScalingPolicyConfiguration',
  ]
  switch (PolicyType) {
    case 'PredictiveScaling':
      return [{ at: ['PolicyType'], expected: 'StepScaling or TargetTrackingScaling' }]
    case 'StepScaling':
      if (step === undefined)
        return [{ at: [stepAt], expected: 'the steps of a policy of type StepScaling' }]
      return [
        ...(tracking === undefined ? [] : [{ at: [trackingAt], expected: 'nothing beside steps' }]),
        ...checkSteps(step.StepAdjustments).map(beneath(stepAt)),
        ...(step.StepAdjustments.length > stepsMax
          ? [{ at: [stepAt, 'StepAdjustments'], expected: `at most ${stepsMax} steps` }]
          : []),
        ...step.StepAdjustments.flatMap(({ ScalingAdjustment }, i) =>
          step.AdjustmentType === 'ExactCapacity' && ScalingAdjustment < 0
            ? [
                {
                  at: [stepAt, 'StepAdjustments', i, 'ScalingAdjustment'],
                  expected: '0 or more, as it is an exact capacity',
                },
              ]
            : [],
        ),
        ...(step.MinAdjustmentMagnitude === undefined ||
        step.AdjustmentType === 'PercentChangeInCapacity'
          ? []
          : [
              {
                at: [stepAt, 'MinAdjustmentMagnitude'],
                expected: 'nothing, as the adjustment is no percentage',
              },
            ]),
      ]
    case 'TargetTrackingScaling':
      if (tracking === undefined)
        return [{ at: [trackingAt], expected: 'the target of a policy of this type' }]
      return [
        ...(step === undefined ? [] : [{ at: [stepAt], expected: 'nothing beside a target' }]),
        ...checkTracking(tracking).map(beneath(trackingAt)),
      ]
  }
}

const beneath =
  (field: string) =>
  (complaint: Complaint): Complaint => ({ ...complaint, at: [field, ...complaint.at] })

const checkTracking = ({
  TargetValue,
  PredefinedMetricSpecification: predefined,
  CustomizedMetricSpecification: customized,
}: TargetTrackingConfiguration): readonly Complaint[] => {
  const { PredefinedMetricType: type = '', ResourceLabel } = predefined ?? {}
  const isPerTarget = type.startsWith('ALB')
  const name = customized?.MetricName
  return [
    ...(TargetValue > 0 ? [] : [{ at: ['TargetValue'], expected: 'more than 0' }]),
    ...((predefined === undefined) === (customized === undefined)
      ? [
          {
            at: [],
            expected: 'either PredefinedMetricSpecification or CustomizedMetricSpecification',
          },
        ]
      : []),
    ...(isPerTarget && ResourceLabel === undefined
      ? [
          {
            at: ['PredefinedMetricSpecification', 'ResourceLabel'],
            expected: 'app/NAME/ID/targetgroup/NAME/ID, as requests are counted per target',
          },
        ]
      : []),
    ...(customized !== undefined && name === undefined && customized.Metrics.length === 0
      ? [
          {
            at: ['CustomizedMetricSpecification', 'MetricName'],
            expected: 'the name of a metric, or Metrics',
          },
        ]
      : []),
  ]
}

/** Complaints about when an action acts. */
export const checkRuns = (
  schedule: Schedule,
  zone: TimeZone,
  { start, end, now }: { readonly start?: Instant; readonly end?: Instant; readonly now: Instant },
): readonly Complaint[] => {
  const bounds = { zone, from: start ?? now, hasStart: start !== undefined, until: end }
  return [
    ...(end !== undefined && end <= (start ?? now)
      ? [{ at: ['EndTime'], expected: 'a moment after the start, and after now' }]
      : nextRun(schedule, bounds, now) === undefined
        ? [{ at: ['Schedule'], expected: 'a schedule that acts once at least after now' }]
        : []),
  ]
}

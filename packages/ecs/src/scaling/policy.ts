/**
 * Defines the types and codecs of Application Auto Scaling, with the field names of its API:
 * scalable targets, policies and scheduled actions for the desired count of an ECS service.
 *
 * Source: Application Auto Scaling API Reference.
 */
import {
  codecOf,
  flag,
  listOrEmpty,
  nonEmptyText,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import { Timestamp } from '../words/instant.js'

/** Any number but infinity. */
export const finiteNumber: Codec<number> = codecOf('a number', (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined,
)
const capacity = whole('a whole number of tasks, 0 or more', 0)
const seconds = whole('whole seconds, 0 or more', 0)

/** Which processes of a scalable target rest. */
export interface SuspendedState {
  readonly DynamicScalingInSuspended: boolean | undefined
  readonly DynamicScalingOutSuspended: boolean | undefined
  readonly ScheduledScalingSuspended: boolean | undefined
}
export const SuspendedState: Codec<SuspendedState> = record<SuspendedState>('an object', {
  DynamicScalingInSuspended: optional(flag),
  DynamicScalingOutSuspended: optional(flag),
  ScheduledScalingSuspended: optional(flag),
})

/** A change of the count where the metric is so far from the threshold. */
export interface StepAdjustment {
  readonly MetricIntervalLowerBound: number | undefined
  readonly MetricIntervalUpperBound: number | undefined
  readonly ScalingAdjustment: number
}

/** How a step policy scales. */
export interface StepScalingConfiguration {
  readonly AdjustmentType: 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity'
  readonly StepAdjustments: readonly StepAdjustment[]
  readonly MinAdjustmentMagnitude: number | undefined
  readonly Cooldown: number | undefined
  readonly MetricAggregationType: string | undefined
}
export const StepScalingConfiguration: Codec<StepScalingConfiguration> =
  record<StepScalingConfiguration>('an object', {
    AdjustmentType: oneOf([
      'ChangeInCapacity',
      'PercentChangeInCapacity',
      'ExactCapacity',
    ] as const),
    StepAdjustments: listOrEmpty(
      record<StepAdjustment>('an object', {
        MetricIntervalLowerBound: optional(finiteNumber),
        MetricIntervalUpperBound: optional(finiteNumber),
        ScalingAdjustment: whole('a whole number', -2_147_483_648),
      }),
    ),
    MinAdjustmentMagnitude: optional(whole('a whole number, 1 or more', 1)),
    Cooldown: optional(seconds),
    MetricAggregationType: optional(oneOf(['Average', 'Minimum', 'Maximum'])),
  })

/** The metrics that Application Auto Scaling knows by one name; those of ECS alone. */
export const predefinedMetrics = [
  'ECSServiceAverageCPUUtilization',
  'ECSServiceAverageMemoryUtilization',
  'ALBRequestCountPerTarget',
  'ECSServiceAverageCPUUtilizationHighResolution',
  'ECSServiceAverageMemoryUtilizationHighResolution',
  'ALBRequestCountPerTargetHighResolution',
] as const

/** A metric of CloudWatch; one that is computed from others has `Metrics` instead. */
export interface CustomizedMetric {
  readonly MetricName: string | undefined
  readonly Namespace: string | undefined
  readonly Statistic: string | undefined
  readonly Unit: string | undefined
  readonly Metrics: readonly unknown[]
}

/** How a target tracking policy scales. */
export interface TargetTrackingConfiguration {
  readonly TargetValue: number
  readonly PredefinedMetricSpecification:
    | { readonly PredefinedMetricType: string; readonly ResourceLabel: string | undefined }
    | undefined
  readonly CustomizedMetricSpecification: CustomizedMetric | undefined
  readonly ScaleOutCooldown: number | undefined
  readonly ScaleInCooldown: number | undefined
  readonly DisableScaleIn: boolean | undefined
}
export const TargetTrackingConfiguration: Codec<TargetTrackingConfiguration> =
  record<TargetTrackingConfiguration>('an object', {
    TargetValue: finiteNumber,
    PredefinedMetricSpecification: optional(
      record('an object', {
        PredefinedMetricType: oneOf<string>(predefinedMetrics),
        ResourceLabel: optional(text),
      }),
    ),
    CustomizedMetricSpecification: optional(
      record<CustomizedMetric>('an object', {
        MetricName: optional(text),
        Namespace: optional(text),
        Statistic: optional(oneOf(['Average', 'Minimum', 'Maximum', 'SampleCount', 'Sum'])),
        Unit: optional(text),
        Metrics: listOrEmpty(codecOf<unknown>('a metric', (value) => value ?? null)),
      }),
    ),
    ScaleOutCooldown: optional(seconds),
    ScaleInCooldown: optional(seconds),
    DisableScaleIn: optional(flag),
  })

/** What every request names; only the wanted count of ECS services is scaled here. */
export interface ScaledResource {
  readonly ServiceNamespace: 'ecs'
  /** `service/CLUSTER/SERVICE`. */
  readonly ResourceId: string
  readonly ScalableDimension: 'ecs:service:DesiredCount'
}

const resourceId: Codec<string> = codecOf('service/CLUSTER/SERVICE', (value) =>
  typeof value === 'string' && /^service\/[^/]+\/[^/]+$/.test(value) ? value : undefined,
)
/** Codecs of the fields that every request names. */
export const resourceFields = {
  ServiceNamespace: oneOf(['ecs'] as const),
  ResourceId: resourceId,
  ScalableDimension: oneOf(['ecs:service:DesiredCount'] as const),
}
export const ScaledResource: Codec<ScaledResource> = record<ScaledResource>(
  'an object',
  resourceFields,
)

/** The request of RegisterScalableTarget. */
export interface RegisterScalableTargetRequest extends ScaledResource {
  readonly MinCapacity: number | undefined
  readonly MaxCapacity: number | undefined
  readonly RoleARN: string | undefined
  readonly SuspendedState: SuspendedState | undefined
}
export const RegisterScalableTargetRequest: Codec<RegisterScalableTargetRequest> =
  record<RegisterScalableTargetRequest>('an object', {
    ...resourceFields,
    MinCapacity: optional(capacity),
    MaxCapacity: optional(capacity),
    RoleARN: optional(text),
    SuspendedState: optional(SuspendedState),
  })

const scalingName = nonEmptyText('a name')

/** The request of PutScalingPolicy. */
export interface PutScalingPolicyRequest extends ScaledResource {
  readonly PolicyName: string
  readonly PolicyType: 'PredictiveScaling' | 'StepScaling' | 'TargetTrackingScaling' | undefined
  readonly StepScalingPolicyConfiguration: StepScalingConfiguration | undefined
  readonly TargetTrackingScalingPolicyConfiguration: TargetTrackingConfiguration | undefined
}
export const PutScalingPolicyRequest: Codec<PutScalingPolicyRequest> =
  record<PutScalingPolicyRequest>('an object', {
    ...resourceFields,
    PolicyName: scalingName,
    PolicyType: optional(
      oneOf(['StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'] as const),
    ),
    StepScalingPolicyConfiguration: optional(StepScalingConfiguration),
    TargetTrackingScalingPolicyConfiguration: optional(TargetTrackingConfiguration),
  })

/** The bounds that a scheduled action sets. */
export interface ScalableTargetAction {
  readonly MinCapacity: number | undefined
  readonly MaxCapacity: number | undefined
}

/** The request of PutScheduledAction. */
export interface PutScheduledActionRequest extends ScaledResource {
  readonly ScheduledActionName: string
  readonly Schedule: string | undefined
  readonly Timezone: string | undefined
  readonly StartTime: string | undefined
  readonly EndTime: string | undefined
  readonly ScalableTargetAction: ScalableTargetAction | undefined
}
export const PutScheduledActionRequest: Codec<PutScheduledActionRequest> =
  record<PutScheduledActionRequest>('an object', {
    ...resourceFields,
    ScheduledActionName: scalingName,
    Schedule: optional(text),
    Timezone: optional(text),
    StartTime: optional(Timestamp),
    EndTime: optional(Timestamp),
    ScalableTargetAction: optional(
      record<ScalableTargetAction>('an object', {
        MinCapacity: optional(capacity),
        MaxCapacity: optional(capacity),
      }),
    ),
  })

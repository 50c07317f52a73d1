/**
 * Defines the state of the controller that runs ECS services and scales them: the state of the
 * services, and what Application Auto Scaling knows (scalable targets, policies, reported metrics,
 * alarms, past scaling activities).
 */
import type { Instant } from '@stowage/kernel'
import type { EcsMemory } from '../memory/memory.js'
import type { ScalingMemory, StepAlarm } from '../scaling/evaluate.js'
import type { ScalingRegistry } from '../scaling/registry.js'

/** Why a count changed, as DescribeScalingActivities would say it. */
export interface ScalingActivity {
  readonly at: Instant
  readonly resource: string
  readonly from: number
  readonly to: number
  readonly cause: string
}

/** The memory of the controller of services, and of Application Auto Scaling. */
export interface ScalingServicesMemory extends EcsMemory {
  readonly registry: ScalingRegistry
  /** What was reported of the metric of each policy since the last minute, by resource and name. */
  readonly metrics: ReadonlyMap<string, number>
  /** The alarms of step policies, by resource and name. */
  readonly stepAlarms: ReadonlyMap<string, StepAlarm>
  readonly evaluations: ReadonlyMap<string, ScalingMemory>
  /** The last ones, the oldest first. */
  readonly activities: readonly ScalingActivity[]
  /** When the policies are evaluated next; `undefined` without a scalable target. */
  readonly nextMinute: Instant | undefined
  /** Up to when scheduled actions have acted. */
  readonly scheduledUntil: Instant
}

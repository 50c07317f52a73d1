/**
 * Defines the registry of Application Auto Scaling, an immutable value: the scalable targets,
 * policies and scheduled actions that were stored.
 */
import type { Instant } from '@stowage/kernel'
import type {
  PutScalingPolicyRequest,
  PutScheduledActionRequest,
  ScalableTargetAction,
  ScaledResource,
  SuspendedState,
} from './policy.js'

/** A service whose count may be changed, and within which bounds. */
export interface ScalableTarget extends ScaledResource {
  readonly MinCapacity: number
  readonly MaxCapacity: number
  readonly RoleARN: string
  /** In seconds since 1970, as the API writes it. */
  readonly CreationTime: number
  readonly SuspendedState: Required<{ readonly [Key in keyof SuspendedState]: boolean }>
  readonly ScalableTargetARN: string
}

/** An alarm that Application Auto Scaling makes for a policy. */
export interface PolicyAlarm {
  readonly AlarmName: string
  readonly AlarmARN: string
}

/** A policy with what the API fills in. */
export interface ScalingPolicy extends PutScalingPolicyRequest {
  readonly PolicyType: 'StepScaling' | 'TargetTrackingScaling'
  readonly PolicyARN: string
  readonly CreationTime: number
  /** The two of target tracking; a step policy is named by alarms of the user. */
  readonly Alarms: readonly PolicyAlarm[]
}

/** A scheduled action with what the API fills in. */
export interface ScheduledAction extends PutScheduledActionRequest {
  readonly Schedule: string
  readonly ScalableTargetAction: ScalableTargetAction
  readonly ScheduledActionARN: string
  readonly CreationTime: number
}

/** All that was registered. Policies and actions are by resource and name. */
export interface ScalingRegistry {
  readonly targets: ReadonlyMap<string, ScalableTarget>
  readonly policies: ReadonlyMap<string, ScalingPolicy>
  readonly actions: ReadonlyMap<string, ScheduledAction>
  /** How many objects were made, for their ids. */
  readonly made: number
  /** The time of the last call. */
  readonly at: Instant | undefined
}

/** Nothing is registered. */
export const emptyRegistry: ScalingRegistry = {
  ...{ targets: new Map(), policies: new Map(), actions: new Map() },
  ...{ made: 0, at: undefined },
}

/** The key of a policy or an action. */
export const registryKey = ({ ResourceId }: ScaledResource, name: string): string =>
  `${ResourceId} ${name}`

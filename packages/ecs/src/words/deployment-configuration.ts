/**
 * Defines the types and codecs of a deployment configuration: the strategy and the bounds by which
 * the tasks of a service are replaced, such as `maximumPercent`, and the conditions under which a
 * deployment fails or succeeds.
 *
 * Source: Amazon ECS API Reference, DeploymentConfiguration and the types of its fields.
 */
import {
  codecOf,
  flag,
  list,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import { anyWholeNumber } from './host-setting.js'

/** The strategies of a deployment, as the API spells them. */
export const deploymentStrategies = ['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY'] as const
export type DeploymentStrategy = (typeof deploymentStrategies)[number]

/** How many task failures are tolerated; `BOUNDED_PERCENT` 50 when it is absent. */
export interface ThresholdConfiguration {
  readonly type?: 'COUNT' | 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | undefined
  readonly value?: number | undefined
}
const ThresholdConfiguration: Codec<ThresholdConfiguration> = record<ThresholdConfiguration>(
  'a threshold configuration',
  {
    type: optional(oneOf(['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT'] as const)),
    value: optional(anyWholeNumber),
  },
)

/** What fails a deployment whose tasks fail. */
export interface DeploymentCircuitBreaker {
  readonly enable?: boolean | undefined
  readonly rollback?: boolean | undefined
  /** True when it is absent: only consecutive failures count. */
  readonly resetOnHealthyTask?: boolean | undefined
  readonly thresholdConfiguration?: ThresholdConfiguration | undefined
}
const DeploymentCircuitBreaker: Codec<DeploymentCircuitBreaker> = record<DeploymentCircuitBreaker>(
  'a deployment circuit breaker',
  {
    enable: optional(flag),
    rollback: optional(flag),
    resetOnHealthyTask: optional(flag),
    thresholdConfiguration: optional(ThresholdConfiguration),
  },
)

/** The CloudWatch alarms that fail a deployment. */
export interface DeploymentAlarms {
  readonly alarmNames?: readonly string[] | undefined
  readonly enable?: boolean | undefined
  readonly rollback?: boolean | undefined
}
const DeploymentAlarms: Codec<DeploymentAlarms> = record<DeploymentAlarms>('deployment alarms', {
  alarmNames: optional(list('a list of names of alarms', text)),
  enable: optional(flag),
  rollback: optional(flag),
})

/** When a rolling deployment succeeds before all of its tasks are healthy. */
export interface DeploymentEarlySuccessCriteria {
  readonly enable?: boolean | undefined
  readonly healthyPercent?: number | undefined
  readonly sourceServiceRevisionCleanup?: 'BLOCKING' | 'DEFERRED' | undefined
}
const DeploymentEarlySuccessCriteria: Codec<DeploymentEarlySuccessCriteria> =
  record<DeploymentEarlySuccessCriteria>('early success criteria', {
    enable: optional(flag),
    healthyPercent: optional(anyWholeNumber),
    sourceServiceRevisionCleanup: optional(oneOf(['BLOCKING', 'DEFERRED'] as const)),
  })

/** How long a hook may take, and what follows when it takes longer. */
export interface HookTimeout {
  readonly timeoutInMinutes?: number | undefined
  readonly action?: 'CONTINUE' | 'ROLLBACK' | undefined
}
const HookTimeout: Codec<HookTimeout> = record<HookTimeout>('a timeout of a hook', {
  timeoutInMinutes: optional(anyWholeNumber),
  action: optional(oneOf(['CONTINUE', 'ROLLBACK'] as const)),
})

/** What is called, or paused, at stages of a deployment. */
export interface DeploymentLifecycleHook {
  /** `AWS_LAMBDA` when it is absent. */
  readonly targetType?: 'AWS_LAMBDA' | 'PAUSE' | undefined
  readonly hookTargetArn?: string | undefined
  readonly roleArn?: string | undefined
  readonly lifecycleStages?: readonly string[] | undefined
  readonly timeoutConfiguration?: HookTimeout | undefined
}
const DeploymentLifecycleHook: Codec<DeploymentLifecycleHook> = record<DeploymentLifecycleHook>(
  'a lifecycle hook',
  {
    targetType: optional(oneOf(['AWS_LAMBDA', 'PAUSE'] as const)),
    hookTargetArn: optional(text),
    roleArn: optional(text),
    lifecycleStages: optional(list('a list of lifecycle stages', text)),
    timeoutConfiguration: optional(HookTimeout),
  },
)

const anyShare: Codec<number> = codecOf('a number', (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined,
)

/** Traffic that shifts in equal steps. */
export interface LinearConfiguration {
  readonly stepPercent?: number | undefined
  readonly stepBakeTimeInMinutes?: number | undefined
}
const LinearConfiguration: Codec<LinearConfiguration> = record<LinearConfiguration>(
  'a linear configuration',
  { stepPercent: optional(anyShare), stepBakeTimeInMinutes: optional(anyWholeNumber) },
)

/** Traffic that shifts in one small step and one for the rest. */
export interface CanaryConfiguration {
  readonly canaryPercent?: number | undefined
  readonly canaryBakeTimeInMinutes?: number | undefined
}
const CanaryConfiguration: Codec<CanaryConfiguration> = record<CanaryConfiguration>(
  'a canary configuration',
  { canaryPercent: optional(anyShare), canaryBakeTimeInMinutes: optional(anyWholeNumber) },
)

/**
 * How the tasks of a service are replaced. The two percentages are of its count; the checks beyond
 * types are those of `checkDeployment`.
 */
export interface DeploymentConfiguration {
  readonly minimumHealthyPercent?: number | undefined
  readonly maximumPercent?: number | undefined
  /** `ROLLING` when it is absent. */
  readonly strategy?: DeploymentStrategy | undefined
  readonly bakeTimeInMinutes?: number | undefined
  readonly deploymentCircuitBreaker?: DeploymentCircuitBreaker | undefined
  readonly alarms?: DeploymentAlarms | undefined
  readonly earlySuccessCriteria?: DeploymentEarlySuccessCriteria | undefined
  readonly lifecycleHooks?: readonly DeploymentLifecycleHook[] | undefined
  readonly linearConfiguration?: LinearConfiguration | undefined
  readonly canaryConfiguration?: CanaryConfiguration | undefined
}
const percent = 'a whole number of percent, 0 or more'
export const DeploymentConfiguration: Codec<DeploymentConfiguration> =
  record<DeploymentConfiguration>('a deployment configuration', {
    minimumHealthyPercent: optional(whole(percent, 0)),
    maximumPercent: optional(whole(percent, 0)),
    strategy: optional(oneOf(deploymentStrategies)),
    bakeTimeInMinutes: optional(anyWholeNumber),
    deploymentCircuitBreaker: optional(DeploymentCircuitBreaker),
    alarms: optional(DeploymentAlarms),
    earlySuccessCriteria: optional(DeploymentEarlySuccessCriteria),
    lifecycleHooks: optional(list('a list of lifecycle hooks', DeploymentLifecycleHook)),
    linearConfiguration: optional(LinearConfiguration),
    canaryConfiguration: optional(CanaryConfiguration),
  })

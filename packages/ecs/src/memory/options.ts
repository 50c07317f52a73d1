/**
 * Defines the options of the controller, with defaults: one for each point that the AWS
 * documentation leaves open, and the facts that no report states.
 * `docs/decisions/0006-where-the-platforms-are-silent.md` gives the reason for each default.
 */
import { restartCurve, type RestartCurve } from '../deployment/restart-throttle.js'
import type { AutoScalingGroup } from './auto-scaling-group.js'
import type { ManagedInstances } from './managed-instances.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import { placementOptions, type PlacementRules } from '../lower/options.js'

/** What the controller is told beside the reports. */
export interface EcsControllerOptions extends PlacementRules {
  /** The names of the pools that there are: capacity providers, such as `FARGATE`. */
  readonly pools: readonly string[]
  /**
   * The Auto Scaling groups that capacity providers may scale. The pool of each, which
   * `autoScalingGroupPool` makes, is among the pools of the steps.
   */
  readonly groups: readonly AutoScalingGroup[]
  /**
   * The instances that providers of Managed Instances may launch. The pool of each, which
   * `managedInstancesPool` makes, is among the pools of the steps.
   */
  readonly managedInstances: readonly ManagedInstances[]
  /** Seconds that an idle managed instance stays whose provider does not say how long. */
  readonly scaleInAfter: number
  /** How many tasks of a cluster count as waiting for capacity; AWS lets so many wait at once. */
  readonly provisioningTasksMax: number
  /** The availability zone of each subnet. When it is empty, zones of subnets are not checked. */
  readonly subnetZones: Readonly<Record<string, string>>
  /**
   * Whether an unhealthy task that cannot be replaced first, because `maximumPercent` leaves no
   * room, is stopped while fewer tasks than `minimumHealthyPercent` are healthy.
   */
  readonly unhealthyStops: 'below the minimum too' | 'within the minimum'
  /** How long restarts wait, from wave to wave of tasks that stop before they have run. */
  readonly restartCurve: RestartCurve
  /** What Fargate refuses of definitions, where AWS's texts contradict each other. */
  readonly fargate: FargateFieldOptions
}

/** The defaults. */
export const controllerOptions: EcsControllerOptions = {
  ...placementOptions,
  seed: 0,
  pools: [],
  groups: [],
  managedInstances: [],
  scaleInAfter: 300,
  provisioningTasksMax: 500,
  subnetZones: {},
  unhealthyStops: 'below the minimum too',
  restartCurve,
  fargate: {},
}

/**
 * How long a task without any health check runs until it counts as healthy, in milliseconds.
 *
 * Source: Amazon ECS API Reference, DeploymentConfiguration, minimumHealthyPercent.
 */
export const settleTime = 40_000

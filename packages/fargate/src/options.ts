/**
 * What AWS leaves open or lets an account change, each as an option, and the documented defaults.
 */
import type { Rate } from './bucket.js'
import { sizeOptions, type SizeOptions } from './size.js'
import { spotOptions, type Capacity, type SpotOptions } from './spot.js'
import type { SubnetRule } from './subnet.js'

export interface FargateOptions extends SizeOptions, SpotOptions {
  /** A bucket for each kind of capacity; tasks of ECS and pods of EKS share that of FARGATE. */
  readonly launchRate: Readonly<Record<Capacity, Rate>>
  /**
   * How many vCPUs may run at once. A new account has few, and most accounts have asked for more.
   */
  readonly vcpusAtOnce: Readonly<Record<Capacity, number>>
  /**
   * How many vCPUs AWS has for the account, those that run included: more than it asks for, unless
   * capacity is to be short.
   */
  readonly vcpusThere: Readonly<Record<Capacity, number>>
  readonly subnetRule: SubnetRule
}

/** What most regions grant, and what some others do. */
export const launchRates = {
  most: { burst: 100, perSecond: 20 },
  some: { burst: 25, perSecond: 5 },
  /** Of accounts that launch pods alone. */
  pods: { burst: 20, perSecond: 20 },
} as const satisfies Readonly<Record<string, Rate>>

export const fargateOptions: FargateOptions = {
  ...sizeOptions,
  ...spotOptions,
  launchRate: { FARGATE: launchRates.most, FARGATE_SPOT: launchRates.most },
  vcpusAtOnce: { FARGATE: 6, FARGATE_SPOT: 6 },
  vcpusThere: { FARGATE: Infinity, FARGATE_SPOT: Infinity },
  subnetRule: 'fewest',
}

/** Quotas of what calls Fargate; it is for the caller to heed them. */
export const callerQuotas = {
  runTaskCallsPerSecond: 20,
  serviceLaunchesPerMinute: 500,
  serviceLaunchesPerMinuteInNewerRegions: 125,
  tasksPerService: 5000,
  servicesPerCluster: 5000,
  instancesPerCluster: 5000,
  containersPerTaskDefinition: 10,
} as const

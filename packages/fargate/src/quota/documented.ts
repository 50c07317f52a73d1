/**
 * Lists quotas that AWS documents: (1) the rates at which Fargate launches tasks; (2) limits of the
 * services that call Fargate. The Fargate model (`machine/machine.ts`) enforces launch rates, but
 * not the limits of those services.
 *
 * Source: Amazon ECS Developer Guide, AWS Fargate throttling quotas; Amazon ECS endpoints and
 * quotas.
 */
import type { Rate } from './bucket.js'

/** The documented launch rates. */
export const launchRates = {
  /** In most regions. */
  most: { burst: 100, perSecond: 20 },
  /** In some regions. */
  some: { burst: 25, perSecond: 5 },
  /** Of accounts that launch pods only. */
  pods: { burst: 20, perSecond: 20 },
} as const satisfies Readonly<Record<string, Rate>>

/** Quotas of the services that call Fargate. The machine does not enforce them. */
export const callerQuotas = {
  runTaskCallsPerSecond: 20,
  serviceLaunchesPerMinute: 500,
  serviceLaunchesPerMinuteInNewerRegions: 125,
  tasksPerService: 5000,
  servicesPerCluster: 5000,
  instancesPerCluster: 5000,
  containersPerTaskDefinition: 10,
} as const

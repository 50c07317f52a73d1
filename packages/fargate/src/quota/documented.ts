/**
 * Lists the rates at which Fargate launches tasks, as AWS documents them.
 *
 * Source: Amazon ECS Developer Guide, AWS Fargate throttling quotas; Amazon ECS endpoints and
 * quotas.
 */
import type { Rate } from './bucket.js'

/** The documented launch rates. */
export const launchRates = {
  /** In most regions. */
  usual: { burst: 100, perSecond: 20 },
  /** In some regions. */
  some: { burst: 25, perSecond: 5 },
  /** Of accounts that launch pods only. */
  pods: { burst: 20, perSecond: 20 },
} as const satisfies Readonly<Record<string, Rate>>

/**
 * Defines the types of the answer to `plan`: the plans of each platform on machines, on Fargate or
 * both. Also checks whether every replica is placed.
 */
import type { IgnoredDocument } from '@stowage/documents'
import type { Bill } from '../bill/bill.js'
import { replicaCounts, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'

/** The answer to `plan`. */
export interface Plans {
  readonly plans: readonly SupplyPlans[]
  readonly ignored: readonly IgnoredDocument[]
  /** Whether every replica has a place. */
  readonly isPlaced: boolean
}

/** The plans of one platform, by supply; at least one of them is there. */
export interface SupplyPlans {
  readonly platform: Platform
  /** Of the workloads that were selected; absent when all are there. */
  readonly namespaces?: readonly string[]
  readonly machines: PlatformPlan | undefined
  readonly fargate: PlatformPlan | undefined
  /** What each of them costs, whatever part of it was selected; absent without prices. */
  readonly bills?: Readonly<Partial<Record<'machines' | 'fargate', Bill>>>
}

/** Whether every replica of the plans has a place. */
export const planIsComplete = ({ machines, fargate }: SupplyPlans): boolean =>
  [machines, fargate].every((plan) => plan === undefined || replicaCounts(plan).unplaced === 0)

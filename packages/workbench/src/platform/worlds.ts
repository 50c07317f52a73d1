/**
 * Defines the types of the three plans that `compare` makes of the same workloads, which the code
 * calls worlds: all on EC2 (`ec2`), all on Fargate (`fargate`), and each where it asks to run
 * (`mixed`).
 */
import type { BillTerms, PlatformPlan } from './plan.js'

/** The worlds, in the order in which they are shown. */
export const worldIds = ['ec2', 'fargate', 'mixed'] as const
/** The name of a world. */
export type WorldId = (typeof worldIds)[number]

/** A plan for each world, and what a comparison reads beside the plans. */
export interface Worlds extends Readonly<Record<WorldId, PlatformPlan>>, BillTerms {
  /** By workload, the fields that must change before Fargate takes it. */
  readonly changes: ReadonlyMap<string, readonly string[]>
}

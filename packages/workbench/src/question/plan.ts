/**
 * Answers the question `plan`: where does every replica go? Computes for each platform (Kubernetes
 * or ECS) a plan on machines, a plan on Fargate, or both.
 */
import type { Ignored } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { replicaCounts, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import { noMachines, type Question, type QuestionPart } from './question.js'

/** The answer to `plan`. */
export interface Plans {
  readonly plans: readonly SupplyPlans[]
  readonly ignored: readonly Ignored[]
  /** Whether every replica has a place. */
  readonly isPlaced: boolean
}

/** The plans of one platform, by supply; at least one of them is there. */
export interface SupplyPlans {
  readonly platform: Platform
  readonly machines: PlatformPlan | undefined
  readonly fargate: PlatformPlan | undefined
}

/**
 * Plans on machines, and with `fargate` on Fargate; without any machines on Fargate alone then. A
 * `Left` names each platform whose workloads need machines when there are none.
 */
export const planWorkloads = (
  { parts, ignored }: Question,
  { fargate }: { readonly fargate: boolean },
): E.Either<Faults, Plans> => {
  const plans = parts.map((part) => plansOf(part, fargate))
  const withoutMachines = plans.filter(needsMachines)
  if (withoutMachines.length > 0) return E.left(withoutMachines.map(noMachines))
  return E.right({ plans, ignored, isPlaced: plans.every(isComplete) })
}

const plansOf = ({ platform, planner }: QuestionPart, fargate: boolean): SupplyPlans => ({
  platform,
  machines: planner.hasMachines || !fargate ? planner.onMachines() : undefined,
  fargate: fargate ? planner.onFargate() : undefined,
})

/** No machines, and some workload does not ask for Fargate; a DaemonSet wants no replica then. */
const needsMachines = ({ machines }: SupplyPlans): boolean =>
  machines !== undefined &&
  machines.plan.nodes.length === 0 &&
  (machines.plan.unplaced.length > 0 || machines.vended.length + machines.refused.length === 0)

const isComplete = ({ machines, fargate }: SupplyPlans): boolean =>
  [machines, fargate].every((plan) => plan === undefined || replicaCounts(plan)[1] === 0)

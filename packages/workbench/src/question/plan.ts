/**
 * Answers the question `plan`: where does every replica go? Computes for each platform (Kubernetes
 * or ECS) a plan on machines, a plan on Fargate, or both.
 */
import * as E from 'fp-ts/lib/Either.js'
import { billOf } from '../bill/bill.js'
import type { PriceList } from '../machines/price-list.js'
import type { Faults } from '../text/fault.js'
import { planIsComplete, type Plans, type SupplyPlans } from './plans.js'
import { noMachines, type Question, type QuestionPart } from './question.js'
import { selectNamespaces } from './select.js'

/** On what is planned, and whose part of the plan is the answer. */
export interface PlanOptions {
  readonly fargate: boolean
  /** The Kubernetes namespaces of the workloads that are shown; all without any. */
  readonly namespaces?: readonly string[]
  /** Adds what the plans cost. */
  readonly prices?: PriceList | undefined
}

/**
 * Plans on machines, and with `fargate` on Fargate; without any machines on Fargate alone then. A
 * `Left` names each platform whose workloads need machines when there are none, or each namespace
 * that has no workload.
 *
 * @example
 * ```ts
 * import { getOrThrow } from '@stowage/kernel'
 * import { planWorkloads, readMachines, readQuestion } from '@stowage/workbench'
 *
 * const text =
 *   '{ apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: c }] } }'
 * const question = readQuestion({
 *   documents: { from: 'the editor', texts: [{ file: 'web.yaml', text }] },
 *   machines: getOrThrow(readMachines({ nodes: ['m5.large'] })),
 *   ...{ trunking: false, parameters: [], seed: 1, fargate: {} },
 * })
 * console.log(getOrThrow(planWorkloads(getOrThrow(question), { fargate: false })).isPlaced)
 * ```
 * ```text
 * true
 * ```
 */
export const planWorkloads = (
  { parts, ignored }: Question,
  { fargate, namespaces = [], prices }: PlanOptions,
): E.Either<Faults, Plans> => {
  const plans = parts.map((part) => plansOf(part, fargate, prices))
  const withoutMachines = plans.filter(needsMachines)
  if (withoutMachines.length > 0) return E.left(withoutMachines.map(noMachines))
  const all = { plans, ignored, isPlaced: plans.every(planIsComplete) }
  return namespaces.length === 0 ? E.right(all) : selectNamespaces(all, namespaces)
}

const plansOf = (
  { platform, planner }: QuestionPart,
  isOnFargate: boolean,
  prices: PriceList | undefined,
): SupplyPlans => {
  const machines = planner.hasMachines || !isOnFargate ? planner.onMachines() : undefined
  const fargate = isOnFargate ? planner.onFargate() : undefined
  if (prices === undefined) return { platform, machines, fargate }
  const terms = planner.billTerms()
  const bills = {
    ...(machines === undefined ? {} : { machines: billOf(machines, terms, prices) }),
    ...(fargate === undefined ? {} : { fargate: billOf(fargate, terms, prices) }),
  }
  return { platform, machines, fargate, bills }
}

/** No machines, and some workload does not ask for Fargate; a DaemonSet wants no replica then. */
const needsMachines = ({ machines }: SupplyPlans): boolean =>
  machines !== undefined &&
  machines.plan.nodes.length === 0 &&
  (machines.plan.unplaced.length > 0 || machines.vended.length + machines.refused.length === 0)

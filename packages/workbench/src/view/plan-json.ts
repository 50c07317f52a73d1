/**
 * Converts the answer to `plan` to JSON. It has the same values as the tables, each number in a
 * fixed unit.
 */
import type { VendedTasks } from '@stowage/fargate'
import type { Bill } from '../bill/bill.js'
import { sumByResource } from '../compare/summary.js'
import { isUsed, replicaCounts, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Plans } from '../question/plans.js'
import { selectReplicas } from '../question/select.js'
import { answerVersion } from '../schema/part.js'
import { billJson } from './bill-rows.js'
import { reasonSums, type PlanView } from './plan-view.js'

/**
 * `{ version, plans, ignored }`, a plan per platform and supply. Counts are of all replicas, and
 * every machine is there, also when the view is of a part.
 */
export const plansJson = ({ plans, ignored }: Plans, view: PlanView = {}): object => ({
  version: answerVersion,
  plans: plans.flatMap(({ platform, machines, fargate, bills }) => [
    ...(machines === undefined
      ? []
      : [{ ...planJson(platform, 'nodes', machines, view), ...pricedJson(bills?.machines) }]),
    ...(fargate === undefined
      ? []
      : [{ ...planJson(platform, 'fargate', fargate, view), ...pricedJson(bills?.fargate) }]),
  ]),
  ignored,
})

/** What the plan costs; nothing without prices. */
const pricedJson = (bill: Bill | undefined): object =>
  bill === undefined ? {} : { bill: billJson(bill) }

const planJson = (
  platform: Platform,
  supply: 'nodes' | 'fargate',
  all: PlatformPlan,
  view: PlanView,
): object => {
  const head = { vocabulary: platform.id, supply, replicas: replicaCounts(all) }
  if (view.isSummary === true) return { ...head, ...sumsJson(all) }
  const plan = selectReplicas(all, view.only)
  return {
    ...head,
    nodes: plan.plan.nodes,
    unplaced: plan.plan.unplaced,
    ...(plan.clusters === undefined ? {} : { clusters: Object.fromEntries(plan.clusters) }),
    fargate: plan.vended.map(vendedJson),
    launched: plan.launched,
    ...(plan.onFargate === undefined || plan.onFargate.length === 0
      ? {}
      : { fargateNodes: plan.onFargate }),
    refused: plan.refused,
    held: plan.held,
    preemption: plan.preemptions,
    warnings: plan.warnings,
  }
}

/** Machines by number, with the sums of what they have and use, and why replicas have no place. */
const sumsJson = (plan: PlatformPlan): object => {
  const { nodes } = plan.plan
  return {
    machines: { all: nodes.length, used: nodes.filter(isUsed).length },
    gauges: sumByResource(nodes.flatMap(({ gauges }) => gauges)),
    unplaced: reasonSums([plan]),
  }
}

/**
 * Demand and waste in milliCPU (1/1000 vCPU) and bytes; the size in CPU units (1/1024 vCPU) and
 * MiB, as Fargate writes it.
 */
export const vendedJson = ({
  name,
  count,
  demand,
  overhead,
  size,
  wasted,
}: VendedTasks): object => ({
  name,
  count,
  asked: inMilliCpu(demand),
  overhead: { memory: overhead },
  size,
  wasted: inMilliCpu(wasted),
})

const ticksPerMilliCpu = 128

const inMilliCpu = ({ cpu, memory }: VendedTasks['demand']): object => ({
  cpu: cpu / ticksPerMilliCpu,
  memory,
})

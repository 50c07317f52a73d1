/**
 * Converts the answer to `plan` to JSON, with the same content as the tables and each number in a
 * fixed unit.
 */
import type { VendedTasks } from '@stowage/fargate'
import { replicaCounts, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Plans } from '../question/plan.js'
import { answerVersion } from '../schema/part.js'

/** `{ version, plans, ignored }`, a plan per platform and supply. */
export const plansJson = ({ plans, ignored }: Plans): object => ({
  version: answerVersion,
  plans: plans.flatMap(({ platform, machines, fargate }) => [
    ...(machines === undefined ? [] : [planJson(platform, 'nodes', machines)]),
    ...(fargate === undefined ? [] : [planJson(platform, 'fargate', fargate)]),
  ]),
  ignored,
})

const planJson = (platform: Platform, supply: 'nodes' | 'fargate', plan: PlatformPlan): object => {
  const [placed, unplaced] = replicaCounts(plan)
  return {
    vocabulary: platform.id,
    supply,
    replicas: { placed, unplaced },
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

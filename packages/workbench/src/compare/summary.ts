/**
 * Computes the totals of one plan: replicas with and without a node, machines in use with their
 * utilization, and the CPU and memory on Fargate, requested and received.
 */
import type { WordedPlan } from '@stowage/kernel'
import { isUsed, replicaCounts, type PlatformPlan } from '../platform/plan.js'

/** How much of a resource a node has and uses. */
export type Gauge = WordedPlan['nodes'][number]['gauges'][number]

/** The figures of one world. */
export interface WorldSummary {
  readonly placed: number
  readonly unplaced: number
  /** Machines in use, and all machines. */
  readonly instances: { readonly used: number; readonly all: number }
  /** By resource, the capacity and the use of the machines in use. */
  readonly gauges: readonly Gauge[]
  /** What Fargate vends: CPU in 1/1024 vCPU, memory in MiB. */
  readonly fargate: { readonly cpu: number; readonly memory: number }
  /** What the replicas on Fargate ask for, in the same units. */
  readonly demand: { readonly cpu: number; readonly memory: number }
}

/** The sums over one world. */
export const worldSummary = (world: PlatformPlan): WorldSummary => {
  const { plan, vended } = world
  const { placed, unplaced } = replicaCounts(world)
  const used = plan.nodes.filter(isUsed)
  const total = (of: (row: PlatformPlan['vended'][number]) => number): number =>
    vended.reduce((sum, row) => sum + row.count * of(row), 0)
  return {
    ...{ placed, unplaced },
    instances: { used: used.length, all: plan.nodes.length },
    gauges: sumByResource(used.flatMap(({ gauges }) => gauges)),
    fargate: { cpu: total(({ size }) => size.cpu), memory: total(({ size }) => size.memory) },
    demand: {
      cpu: total(({ demand }) => demand.cpu) / ticksPerCpuUnit,
      memory: total(({ demand }) => demand.memory) / bytesPerMiB,
    },
  }
}

const ticksPerCpuUnit = 125
const bytesPerMiB = 1_048_576

/** The sums by resource; one of which there is none is left out. */
export const sumByResource = (gauges: readonly Gauge[]): readonly Gauge[] => {
  const sums = new Map<string, Gauge>()
  for (const { resource, unit, of, used } of gauges) {
    const before = sums.get(resource) ?? { of: 0, used: 0 }
    sums.set(resource, { resource, unit, of: before.of + of, used: before.used + used })
  }
  return [...sums.values()].filter(({ of }) => of > 0)
}

/**
 * One world in figures: what has a place, what of the instances is used and left, what Fargate
 * vends, and what it costs.
 */
import type { WordedPlan } from '@stowage/kernel'
import { tallied } from '../show/plan-text.js'
import type { Planned } from '../vocabulary/vocabulary.js'

/** How much of a resource a node has and uses. */
type Gauge = WordedPlan['nodes'][number]['gauges'][number]

export interface Summary {
  readonly placed: number
  readonly unplaced: number
  /** Those that hold something, and all. */
  readonly instances: { readonly used: number; readonly all: number }
  /** By resource, what those that hold something have and what is used of it. */
  readonly gauges: readonly Gauge[]
  /** In 1/1024 vCPU and MiB, as Fargate writes sizes; what is asked for of it, in the same. */
  readonly fargate: { readonly cpu: number; readonly memory: number }
  readonly asked: { readonly cpu: number; readonly memory: number }
}

export const summaryOf = (planned: Planned): Summary => {
  const { plan, vended } = planned
  const [placed, unplaced] = tallied(planned)
  const used = plan.nodes.filter(isUsed)
  const total = (of: (one: Planned['vended'][number]) => number): number =>
    vended.reduce((sum, one) => sum + one.count * of(one), 0)
  return {
    ...{ placed, unplaced },
    instances: { used: used.length, all: plan.nodes.length },
    gauges: together(used.flatMap(({ gauges }) => gauges)),
    fargate: { cpu: total(({ size }) => size.cpu), memory: total(({ size }) => size.memory) },
    asked: {
      cpu: total(({ asked }) => asked.cpu) / ticksPerCpuUnit,
      memory: total(({ asked }) => asked.memory) / bytesPerMiB,
    },
  }
}

const ticksPerCpuUnit = 125
const bytesPerMiB = 1_048_576

/** By what was placed there, or by what was there already. */
export const isUsed = ({ holds, gauges }: Planned['plan']['nodes'][number]): boolean =>
  holds.length > 0 || gauges.some(({ used }) => used > 0)

const together = (gauges: readonly Gauge[]): readonly Gauge[] => {
  const sums = new Map<string, Gauge>()
  for (const { resource, unit, of, used } of gauges) {
    const before = sums.get(resource) ?? { of: 0, used: 0 }
    sums.set(resource, { resource, unit, of: before.of + of, used: before.used + used })
  }
  return [...sums.values()].filter(({ of }) => of > 0)
}

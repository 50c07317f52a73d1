/**
 * Computes how many nodes of each NodePool may be disrupted for a reason (empty or underutilized).
 * This is the smallest active budget of the NodePool, with percentages rounded up, minus the number
 * of its nodes that are not ready.
 *
 * Source: Karpenter documentation, "Disruption" (NodePool disruption budgets).
 */
import { int32Max, utc } from '@stowage/documents'
import { later, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { nextRun } from '../cron-job/next-run.js'
import { parseCronSchedule } from '../cron-job/schedule.js'
import { nodePoolKey } from '../node-pool/well-known.js'
import type { KarpenterWorld } from '../karpenter/world.js'
import type { PoolBudget, NodePool } from '../node-pool/words.js'

/** Why nodes are disrupted. */
export type DisruptionReason = 'Empty' | 'Underutilized'

/** By NodePool, how many of its nodes may be disrupted. */
export const allowances = (
  { pools, nodes, now }: KarpenterWorld,
  reason: DisruptionReason,
): ReadonlyMap<string, number> =>
  new Map(
    pools.map((pool) => {
      const { name } = pool.metadata
      const own = nodes.filter(
        ({ isManaged, isInitialized, labels }) =>
          isManaged && isInitialized && labels.get(nodePoolKey) === name,
      )
      const unready = own.filter(({ isReady }) => !isReady).length
      return [name, Math.max(0, allowanceOf(pool, own.length, reason, now) - unready)]
    }),
  )

const allowanceMax = int32Max

/** A budget that cannot be read allows nothing, for whichever reason. */
const allowanceOf = (
  { spec }: NodePool,
  count: number,
  reason: DisruptionReason,
  now: Instant,
): number => {
  const allowed = spec.disruption.budgets.map((budget) => ({
    ...{ budget, nodes: nodesOf(budget, count, now) },
  }))
  if (allowed.some(({ nodes }) => nodes === undefined)) return 0
  return allowed
    .filter(({ budget: { reasons } }) => reasons === undefined || reasons.includes(reason))
    .reduce((least, { nodes }) => Math.min(least, nodes!), allowanceMax)
}

const nodesOf = (budget: PoolBudget, count: number, now: Instant): number | undefined => {
  const isActive = isBudgetActive(budget, now)
  if (isActive === undefined) return undefined
  if (!isActive) return allowanceMax
  if (/^[+-]?\d+$/.test(budget.nodes)) return Number(budget.nodes)
  const percent = /^([+-]?\d+)%$/.exec(budget.nodes)?.[1]
  return percent === undefined ? undefined : Math.ceil((Number(percent) * count) / 100)
}

/** Whether its schedule has begun within its duration; `undefined` when it is no schedule. */
const isBudgetActive = ({ schedule, duration }: PoolBudget, now: Instant): boolean | undefined => {
  if (schedule === undefined && duration === undefined) return true
  const read = parseCronSchedule(schedule ?? '')
  if (E.isLeft(read)) return undefined
  const begin = nextRun(read.right, utc, later(now, -(duration?.seconds ?? 0) * 1000))
  return begin === undefined || begin <= now
}

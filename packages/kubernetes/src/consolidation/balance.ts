/**
 * Decides whether the consolidation policy `Balanced` accepts a command (nodes to delete or
 * replace). It compares two shares:
 * 1. the savings of the command, divided by the price of all candidates of the NodePool;
 * 2. the disruption cost of the command, divided by the disruption cost of all nodes of the
 *    NodePool.
 *
 * The command is accepted if share 1 is at least half of share 2. A NodePool with another policy
 * accepts every command.
 *
 * Source: Karpenter documentation, "Disruption" (consolidationPolicy).
 */
import type { KarpenterWorld } from '../karpenter/world.js'
import { nodePoolKey } from '../node-pool/well-known.js'
import { nodeCost, type DisruptionCandidate } from './candidate.js'
import { priceOfAll, savingsOf, type DisruptionCommand } from './command.js'

/** What a NodePool and its disruption cost. */
export interface PoolTotals {
  readonly price: number
  readonly disruptionCost: number
}

/** The totals by NodePool: prices of candidates, and disruption costs of all nodes. */
export const poolTotals = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
): ReadonlyMap<string, PoolTotals> => {
  const byNode = new Map(candidates.map((one) => [one.node.name, one]))
  const names = new Set(candidates.map(({ pool }) => pool.metadata.name))
  return new Map(
    [...names].map((name) => [
      name,
      {
        price: priceOfAll(candidates.filter(({ pool }) => pool.metadata.name === name)),
        disruptionCost: world.nodes
          .filter(({ labels }) => labels.get(nodePoolKey) === name)
          .reduce(
            (sum, node) => sum + (byNode.get(node.name)?.disruptionCost ?? nodeCost(world, node)),
            0,
          ),
      },
    ]),
  )
}

/** Totals by NodePool. */
export type TotalsByPool = ReadonlyMap<string, PoolTotals>

const isBalanced = ({ pool }: DisruptionCandidate): boolean =>
  pool.spec.disruption.consolidationPolicy === 'Balanced'

const shareMin = 0.5

const isWorth = (
  savings: number,
  disruptionCost: number,
  totals: PoolTotals | undefined,
): boolean => {
  if (totals === undefined || totals.price <= 0 || totals.disruptionCost <= 0) return false
  const share = savings / totals.price
  if (share <= 0) return false
  return share / (disruptionCost / totals.disruptionCost) >= shareMin
}

/** Whether the deletion of a candidate would pass, which saves more than any replacement. */
export const mayPass = (candidate: DisruptionCandidate, totals: TotalsByPool): boolean => {
  const own = totals.get(candidate.pool.metadata.name)
  if (!isBalanced(candidate) || own === undefined || own.price <= 0) return true
  return isWorth(candidate.price, candidate.disruptionCost, own)
}

/** Whether every NodePool with that policy lets a command pass. */
export const passes = (command: DisruptionCommand, totals: TotalsByPool): boolean => {
  const savings = savingsOf(command)
  const all = priceOfAll(command.candidates)
  const names = new Set(command.candidates.map(({ pool }) => pool.metadata.name))
  return [...names].every((name) => {
    const own = command.candidates.filter(({ pool }) => pool.metadata.name === name)
    if (!isBalanced(own[0]!)) return true
    const share = all > 0 && names.size > 1 ? priceOfAll(own) / all : 1
    const disruptionCost = own.reduce((sum, one) => sum + one.disruptionCost, 0)
    return isWorth(savings * share, disruptionCost, totals.get(name))
  })
}

/**
 * Runs the three consolidation methods of Karpenter, within the disruption budgets of NodePools:
 * 1. Emptiness deletes all nodes whose pods cost nothing to evict.
 * 2. Multi-node consolidation finds, by binary search, the longest prefix of the sorted candidates
 *    that can be deleted or replaced together.
 * 3. Single-node consolidation finds the first candidate that can be deleted or replaced alone,
 *    taking candidates of the NodePools in turns.
 */
import { capacityTypeKey, zoneLabelKey } from '../node-pool/well-known.js'
import type { KarpenterWorld } from '../karpenter/world.js'
import { allowances, type DisruptionReason } from './allowance.js'
import { mayPass, passes, poolTotals, type TotalsByPool } from './balance.js'
import {
  candidatesInOrder,
  disruptionCandidates,
  isEmptyCandidate,
  type DisruptionCandidate,
} from './candidate.js'
import { consolidate, withoutSameType, type DisruptionCommand } from './command.js'
import { consolidationDelay } from '../node-pool/consolidation-delay.js'

/** What each method would do; nothing where a list is empty. */
export interface DisruptionCommands {
  readonly emptiness: readonly DisruptionCommand[]
  readonly multi: readonly DisruptionCommand[]
  readonly single: readonly DisruptionCommand[]
}

/** What consolidation would do. Each method starts from the cluster as it is. */
export const disruptNodes = (world: KarpenterWorld): DisruptionCommands => {
  const all = disruptionCandidates(world).filter(
    ({ pool }) => pool.spec.replicas === undefined && consolidationDelay(pool) !== undefined,
  )
  const totals = poolTotals(world, disruptionCandidates(world))
  const underused = candidatesInOrder(all.filter(isConsolidatable))
  return {
    emptiness: deleteEmpty(world, candidatesInOrder(all.filter(isEmptyCandidate))),
    multi: consolidateSeveral(world, underused, totals),
    single: consolidateOne(world, underused, totals),
  }
}

/** Whether the price of a node is known, and its pool lets nodes with pods go. */
const isConsolidatable = (candidate: DisruptionCandidate): boolean =>
  candidate.type !== undefined &&
  candidate.node.labels.has(capacityTypeKey) &&
  candidate.node.labels.has(zoneLabelKey) &&
  !isEmptyCandidate(candidate) &&
  candidate.pool.spec.disruption.consolidationPolicy !== 'WhenEmpty'

/** The candidates that the budgets allow, in order. */
const withinBudgets = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
  reason: DisruptionReason,
): readonly DisruptionCandidate[] => {
  const left = new Map(allowances(world, reason))
  return candidates.filter(({ pool: { metadata } }) => {
    const allowed = left.get(metadata.name) ?? 0
    if (allowed === 0) return false
    left.set(metadata.name, allowed - 1)
    return true
  })
}

const deleteEmpty = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
): readonly DisruptionCommand[] => {
  const allowed = withinBudgets(world, candidates, 'Empty')
  return allowed.length === 0 ? [] : [{ candidates: allowed, replacement: undefined }]
}

const batchMax = 100

const consolidateSeveral = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
  totals: TotalsByPool,
): readonly DisruptionCommand[] => {
  const allowed = withinBudgets(world, candidates, 'Underutilized')
  let [least, most] = [1, allowed.length <= batchMax ? allowed.length - 1 : batchMax]
  let found: DisruptionCommand | undefined
  while (least <= most) {
    const middle = Math.floor((least + most) / 2)
    const command = severalTogether(world, allowed.slice(0, middle + 1))
    if (command !== undefined && passes(command, totals)) {
      found = command
      least = middle + 1
    } else most = middle - 1
  }
  return found === undefined ? [] : [found]
}

const severalTogether = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
): DisruptionCommand | undefined => {
  const command = consolidate(world, candidates)
  if (command?.replacement === undefined) return command
  const replacement = withoutSameType(command.replacement, candidates)
  return replacement === undefined || replacement.types.length === 0
    ? undefined
    : { candidates, replacement }
}

const consolidateOne = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
  totals: TotalsByPool,
): readonly DisruptionCommand[] => {
  const left = allowances(world, 'Underutilized')
  for (const candidate of inTurns(candidates)) {
    if ((left.get(candidate.pool.metadata.name) ?? 0) === 0 || !mayPass(candidate, totals)) continue
    const command = consolidate(world, [candidate])
    if (command !== undefined && passes(command, totals)) return [command]
  }
  return []
}

/** One of each NodePool after the other; upstream takes the pools in any order. */
const inTurns = (candidates: readonly DisruptionCandidate[]): readonly DisruptionCandidate[] => {
  const pools = [...new Set(candidates.map(({ pool }) => pool))]
  const lists = pools.map((pool) => candidates.filter((one) => one.pool === pool))
  const rounds = lists.reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: rounds }, (_, round) =>
    lists.flatMap((list) => list[round] ?? []),
  ).flat()
}

/**
 * Chooses the node for the next replica of a class (a workload as the scheduler sees it) by a scan
 * of all nodes. It drops the nodes that a filter refuses, scores the rest, and takes the best. The
 * scan is the specification: a decision by index must choose the same node.
 */
import type { State } from '../cluster/state.js'
import { nodeRows } from '../cluster/read.js'
import { idOf } from '../cluster/generation.js'
import { nextGeneration, nextRow } from '../cluster/replicas.js'
import { rankedRows, ranksOf } from '../cluster/roster.js'
import { lendRows, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import type { ClassSpec } from '../rule/class.js'
import type { NodeId } from '../rule/id.js'
import { pick } from '../score/best.js'
import { bestOf } from '../score/score.js'

/**
 * The candidates at the start, in the order of rank: all nodes, or those that the request names.
 */
export const candidatesOf = (
  state: State,
  only: readonly NodeId[] | undefined,
  scratch: Scratch,
): Candidates => {
  const ranked = only === undefined ? rankedRows(state.roster) : rankRows(state, only)
  const rows = lendRows(scratch, ranked.length)
  rows.set(ranked)
  return { rows, count: ranked.length }
}

const rankRows = (state: State, only: readonly NodeId[]): readonly number[] => {
  const ranks = ranksOf(state.roster)
  return [...new Set(nodeRows(state, only))].sort((a, b) => ranks[a]! - ranks[b]!)
}

/** The id of the next replica, which seeded ties hash. */
export const nextReplicaId = ({ replicas }: State): number =>
  idOf(nextRow(replicas), nextGeneration(replicas))

/** The node row for the next replica of a class; `undefined` when no node is feasible. */
export const decide = (
  state: State,
  classSpec: ClassSpec,
  only: readonly NodeId[] | undefined,
  scratch: Scratch,
): number | undefined => {
  const candidates = candidatesOf(state, only, scratch)
  for (const filter of classSpec.filters) {
    if (candidates.count === 0) return undefined
    narrow(filter, state, candidates)
  }
  if (candidates.count <= 1) return candidates.count === 1 ? candidates.rows[0]! : undefined
  const best = bestOf(classSpec.choice, { state, candidates, scratch })
  return candidates.rows[pick(classSpec.choice.tie, best, nextReplicaId(state))]!
}

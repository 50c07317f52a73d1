/**
 * Why nodes refuse a class: per node for an explanation, in sum for what found no place.
 */
import type { Parts } from '../cluster/parts.js'
import type { Candidates } from '../judge/candidates.js'
import { refusing } from '../judge/judge.js'
import type { Refusal, Unplaced } from '../rule/answer.js'
import type { Class } from '../rule/class.js'
import type { Reason } from '../rule/id.js'

/** All refusals of a node row, in the order of the class's filters. */
export const refusalsOf = (
  described: Class,
  parts: Parts,
): ((row: number) => readonly Refusal[]) => {
  const judges = described.filters.map((filter) => refusing(filter, parts))
  return (row) => judges.flatMap((judge) => judge(row) ?? [])
}

/** How many of the nodes give each reason in their first refusal. */
export const summed = (
  described: Class,
  parts: Parts,
  { rows, count }: Candidates,
  unplaced: number,
): Unplaced => {
  const refusals = refusalsOf(described, parts)
  const tally = new Map<Reason, number>()
  for (const row of rows.subarray(0, count))
    for (const reason of new Set(refusals(row)[0]?.reasons))
      tally.set(reason, (tally.get(reason) ?? 0) + 1)
  return {
    count: unplaced,
    nodes: count,
    reasons: [...tally].sort(([a], [b]) => a - b),
  }
}

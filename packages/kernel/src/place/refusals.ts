/**
 * Collects the reasons for which nodes refuse a class (a workload as the scheduler sees it):
 * 1. all reasons of one node, for explanations and remedies;
 * 2. the number of nodes per reason, for replicas that found no node.
 */
import type { State } from '../cluster/state.js'
import { newScratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrowToFitBy } from '../judge/fit.js'
import { narrow, judgeBy } from '../judge/judge.js'
import type { PlaceRequest, Refusal, UnmetRequest } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import type { ReasonId } from '../rule/id.js'
import { candidatesOf } from './by-the-book.js'

/** All refusals of a node row, in the order of the class's filters. */
export const refusalsOf = (
  classSpec: ClassSpec,
  state: State,
): ((row: number) => readonly Refusal[]) => {
  const judges = classSpec.filters.map((filter) => judgeBy(filter, state))
  return (row) => judges.flatMap((judge) => judge(row) ?? [])
}

/**
 * Counts the candidates by the reasons of their first refusal, filter by filter. Narrows the
 * candidates as it goes.
 */
export const sumRefusals = (
  classSpec: ClassSpec,
  state: State,
  { rows, count }: Candidates,
  unplaced: number,
): UnmetRequest => {
  const tally = new Map<ReasonId, number>()
  const add = (reason: ReasonId, nodes: number): void => {
    if (nodes > 0) tally.set(reason, (tally.get(reason) ?? 0) + nodes)
  }
  const left = { rows, count }
  for (const filter of classSpec.filters)
    if (filter._tag === 'Fit')
      for (const [short, nodes] of narrowToFitBy(filter, state, left))
        for (const reason of new Set(short.map((part) => part.reason))) add(reason, nodes)
    else {
      const before = left.count
      narrow(filter, state, left)
      add(filter.reason, before - left.count)
    }
  return {
    count: unplaced,
    nodes: count,
    reasons: [...tally].sort(([a], [b]) => a - b),
  }
}

/** A node row with the refusals of the class's filters, by position of the filter. */
export interface NodeVerdicts {
  readonly row: number
  readonly refusals: ReadonlyMap<number, Refusal>
}

/** Asks every filter about every candidate; filters that allow a node have no entry. */
export const judgeNodes = (
  state: State,
  classSpec: ClassSpec,
  only: PlaceRequest['only'],
): readonly NodeVerdicts[] => {
  const candidates = candidatesOf(state, only, newScratch())
  const judges = classSpec.filters.map((filter) => judgeBy(filter, state))
  return Array.from(candidates.rows.subarray(0, candidates.count), (row) => ({
    row,
    refusals: new Map(
      judges.flatMap((refuses, position) => {
        const refusal = refuses(row)
        return refusal === undefined ? [] : [[position, refusal] as const]
      }),
    ),
  }))
}

/**
 * Evaluates the filters of one class (a workload as the scheduler sees it) on single nodes, many
 * times, while trials bind and evict replicas. The search for preemption victims does so for every
 * node and every pod on it. The replicas of all nodes are counted once; each further evaluation
 * applies only the changes since the last one.
 */
import { changeOf, classRowOf, listen, nodeOf, phaseOf, reachesBackTo } from '../cluster/changes.js'
import { phaseMasksOf } from '../cluster/classes.js'
import { stateOf } from '../cluster/cluster.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { nodeRows } from '../cluster/read.js'
import { rankedRows } from '../cluster/roster.js'
import { withIndex, type State } from '../cluster/state.js'
import {
  eligibleExprs,
  exprsOfFilter,
  extremesTalliesOf,
  talliesOfFilter,
} from '../index/rule-reads.js'
import { addToCounts, openLiveCounts, type LiveCounts } from '../index/structures/live-counts.js'
import { trialCorrections } from '../judge/count.js'
import { isLocal } from '../judge/domain-counts.js'
import type { Refusal } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import type { Tally } from '../rule/expr.js'
import type { ClassId, NodeId } from '../rule/id.js'
import { leavesOf } from '../rule/leaves.js'
import { judgeNode } from './explain.js'
import { getClassSpec } from './get-class-spec.js'
import { refusalsOf } from './refusals.js'

/** The refusals of a class's filters on a node; empty when none refuses or the node is unknown. */
type NodeJudge = (node: NodeId) => readonly Refusal[]

/**
 * A judge for one class, for as long as the draft is open. It answers as `judgeNode` does. Masks
 * must stay as they are. Throws for an unknown class.
 */
export const openNodeJudge = (draft: Draft, classId: ClassId): NodeJudge => {
  const first = stateOf(draft)
  const classSpec = getClassSpec(first, classId)
  const scan: NodeJudge = (node) => judgeNode(draft, classId, node)
  const tallies = countedTallies(classSpec)
  if (tallies === undefined || tallies.length === 0) return scan
  const changes = changesOf(draft)
  listen(changes)
  /** Within a trial, what `removal` counts otherwise would be counted twice. */
  const openCounts = (state: State): TallyCounts | undefined =>
    state.moves === undefined
      ? openTallyCounts(state, classSpec, tallies, changes.count)
      : undefined
  let live = openCounts(first)
  return (node) => {
    const state = stateOf(draft)
    const isUsable =
      live?.ranked === rankedRows(state.roster) && reachesBackTo(changes, live.nextChange)
    const counts = isUsable ? live : openCounts(state)
    if (counts === undefined) return scan(node)
    live = counts
    catchUpCounts(counts, state, changes)
    const [row] = nodeRows(state, [node])
    if (row === undefined) return []
    const view = withIndex(state, {
      domainCounts: (tally) => counts.byTally.get(tally),
      scoreOf: () => undefined,
      isPerNode: (tally) => counts.byTally.get(tally)?.domains.isPerNode === true,
      nodesLike: () => 1,
    })
    correctCounts(counts, state, 1)
    const refusals = refusalsOf(classSpec, view)(row)
    correctCounts(counts, state, -1)
    return refusals
  }
}

/** Live counts of the tallies of a class, and the number of the first change that they lack. */
interface TallyCounts {
  readonly ranked: ReturnType<typeof rankedRows>
  readonly byTally: ReadonlyMap<Tally, LiveCounts>
  nextChange: number
}

/** With more tallies, the columns of their domains would take more memory than they are worth. */
const talliesMax = 64

/**
 * The tallies of a class's filters over several nodes; undefined when some cannot be kept up to
 * date by the change log.
 */
const countedTallies = ({ filters }: ClassSpec): readonly Tally[] | undefined => {
  const tallies = filters.flatMap(talliesOfFilter)
  const leaves = filters.flatMap(exprsOfFilter).flatMap(leavesOf)
  const inExprs = leaves.flatMap((leaf) => (leaf._tag === 'Count' ? [leaf.tally] : []))
  const eligible = eligibleExprs([...tallies, ...inExprs]).flatMap(leavesOf)
  const isCounted = !inExprs.every(isLocal) || eligible.some(({ _tag }) => _tag === 'Count')
  return isCounted || tallies.length > talliesMax ? undefined : tallies
}

const openTallyCounts = (
  state: State,
  { filters }: ClassSpec,
  tallies: readonly Tally[],
  nextChange: number,
): TallyCounts => {
  const withExtremes = new Set(filters.flatMap(extremesTalliesOf))
  return {
    ranked: rankedRows(state.roster),
    byTally: new Map(
      tallies.map((tally) => [tally, openLiveCounts(state, tally, withExtremes.has(tally))]),
    ),
    nextChange,
  }
}

const catchUpCounts = (
  counts: TallyCounts,
  { classes }: State,
  changes: ReturnType<typeof changesOf>,
): void => {
  for (const [tally, one] of counts.byTally) {
    const masks = phaseMasksOf(classes, tally.facts)
    for (let number = counts.nextChange; number < changes.count; number++)
      if (((masks[classRowOf(changes, number)]! >> phaseOf(changes, number)) & 1) === 1)
        addToCounts(one, nodeOf(changes, number), changeOf(changes, number))
  }
  counts.nextChange = changes.count
}

/** Adds to the counts what `removal` counts otherwise in the open trials, or takes it off again. */
const correctCounts = ({ byTally }: TallyCounts, state: State, sign: 1 | -1): void => {
  if (state.moves === undefined) return
  for (const [tally, one] of byTally)
    if (tally.removal !== undefined)
      for (const [row, more] of trialCorrections(state, tally.facts, tally.removal))
        if (more !== 0) addToCounts(one, row, sign * more)
}

/**
 * Explains where a replica of a class (a workload as the scheduler sees it) would go. It lists what
 * every filter and every score says about every node, computed by the code that placing uses.
 */
import { stateOf, type View } from '../cluster/cluster.js'
import type { State } from '../cluster/state.js'
import { nodeIdOf, nodeRows } from '../cluster/read.js'
import { newScratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import type {
  Explanation,
  NodeExplanation,
  NodeScore,
  Refusal,
  PlaceRequest,
} from '../rule/answer.js'
import type { ClassId, NodeId } from '../rule/id.js'
import { selectBest, pick } from '../score/best.js'
import { isIgnored } from '../score/ignored.js'
import { scoreAll, type ScoreTable } from '../score/score.js'
import { candidatesOf, nextReplicaId } from './by-the-book.js'
import { getClassSpec } from './get-class-spec.js'
import { refusalsOf } from './refusals.js'

/**
 * Explains one replica of a request as if it were placed now. Changes nothing; costs a scan in
 * which no filter stops early. Throws for an unknown class.
 *
 * @example
 * ```ts
 * import { batch, classSpecOf, cpu, define, empty, explain, getOrThrow } from '@stowage/kernel'
 * import { join, nodeSpecOf } from '@stowage/kernel'
 *
 * batch(empty, (draft) => {
 *   getOrThrow(join(draft, nodeSpecOf('small', [[cpu, 100]])))
 *   const job = getOrThrow(define(draft, classSpecOf([[cpu, 400]])))
 *   const { chosen, nodes } = explain(draft, { class: job })
 *   console.log(chosen, nodes[0]?.first?.removable)
 * })
 * ```
 * ```text
 * undefined false
 * ```
 */
export const explain = (view: View, request: Pick<PlaceRequest, 'class' | 'only'>): Explanation => {
  const state = stateOf(view)
  const classSpec = getClassSpec(state, request.class)
  const scratch = newScratch()
  const { rows, count } = candidatesOf(state, request.only, scratch)
  const nodes = Array.from(rows.subarray(0, count))
  const refusals = nodes.map(refusalsOf(classSpec, state))
  const feasible = nodes.filter((_, i) => refusals[i]!.length === 0)
  const candidates = { rows: Int32Array.from(feasible), count: feasible.length }
  const positions = new Map(feasible.map((row, position) => [row, position]))
  const scores = scoreAll(classSpec.choice, { state, candidates, scratch })
  return {
    nodes: nodes.map((row, i) => explainNode(state, row, refusals[i]!, positions.get(row), scores)),
    ...chooseBest(state, candidates, scores, classSpec.choice.tie),
    decidedBy: 'scan',
  }
}

/**
 * The refusals of the class's filters on one node, as `explain` has them; empty when none refuses,
 * or when the node is unknown. Costs no scan, unless a filter counts over several nodes. Throws for
 * an unknown class.
 */
export const judgeNode = (view: View, classId: ClassId, node: NodeId): readonly Refusal[] => {
  const state = stateOf(view)
  const classSpec = getClassSpec(state, classId)
  const [row] = nodeRows(state, [node])
  return row === undefined ? [] : refusalsOf(classSpec, state)(row)
}

/**
 * What the class's filters and scores say about one node; `position` is `undefined` when a filter
 * refuses.
 */
const explainNode = (
  state: State,
  row: number,
  all: readonly Refusal[],
  position: number | undefined,
  scores: ScoreTable,
): NodeExplanation => ({
  node: nodeIdOf(state, row),
  ...(all[0] === undefined ? {} : { first: all[0] }),
  all,
  scores: position === undefined ? [] : scoresAt(scores, position),
})

const scoresAt = ({ columns }: ScoreTable, position: number): readonly NodeScore[] =>
  columns.map(({ plugin, raw, weighted }) => ({
    plugin,
    ...(isIgnored(raw[position]!) ? {} : { raw: raw[position]! }),
    weighted: weighted[position]!,
  }))

/** The best set, the chosen node and the runner-up. */
const chooseBest = (
  state: State,
  { rows, count }: Candidates,
  { decisive }: ScoreTable,
  tie: Parameters<typeof pick>[0],
): Pick<Explanation, 'best' | 'chosen' | 'runnerUp'> => {
  if (count === 0) return { best: [] }
  const best = selectBest(decisive, count, new Int32Array(count))
  const first = pick(tie, best, nextReplicaId(state))
  const next = selectBest(decisive, count, new Int32Array(count), first)
  const nodeAt = (position: number) => nodeIdOf(state, rows[position]!)
  return {
    best: Array.from(best.positions.subarray(0, best.count), nodeAt),
    chosen: nodeAt(first),
    ...(next.count === 0 ? {} : { runnerUp: nodeAt(next.positions[0]!) }),
  }
}

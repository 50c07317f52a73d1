/**
 * Why a replica would go where it would go: the same rules as placing, asked of every node and not
 * stopped at the first refusal.
 */
import { stateOf, type View } from '../cluster/cluster.js'
import type { State } from '../cluster/parts.js'
import { nodeIdOf } from '../cluster/read.js'
import { newScratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import type {
  Explanation,
  NodeExplanation,
  NodeScore,
  Refusal,
  PlaceRequest,
} from '../rule/answer.js'
import { bestOf, pick } from '../score/best.js'
import { isIgnored } from '../score/ignored.js'
import { scoreAll, type Scored } from '../score/score.js'
import { lookedAt, nextReplica } from './by-the-book.js'
import { classOf } from './class-of.js'
import { refusalsOf } from './refusals.js'

/** Explains one replica of a request, were it placed now. Reads every node and changes nothing. */
export const explain = (view: View, asked: Pick<PlaceRequest, 'class' | 'only'>): Explanation => {
  const parts = stateOf(view)
  const classSpec = classOf(parts, asked.class)
  const scratch = newScratch()
  const looked = lookedAt(parts, asked.only, scratch)
  const nodes = Array.from(looked.rows.subarray(0, looked.count))
  const refusals = nodes.map(refusalsOf(classSpec, parts))
  const feasible = nodes.filter((_, i) => refusals[i]!.length === 0)
  const candidates = { rows: Int32Array.from(feasible), count: feasible.length }
  const positions = new Map(feasible.map((row, position) => [row, position]))
  const scored = scoreAll(classSpec.choice, { parts, candidates, scratch })
  return {
    nodes: nodes.map((row, i) => explained(parts, row, refusals[i]!, positions.get(row), scored)),
    ...verdict(parts, candidates, scored, classSpec.choice.tie),
    decidedBy: 'scan',
  }
}

const explained = (
  parts: State,
  row: number,
  all: readonly Refusal[],
  position: number | undefined,
  scored: Scored,
): NodeExplanation => ({
  node: nodeIdOf(parts, row),
  ...(all[0] === undefined ? {} : { first: all[0] }),
  all,
  scores: position === undefined ? [] : scoresAt(scored, position),
})

const scoresAt = ({ columns }: Scored, position: number): readonly NodeScore[] =>
  columns.map(({ plugin, raw, weighted }) => ({
    plugin,
    ...(isIgnored(raw[position]!) ? {} : { raw: raw[position]! }),
    weighted: weighted[position]!,
  }))

const verdict = (
  parts: State,
  { rows, count }: Candidates,
  { deciding }: Scored,
  tie: Parameters<typeof pick>[0],
): Pick<Explanation, 'best' | 'chosen' | 'runnerUp'> => {
  if (count === 0) return { best: [] }
  const best = bestOf(deciding, count, new Int32Array(count))
  const first = pick(tie, best, nextReplica(parts))
  const next = bestOf(deciding, count, new Int32Array(count), first)
  const nodeAt = (position: number) => nodeIdOf(parts, rows[position]!)
  return {
    best: Array.from(best.positions.subarray(0, best.count), nodeAt),
    chosen: nodeAt(first),
    ...(next.count === 0 ? {} : { runnerUp: nodeAt(next.positions[0]!) }),
  }
}

/**
 * Computes preemption in a plan for a pod that fits nowhere. The answer is the node where the pod
 * would fit after evicting victims, or the reasons per node why eviction does not help.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import {
  explain,
  getOrThrow,
  nodeName,
  replicasOn,
  evict,
  trial,
  wordExplanation,
  type NodeId,
} from '@stowage/kernel'
import { bestCandidates } from '../preempt/nominate.js'
import type { Victims } from '../preempt/victims.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { decide, type Nomination } from '../scheduler/attempt.js'
import { preempts } from '../scheduler/eligible.js'
import { judge, type JudgedPod } from '../scheduler/judge.js'
import type { LoweredPod } from '../scheduler/lowered.js'
import { asIf, type Session } from '../scheduler/session.js'
import { rejectionOf } from '../scheduler/verdict.js'
import { lowerTurn } from './pinned.js'
import type { Stage, Turn } from './stage.js'

/**
 * The nomination for one more pod of the turn, which found no node; `undefined` when preemption
 * does not help or is disabled.
 */
export const nominationFor = (stage: Stage, turn: Turn): Nomination | undefined => {
  const { session } = stage
  const { priority } = turn.workload
  if (stage.priorityMin >= priority || !preempts(session, turn.workload)) return undefined
  const lowered = lowerTurn(stage, turn)
  return asIf(session, (inner) => decide(inner, judge(inner, lowered)).verdict.preemption)
}

/**
 * A node where preemption helps, and the number of its victims, including those that already leave.
 */
export interface Way {
  readonly node: string
  readonly count: number
}

/** The best node for preemption, or the reasons of each node whose refusal was removable. */
export type Ways = { readonly best: Way } | { readonly reasons: readonly (readonly string[])[] }

/**
 * The ways of preemption for a judged pod without a node. `candidates` are the nodes where it
 * helps.
 */
export const waysOf = (
  session: Session,
  { lowered, before }: JudgedPod,
  candidates: readonly Victims[],
): Ways => {
  const [best] = bestCandidates(candidates)
  if (best !== undefined)
    return { best: { node: nodeName(session.draft, best.node), count: best.pods.length } }
  const tried = before.nodes.filter(({ first }) => first?.removable === true)
  return { reasons: tried.map(({ node }) => whyNot(session, lowered, node)) }
}

const whyNot = (
  { draft, placed }: Session,
  { class: classId, spec: { priority } }: LoweredPod,
  node: NodeId,
): readonly string[] => {
  const there = replicasOn(draft, node).flatMap(({ id }) => placed.get(id) ?? [])
  const lower = there.filter((pod) => pod.priority < priority)
  if (lower.length === 0) return ['No preemption victims found for incoming pod']
  return trial(draft, (inner) => {
    for (const { replica } of lower) getOrThrow(evict(inner, replica))
    const left = explain(inner, { class: classId, only: [node] })
    const [worded] = wordExplanation(inner, left, vocabularyOf(inner)).nodes
    if (worded?.first === undefined) return [false, []]
    return [false, rejectionOf(worded.first, worded.all).reasons]
  })
}

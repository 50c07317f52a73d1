/**
 * What preemption comes to for a pod that fits nowhere: where it would fit if others made way, or,
 * node by node, why not.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import {
  getOrThrow,
  define,
  explain,
  nodeName,
  replicasOn,
  evict,
  trial,
  wordExplanation,
  type ClassId,
  type Explanation,
  type NodeId,
} from '@stowage/kernel'
import { attempt, candidatesOf, type Nomination } from '../cycle/attempt.js'
import { judged } from '../cycle/judged.js'
import { preempts } from '../cycle/eligible.js'
import { classOf, type KnownPod, type Session } from '../cycle/session.js'
import { rejectionOf } from '../cycle/verdict.js'
import type { Turn } from '../plan/stage.js'
import { bestCandidates } from '../preempt/nominate.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { pinned } from './pinned.js'

/** The session as it is, for a body that may change it: nothing of that stays. */
export const asIf = <Answer>(session: Session, body: (session: Session) => Answer): Answer =>
  trial(session.draft, (draft) => [
    false,
    body({
      ...session,
      draft,
      placed: new Map(session.placed),
      nominated: new Map(session.nominated),
    }),
  ])

/** For one more pod of the turn. Where nobody of lower priority runs, there is nobody to ask. */
export const nominationFor = (session: Session, turn: Turn): Nomination | undefined => {
  const { priority } = turn.wanting
  const isLower = [...session.placed.values()].some((pod) => pod.priority < priority)
  if (!isLower || !preempts(session, turn.wanting)) return undefined
  return asIf(session, (inner) => attempt(inner, pinned(inner, turn)).verdict.preemption)
}

/** How many pods would go, those that are leaving already among them, and from where. */
export interface Way {
  readonly node: string
  readonly count: number
}

/** The best way, or else what is said of each node whose refusal removing pods could undo. */
export type Ways = { readonly best: Way } | { readonly reasons: readonly (readonly string[])[] }

export const waysOf = (session: Session, pod: KnownPod, found: Explanation): Ways => {
  const { draft } = session
  const described = classOf(session, pod)
  const candidates = asIf(session, (inner) => candidatesOf(inner, judged(inner, pod)))
  const [best] = bestCandidates(candidates)
  if (best !== undefined)
    return { best: { node: nodeName(draft, best.node), count: best.pods.length } }
  const asked = getOrThrow(define(draft, described))
  const tried = found.nodes.filter(({ first }) => first?.removable === true)
  return { reasons: tried.map(({ node }) => whyNot(session, asked, described.priority, node)) }
}

const whyNot = (
  { draft, placed }: Session,
  asked: ClassId,
  priority: number,
  node: NodeId,
): readonly string[] => {
  const there = replicasOn(draft, node).flatMap(({ id }) => placed.get(id) ?? [])
  const lower = there.filter((pod) => pod.priority < priority)
  if (lower.length === 0) return ['No preemption victims found for incoming pod']
  return trial(draft, (inner) => {
    for (const { replica } of lower) getOrThrow(evict(inner, replica))
    const left = explain(inner, { class: asked, only: [node] })
    const [worded] = wordExplanation(inner, left, vocabularyOf(inner)).nodes
    if (worded?.first === undefined) return [false, []]
    return [false, rejectionOf(worded.first, worded.all).reasons]
  })
}

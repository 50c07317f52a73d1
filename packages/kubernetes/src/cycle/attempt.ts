/**
 * One cycle of the scheduler, as a function: a pod is gated, goes to a node, or finds none, and then preemption is asked.
 */
import {
  certain,
  define,
  explain,
  findNode,
  nodeName,
  replicasOn,
  wordExplanation,
  type Class,
  type Explanation,
  type WordedExplanation,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { pluginOf } from '../lower/reason.js'
import { bestCandidates } from '../preempt/nominate.js'
import { victimsOn, type Victims } from '../preempt/victims.js'
import { reserved } from '../volume/reserve.js'
import { codeOf, vocabularyOf } from '../raise/vocabulary.js'
import { gateOf } from './gate.js'
import { classOf, settle, type KnownPod, type Session } from './session.js'
import { scheduledVerdict, unschedulableVerdict, type Rejection, type Verdict } from './verdict.js'

/** What is said of the pod, and all nominations that are equally good, of which the verdict has the first by name. */
export interface Attempt {
  readonly verdict: Verdict
  readonly nominations: readonly Nomination[]
}

export type Nomination = NonNullable<Verdict['preemption']>

/** Schedules one pod, and leaves it where it goes: to `pick`, if that is feasible, or to the first of the best by name. */
export const attempt = (session: Session, pod: KnownPod, pick?: string): Attempt => {
  const { draft } = session
  const gate = gateOf(pod)
  if (gate !== undefined)
    return { verdict: { pod: pod.name, result: 'gated', preFilter: gate }, nominations: [] }
  const described = classOf(session, pod)
  const asked = certain(define(draft, described))
  const found = explain(draft, { class: asked })
  const worded = wordExplanation(draft, found, vocabularyOf(draft))
  if (found.chosen === undefined) return unplaced(session, pod, described, found, worded)
  const node = isFeasible(worded, pick) ? pick : worded.chosen!
  const id = findNode(draft, node)
  if (O.isSome(id)) {
    settle(session, pod, described, id.value)
    session.around = reserved(draft, pod, id.value, session.around)
  }
  return { verdict: scheduledVerdict(pod.name, worded, node), nominations: [] }
}

const isFeasible = ({ nodes }: WordedExplanation, pick: string | undefined): pick is string =>
  nodes.some(({ name, first }) => name === pick && first === undefined)

const unplaced = (
  session: Session,
  pod: KnownPod,
  described: Class,
  found: Explanation,
  worded: WordedExplanation,
): Attempt => {
  const verdict = unschedulableVerdict(pod.name, worded, refusedBefore(session, described))
  const candidates =
    verdict.preFilter !== undefined || pod.spec.preemptionPolicy === 'Never'
      ? []
      : candidatesOf(session, described, found)
  const nominations = bestCandidates(candidates).map((one) => nominated(session, one))
  const [first] = nominations
  return {
    verdict: first === undefined ? verdict : { ...verdict, preemption: first },
    nominations,
  }
}

/** A plugin that leaves no node before any is looked at has refused the pod itself. */
const refusedBefore = ({ draft }: Session, { filters }: Class): Rejection | undefined => {
  const refusing = filters.find(
    (filter) =>
      filter._tag === 'Only' && filter.nodes.length === 0 && filter.plugin !== pluginOf(''),
  )
  if (refusing?._tag !== 'Only') return undefined
  const { plugin, reason } = vocabularyOf(draft).reasonOf(refusing.reason)
  return { plugin, code: codeOf(refusing.removable), reasons: [reason] }
}

/** Only nodes whose first refusal could be undone by removing pods are tried. */
export const candidatesOf = (
  { draft, placed, budgets }: Session,
  described: Class,
  { nodes }: Explanation,
): readonly Victims[] => {
  const asked = { class: certain(define(draft, described)), priority: described.priority }
  return nodes.flatMap(({ node, first }) => {
    if (first?.removable !== true) return []
    const there = replicasOn(draft, node).flatMap(({ id }) => placed.get(id) ?? [])
    return victimsOn(draft, asked, node, there, budgets) ?? []
  })
}

/** A pod that is leaving already is not told again. */
const nominated = ({ draft }: Session, { node, pods }: Victims): Nomination => ({
  node: nodeName(draft, node),
  victims: pods
    .filter(({ phase }) => phase !== 'leaving')
    .map(({ name }) => name)
    .sort(),
})

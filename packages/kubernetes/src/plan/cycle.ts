/**
 * What the scheduler's cycle makes of one pod, were it its turn now: told in full, and nothing is
 * changed.
 */
import {
  getOrThrow,
  define,
  explain,
  nodeIds,
  type ClassId,
  type Explanation,
} from '@stowage/kernel'
import { attempt, type Nomination } from '../scheduler/attempt.js'
import { classOf, profileFor, type KnownPod, type Session } from '../scheduler/session.js'
import type { Verdict } from '../scheduler/verdict.js'
import { eventMessage } from './message.js'
import { asIf, waysOf } from './preemption.js'

export interface Told {
  readonly class: ClassId
  readonly explanation: Explanation
  readonly verdict: Verdict
  /** The ways of preemption that nobody beats. */
  readonly nominations: readonly Nomination[]
  /** The text of the event; nothing for a pod that fits somewhere. */
  readonly message: string | undefined
}

export const told = (session: Session, pod: KnownPod): Told => {
  const asked = getOrThrow(define(session.draft, classOf(session, pod)))
  const explanation = explain(session.draft, { class: asked })
  const { verdict, nominations } = asIf(session, (inner) => attempt(inner, pod))
  return {
    class: asked,
    explanation,
    verdict,
    nominations,
    message: messageOf(session, pod, verdict, explanation),
  }
}

const messageOf = (
  session: Session,
  pod: KnownPod,
  verdict: Verdict,
  explanation: Explanation,
): string | undefined => {
  if (verdict.result !== 'unschedulable') return undefined
  const { preFilters, postFilters } = profileFor(session, pod)
  return eventMessage(verdict, {
    nodes: nodeIds(session.draft).length,
    preFilters,
    postFilters,
    ways: verdict.preFilter === undefined ? waysOf(session, pod, explanation) : { reasons: [] },
    preemptionPolicy: pod.spec.preemptionPolicy,
  })
}

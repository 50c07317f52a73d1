/**
 * Explains the scheduling cycle of one pod in full, with verdict, event message and judged nodes,
 * as if the pod were scheduled now. The decision is made in a trial and rolled back.
 */
import { nodeIds } from '@stowage/kernel'
import { candidatesOf, decide, type Attempt } from '../scheduler/attempt.js'
import { judge, type JudgedPod } from '../scheduler/judge.js'
import type { LoweredPod } from '../scheduler/lowered.js'
import { asIf, profileFor, type Session } from '../scheduler/session.js'
import type { Verdict } from '../scheduler/verdict.js'
import { eventMessage } from './message.js'
import { waysOf, type Ways } from './preemption.js'

/** The result of the cycle with the judged nodes. `nominations` are all equally good ones. */
export interface CycleExplanation extends Pick<Attempt, 'verdict' | 'nominations'> {
  readonly judgedPod: JudgedPod
  /** The text of the event; `undefined` for a pod that fits on a node. */
  readonly message: string | undefined
}

/** Judges a pod that no gate holds, and decides in a trial as if it were its turn. */
export const explainCycle = (session: Session, lowered: LoweredPod): CycleExplanation =>
  asIf(session, (inner) => {
    const judgedPod = judge(inner, lowered)
    const { verdict, nominations } = decide(inner, judgedPod)
    return { judgedPod, verdict, nominations, message: messageOf(inner, judgedPod, verdict) }
  })

const messageOf = (
  session: Session,
  judgedPod: JudgedPod,
  verdict: Verdict,
): string | undefined => {
  if (verdict.result !== 'unschedulable') return undefined
  const { pod } = judgedPod.lowered
  const { preFilters, postFilters } = profileFor(session, pod)
  const ways: Ways =
    verdict.preFilter === undefined
      ? waysOf(session, judgedPod, candidatesOf(session, judgedPod))
      : { reasons: [] }
  return eventMessage(verdict, {
    nodes: nodeIds(session.draft).length,
    preFilters,
    postFilters,
    ways,
    preemptionPolicy: pod.spec.preemptionPolicy,
  })
}

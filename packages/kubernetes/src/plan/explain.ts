/**
 * Why a pod goes where it goes: one that waits, at the moment of its turn in the plan; one that is
 * on a node already, as if it were to be placed now.
 */
import {
  batch,
  empty,
  findNode,
  namesAfter,
  remedies,
  wordReplay,
  type Draft,
  type ReplicaId,
  type WordedReplay,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { Nomination } from '../scheduler/attempt.js'
import { asIf } from '../scheduler/session.js'
import type { Rejection, Verdict } from '../scheduler/verdict.js'
import { heldBack, inTurn, lowerTemplate, playTurn, type Outcome } from './play.js'
import { openStage, type Stage, type Turn } from './stage.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { detached } from '../surroundings/detached.js'
import type { KubernetesInput } from '../read/input.js'
import type { Running, Wanting } from '../workload/share.js'
import { explainCycle } from './turn-explanation.js'
import { lowerTurn } from './pinned.js'
import { podName, podsIn, subjectsOf, type Subject } from './subject.js'

/** `name` is the title of the subject. */
interface Naming {
  readonly name: string
  readonly subject: Subject
}

/**
 * Why one pod of a workload goes where it goes: the first without a place, or else the first.
 * `replica` counts from 1.
 */
export interface PodExplanation extends WordedReplay, Naming {
  readonly _tag: 'Explained'
  /** Where the pod is already; it is explained as if it were not. */
  readonly on?: { readonly node: string; readonly isKnown: boolean; readonly leaving: boolean }
  readonly verdict: Verdict
  /** The text of the event that the scheduler writes of a pod that fits nowhere. */
  readonly message?: string
  /** Where preemption would help, and who would go; all ways that are equally good. */
  readonly nominations: readonly Nomination[]
}

/** No scheduler looks at it. */
export interface HeldExplanation extends Naming {
  readonly _tag: 'Held'
  readonly why: Rejection
}

/** It takes no room any more. */
export interface EndedExplanation extends Naming {
  readonly _tag: 'Ended'
  readonly phase: string
}

export type KubernetesExplanation = PodExplanation | HeldExplanation | EndedExplanation

/** By the title of a subject; nothing for one that is not of this input. */
export const explainOnNodes = (
  input: KubernetesInput,
  title: string,
): O.Option<KubernetesExplanation> => {
  const subject = subjectsOf(input, title).find((one) => one.title === title)
  return subject === undefined ? O.none : explained(input, subject)
}

const explained = (input: KubernetesInput, subject: Subject): O.Option<KubernetesExplanation> => {
  const ended = input.ended.find(({ name }) => subject.kind === 'Pod' && name === subject.name)
  if (ended !== undefined) return O.some({ _tag: 'Ended', ...naming(subject), phase: ended.phase })
  const alone = standingAlone(input, subject)
  const [, found] = batch(empty, (draft) =>
    alone === undefined ? inThePlan(draft, input, subject) : now(draft, input, subject, alone),
  )
  return found
}

const naming = (subject: Subject): Naming => ({ name: subject.title, subject })

/** A pod that has no turn in the plan: it is on a node, or its DaemonSet asks for it. */
const standingAlone = (
  { running, repeated }: KubernetesInput,
  { kind, name }: Subject,
): Running | Wanting | undefined =>
  kind === 'Pod' ? [...running, ...repeated].find((pod) => podName(pod) === name) : undefined

const now = (
  draft: Draft,
  input: KubernetesInput,
  subject: Subject,
  pod: Running | Wanting,
): O.Option<KubernetesExplanation> => {
  const others = input.running.filter((one) => one !== pod)
  const around = detached(pod, input.around)
  const stage = openStage(draft, { ...input, around, running: others, wanting: [] })
  const one = explainTurn(stage, { wanting: pod, count: 1 }, [], 0, subject)
  if (!('nodeName' in pod) || one._tag !== 'Explained') return O.some(one)
  const { nodeName: node, leaving } = pod
  return O.some({ ...one, on: { node, leaving, isKnown: O.isSome(findNode(draft, node)) } })
}

/**
 * Plays the turns before the subject's first one, and explains the first of its turns that finds no
 * place, or else its first.
 */
const inThePlan = (
  draft: Draft,
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const stage = openStage(draft, input)
  const isNamed = isTurnOf(input, subject)
  const turns = inTurn(stage.turns).map((i) => stage.turns[i]!)
  const first = turns.findIndex(isNamed)
  const turn = turns[first]
  if (turn === undefined) return O.none
  const sooner = turns.slice(0, first).map((one) => playTurn(stage, one))
  // Lowered here, so that what was learnt of it outlives the trial.
  if (heldBack(stage.session, turn.wanting) === undefined) lowerTemplate(stage, turn.wanting)
  const end = turns.reduce((last, one, i) => (isNamed(one) ? i + 1 : last), first)
  const left = turns.slice(first, end)
  return O.some(
    explainWithoutPlace(stage, left, isNamed, sooner, subject) ??
      explainTurn(stage, turn, sooner, 0, subject),
  )
}

/**
 * The first turn of the subject that finds no place, explained when it is its pod's turn, in a
 * trial; `undefined` when all find one.
 */
const explainWithoutPlace = (
  stage: Stage,
  turns: readonly Turn[],
  isNamed: (turn: Turn) => boolean,
  sooner: readonly Outcome[],
  subject: Subject,
): KubernetesExplanation | undefined =>
  asIf(stage.session, (session) => {
    const inner = { ...stage, session, templates: new Map(stage.templates) }
    const played = [...sooner]
    for (const turn of turns) {
      const outcome = playTurn(inner, turn)
      played.push(outcome)
      if (isNamed(turn) && isWithoutPlace(outcome))
        return explainTurn(inner, turn, played, placedIn(outcome), subject)
    }
    return undefined
  })

/** A pod has its turn under the name of its workload, but its own name tells it. */
const isTurnOf = (input: KubernetesInput, { kind, name }: Subject): ((turn: Turn) => boolean) => {
  const pod = kind === 'Pod' ? podsIn(input).find((one) => podName(one) === name) : undefined
  return ({ wanting, count }) => {
    if (count === 0) return false
    if (kind === 'Pod') return wanting === pod
    return wanting.name === name && (kind === undefined || wanting.kind === kind)
  }
}

const isWithoutPlace = (outcome: Outcome): boolean =>
  outcome._tag === 'Held' || outcome.answer.unplaced !== undefined

const placedIn = (outcome: Outcome): number =>
  outcome._tag === 'Answered' ? outcome.answer.placed.length : 0

const namesIn = (
  { names }: Stage,
  outcomes: readonly Outcome[],
): ReadonlyMap<ReplicaId, string> => {
  const answered = outcomes.flatMap((one) => (one._tag === 'Answered' ? [one] : []))
  return namesAfter(
    names,
    answered.map(({ turn: { wanting, count }, lowered }) => ({
      ...{ name: wanting.name, class: lowered.class, count },
    })),
    answered.map(({ answer }) => answer),
  )
}

/** One more pod of the turn, of which so many are placed already, after what was played. */
const explainTurn = (
  stage: Stage,
  turn: Turn,
  played: readonly Outcome[],
  before: number,
  subject: Subject,
): KubernetesExplanation => {
  const { session } = stage
  const why = heldBack(session, turn.wanting)
  if (why !== undefined) return { _tag: 'Held', ...naming(subject), why }
  const lowered = lowerTurn(stage, turn)
  const { judged, verdict, nominations, message } = explainCycle(session, lowered)
  const explanation = judged.before
  const request = { name: subject.name, class: lowered.class, count: turn.count }
  const helping =
    explanation.chosen === undefined ? { remedies: remedies(session.draft, request) } : {}
  const names = namesIn(stage, played)
  const replayed = { request, replica: before + 1, explanation, names, ...helping }
  return {
    _tag: 'Explained',
    ...naming(subject),
    ...wordReplay(session.draft, replayed, vocabularyOf(session.draft)),
    verdict,
    ...(message === undefined ? {} : { message }),
    nominations,
  }
}

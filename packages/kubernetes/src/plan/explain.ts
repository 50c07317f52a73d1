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
import type { Session } from '../scheduler/session.js'
import type { Rejection, Verdict } from '../scheduler/verdict.js'
import { heldBack, inTurn, playTurn, type Outcome } from './play.js'
import { openStage, type Stage, type Turn } from './stage.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { detached } from '../surroundings/detached.js'
import type { KubernetesInput } from '../read/input.js'
import type { Running, Wanting } from '../workload/share.js'
import { told } from './cycle.js'
import { pinned } from './pinned.js'
import { asIf } from './preemption.js'
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
  const { session, names } = openStage(draft, { ...input, around, running: others, wanting: [] })
  const one = toldOf(session, { wanting: pod, count: 1 }, 0, names, subject)
  if (!('nodeName' in pod) || one._tag !== 'Explained') return O.some(one)
  const { nodeName: node, leaving } = pod
  return O.some({ ...one, on: { node, leaving, isKnown: O.isSome(findNode(draft, node)) } })
}

const inThePlan = (
  draft: Draft,
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const stage = openStage(draft, input)
  const isMeant = meaning(input, subject)
  const order = inTurn(stage.turns)
  const meant = order.filter((i) => stage.turns[i]!.count > 0 && isMeant(stage.turns[i]!.wanting))
  const outcomes = trialled(stage, order)
  const index = meant.find((i) => isWithoutPlace(outcomes[i]!)) ?? meant[0]
  if (index === undefined) return O.none
  const turn = stage.turns[index]!
  const before = placedBefore(outcomes[index]!)
  const sooner = order.slice(0, order.indexOf(index)).map((i) => stage.turns[i]!)
  const names = namesOf(
    stage,
    [...sooner, { ...turn, count: before }].map((one) => playTurn(stage.session, one)),
  )
  return O.some(toldOf(stage.session, turn, before, names, subject))
}

/** A pod has its turn under the name of its workload, but its own name tells it. */
const meaning = (
  input: KubernetesInput,
  { kind, name }: Subject,
): ((wanting: Wanting) => boolean) => {
  if (kind !== 'Pod')
    return (wanting) => wanting.name === name && (kind === undefined || wanting.kind === kind)
  const pod = podsIn(input).find((one) => podName(one) === name)
  return (wanting) => wanting === pod
}

const trialled = ({ session, turns }: Stage, order: readonly number[]): readonly Outcome[] =>
  asIf(session, (inner) => {
    const outcomes: Outcome[] = []
    for (const i of order) outcomes[i] = playTurn(inner, turns[i]!)
    return outcomes
  })

const isWithoutPlace = (outcome: Outcome): boolean =>
  outcome._tag === 'Held' || outcome.answer.unplaced !== undefined

/** The first that found no place is explained, or else the first of all. */
const placedBefore = (outcome: Outcome): number =>
  outcome._tag === 'Answered' && outcome.answer.unplaced !== undefined
    ? outcome.answer.placed.length
    : 0

const namesOf = (
  { names }: Stage,
  outcomes: readonly Outcome[],
): ReadonlyMap<ReplicaId, string> => {
  const answered = outcomes.flatMap((one) => (one._tag === 'Answered' ? [one] : []))
  return namesAfter(
    names,
    answered.map(({ turn: { wanting, count }, class: asked }) => ({
      ...{ name: wanting.name, class: asked, count },
    })),
    answered.map(({ answer }) => answer),
  )
}

const toldOf = (
  session: Session,
  turn: Turn,
  before: number,
  names: ReadonlyMap<ReplicaId, string>,
  subject: Subject,
): KubernetesExplanation => {
  const { draft } = session
  const why = heldBack(session, turn.wanting)
  if (why !== undefined) return { _tag: 'Held', ...naming(subject), why }
  const {
    class: asked,
    explanation,
    verdict,
    nominations,
    message,
  } = told(session, pinned(session, turn))
  const request = { name: subject.name, class: asked, count: turn.count }
  const helping = explanation.chosen === undefined ? { remedies: remedies(draft, request) } : {}
  const replayed = { request, replica: before + 1, explanation, names, ...helping }
  return {
    _tag: 'Explained',
    ...naming(subject),
    ...wordReplay(draft, replayed, vocabularyOf(draft)),
    verdict,
    ...(message === undefined ? {} : { message }),
    nominations,
  }
}

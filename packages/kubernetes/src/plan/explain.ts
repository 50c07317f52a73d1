/**
 * Explains why a pod gets its node, or gets none. For a pending pod, the pods that the plan places
 * before it are already on their nodes. A running pod is explained as if it were scheduled again.
 */
import {
  allowIndexes,
  batch,
  byCodeUnit,
  empty,
  findNode,
  getOrThrow,
  internWord,
  namesAfter,
  nodesWhere,
  remedies,
  wordReplay,
  type Draft,
  type NodeId,
  type ReplicaId,
  type WordedReplay,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { instanceTypeKey } from '../node-pool/well-known.js'
import type { Nomination } from '../scheduler/attempt.js'
import { asIf } from '../scheduler/session.js'
import type { Rejection, Verdict } from '../scheduler/verdict.js'
import { heldBack, heldBy, inTurn, lowerTemplate, playTurn, type Outcome } from './play.js'
import { withDetails } from './details.js'
import { openStage, type Stage, type Turn } from './stage.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { boundVolumes } from '../surroundings/claim.js'
import { detachPod } from '../surroundings/detached.js'
import type { KubernetesInput } from '../read/input.js'
import type { RunningPod, PendingWorkload } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import { explainCycle } from './turn-explanation.js'
import { lowerTurn } from './pinned.js'
import { rolledOut } from './plan.js'
import { inOrderOfSets, playInRounds, type OrderedTurns } from './rounds.js'
import { withoutSurplus } from './surplus.js'
import {
  isPartOf,
  podName,
  podsIn,
  runningPodsOf,
  subjectsOf,
  withPodApart,
  type Subject,
} from './subject.js'

/** The identity of an explanation; `name` is the title of the subject. */
interface ExplanationIdentity {
  readonly name: string
  readonly subject: Subject
}

/**
 * The explanation of one pod of a workload: the first that finds no node, or the first one if all
 * do. `replica` counts from 1.
 */
export interface PodExplanation extends WordedReplay, ExplanationIdentity {
  readonly _tag: 'Explained'
  /** The node where the pod runs already; the explanation assumes that it does not. */
  readonly on?: { readonly node: string; readonly isKnown: boolean; readonly leaving: boolean }
  /** For a workload all of whose pods run: the pod that is explained, and where all of them are. */
  readonly runs?: RunningPods
  readonly verdict: Verdict
  /** The text of the FailedScheduling event, for a pod that fits nowhere. */
  readonly message?: string
  /** The nodes where preemption would help with their victims; all equally good ones. */
  readonly nominations: readonly Nomination[]
}

/** The pods of a workload that run. */
interface RunningPods {
  /** The name of the pod that is explained. */
  readonly pod: string
  /** In the order of names of nodes. */
  readonly nodes: readonly { readonly name: string; readonly count: number }[]
}

/** The explanation of pods that no scheduler looks at. */
export interface HeldExplanation extends ExplanationIdentity {
  readonly _tag: 'Held'
  readonly why: Rejection
}

/** The explanation of a pod that has ended or was deleted: it occupies no node. */
export interface EndedExplanation extends ExplanationIdentity {
  readonly _tag: 'Ended'
  readonly phase: string
}

/** The explanation of a workload that wants no pods and has none. */
interface IdleExplanation extends ExplanationIdentity {
  readonly _tag: 'Idle'
}

/** An explanation of a pod, tagged `Explained`, `Held` or `Ended`; `Idle` when there is none. */
export type KubernetesExplanation =
  | PodExplanation
  | HeldExplanation
  | EndedExplanation
  | IdleExplanation

/**
 * Explains one pod of the subject with this title; `none` when the input has no such subject. The
 * input is not changed.
 */
export const explainOnNodes = (
  input: KubernetesInput,
  title: string,
): O.Option<KubernetesExplanation> => {
  // A pod of the surplus itself is explained among all pods: where it runs is known.
  for (const cluster of [withoutSurplus(input), input]) {
    const subject = subjectsOf(cluster, title).find((one) => one.title === title)
    if (subject !== undefined) return explainSubject(cluster, subject)
  }
  return O.none
}

const explainSubject = (
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const ended = input.ended.find(({ name }) => subject.kind === 'Pod' && name === subject.name)
  if (ended !== undefined)
    return O.some({ _tag: 'Ended', ...identityOf(subject), phase: ended.phase })
  const replaced = explainReplaced(input, subject)
  if (O.isSome(replaced)) return replaced
  const alone = podOutsidePlan(input, subject)
  if (alone !== undefined)
    return O.alt(() => explainPodNow(input, subject, alone))(explainRefused(input, subject))
  const apart =
    subject.kind === 'Pod'
      ? { ...input, pending: withPodApart(input.pending, subject.name) }
      : input
  const [, pending] = batch(allowIndexes(empty), (draft) => explainInPlan(draft, apart, subject))
  return O.isSome(pending) ? pending : explainRunning(input, subject)
}

/**
 * Explains the new pods of a workload whose rollout is planned: the first that finds no place in
 * its course, or the first one if all do. Of a StatefulSet's pod it is the one of the same name.
 */
const explainReplaced = (
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const rollout = input.rollouts.find(({ workload, outdated }) =>
    subject.kind === 'Pod'
      ? workload.kind === 'StatefulSet' && outdated.some((pod) => podName(pod) === subject.name)
      : isPartOf(workload, subject),
  )
  if (rollout === undefined) return O.none
  const [, explanation] = batch(allowIndexes(empty), (draft) =>
    explainInRollout(draft, input, titleOf(rollout.workload), subject),
  )
  return O.fromNullable(explanation)
}

const explainInRollout = (
  draft: Draft,
  input: KubernetesInput,
  title: string,
  subject: Subject,
): KubernetesExplanation | undefined => {
  const stage = openStage(draft, input)
  const isOwn = ({ workload }: Turn): boolean =>
    titleOf(workload) === title && (subject.kind !== 'Pod' || podName(workload) === subject.name)
  const turns = inTurn(stage.turns).map((i) => stage.turns[i]!)
  const sooner = playInRounds(stage, turns).flat()
  const played = [...sooner]
  let before = sooner
    .filter(({ turn }) => isOwn(turn))
    .reduce((sum, one) => sum + placedCount(one), 0)
  let first: KubernetesExplanation | undefined
  let failed: KubernetesExplanation | undefined
  const outcomes = rolledOut(stage, input, sooner, (turn) => {
    if (isOwn(turn)) first ??= explainTurn(stage, turn, played, before, subject)
    const outcome = playTurn(stage, turn)
    played.push(outcome)
    if (!isOwn(turn)) return outcome
    before += placedCount(outcome)
    if (isWithoutPlace(outcome)) failed = explainTurn(stage, turn, played, before, subject)
    return outcome
  })
  const isStuck = outcomes.some((one) => isOwn(one.turn) && isWithoutPlace(one))
  return (isStuck ? failed : undefined) ?? first
}

/** Explains the first of the pods of a workload that run. */
const explainRunning = (
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const pods = runningPodsOf(input, subject)
  const [first] = pods
  if (first === undefined)
    return isIdle(input, subject) ? O.some({ _tag: 'Idle', ...identityOf(subject) }) : O.none
  const nodes = holdingsOf(pods)
  return pipe(
    explainPodNow(input, subject, first),
    O.map((one) =>
      one._tag === 'Explained' ? { ...one, runs: { pod: podName(first), nodes } } : one,
    ),
  )
}

const isIdle = ({ pending }: KubernetesInput, subject: Subject): boolean =>
  pending.some((one) => one.count === 0 && isPartOf(one, subject))

const holdingsOf = (pods: readonly RunningPod[]): RunningPods['nodes'] =>
  [...new Set(pods.map(({ nodeName }) => nodeName))]
    .sort(byCodeUnit)
    .map((name) => ({ name, count: pods.filter(({ nodeName }) => nodeName === name).length }))

const explainPodNow = (
  input: KubernetesInput,
  subject: Subject,
  pod: RunningPod | PendingWorkload,
): O.Option<KubernetesExplanation> => {
  const [, explanation] = batch(allowIndexes(empty), (draft) =>
    explainNow(draft, input, subject, pod),
  )
  return explanation
}

const identityOf = (subject: Subject): ExplanationIdentity => ({ name: subject.title, subject })

/**
 * The pod of a subject that has no turn in the plan: it is on a node, or it repeats a pod that its
 * DaemonSet requests; `undefined` otherwise.
 */
const podOutsidePlan = (
  { running, repeated }: KubernetesInput,
  { kind, name }: Subject,
): RunningPod | PendingWorkload | undefined =>
  kind === 'Pod' ? [...running, ...repeated].find((pod) => podName(pod) === name) : undefined

const explainNow = (
  draft: Draft,
  input: KubernetesInput,
  subject: Subject,
  pod: RunningPod | PendingWorkload,
): O.Option<KubernetesExplanation> => {
  const others = input.running.filter((one) => one !== pod)
  const around = detachPod(pod, input.around)
  const stage = openStage(draft, { ...input, around, running: others, pending: [] })
  const one = explainTurn(stage, { workload: pod, count: 1 }, [], 0, subject)
  if (!('nodeName' in pod) || one._tag !== 'Explained') return O.some(one)
  const { nodeName: node, leaving } = pod
  return O.some({ ...one, on: { node, leaving, isKnown: O.isSome(findNode(draft, node)) } })
}

/**
 * Plays the turns before the subject's first turn, then explains its first turn that finds no node,
 * or its first turn if all find one.
 */
const explainInPlan = (
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
  const order = inOrderOfSets((one) => playTurn(stage, one))
  const sooner = turns.slice(0, first).map(order.play)
  // Lowered here, so that the value outlives the trial.
  if (heldBack(stage.session, turn.workload) === undefined) lowerTemplate(stage, turn.workload)
  const end = turns.reduce((last, one, i) => (isNamed(one) ? i + 1 : last), first)
  const left = turns.slice(first, end)
  const without = explainWithoutPlace({ stage, order }, left, isNamed, sooner, subject)
  return without === 'waits'
    ? explainInRounds(input, subject)
    : O.some(without ?? explainTurn(stage, turn, sooner, 0, subject))
}

/**
 * Explains the last attempt of the subject's first pods that find no node in the end, or the last
 * one of all if they find one.
 */
const explainInRounds = (
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const [, explanation] = batch(allowIndexes(empty), (draft) => {
    const stage = openStage(draft, input)
    const isNamed = isTurnOf(input, subject)
    const turns = inTurn(stage.turns).map((i) => stage.turns[i]!)
    const played: Outcome[] = []
    const latest = new Map<PendingWorkload, KubernetesExplanation>()
    let before = 0
    const play = (turn: Turn): Outcome => {
      const first = isNamed(turn) ? explainTurn(stage, turn, played, before, subject) : undefined
      const outcome = playTurn(stage, turn)
      played.push(outcome)
      if (first === undefined) return outcome
      before += placedCount(outcome)
      const isPartly = isWithoutPlace(outcome) && placedCount(outcome) > 0
      latest.delete(turn.workload)
      latest.set(
        turn.workload,
        isPartly ? explainTurn(stage, turn, played, before, subject) : first,
      )
      return outcome
    }
    const outcomes = playInRounds(stage, turns, { play }).flat()
    const failed = outcomes.find((one) => isNamed(one.turn) && isWithoutPlace(one))
    const held: KubernetesExplanation | undefined =
      failed?._tag === 'Held'
        ? { _tag: 'Held', ...identityOf(subject), why: failed.why }
        : undefined
    return held ?? (failed ? latest.get(failed.turn.workload) : [...latest.values()].at(-1))
  })
  return O.fromNullable(explanation)
}

/**
 * Explains, in a trial, the first turn of the subject that finds no node; `undefined` when all find
 * one, `waits` when it is tried again after others.
 */
const explainWithoutPlace = (
  { stage, order }: { readonly stage: Stage; readonly order: OrderedTurns },
  turns: readonly Turn[],
  isNamed: (turn: Turn) => boolean,
  sooner: readonly Outcome[],
  subject: Subject,
): KubernetesExplanation | 'waits' | undefined =>
  asIf(stage.session, (session) => {
    const inner = { ...stage, session, templates: new Map(stage.templates) }
    const { play, mayMove } = order.withPlay((turn) => playTurn(inner, turn))
    const isAlone = sooner.length === 0 && stage.turns.length === 1
    const played = [...sooner]
    let before = 0
    for (const turn of turns) {
      const outcome = play(turn)
      played.push(outcome)
      if (!isNamed(turn)) continue
      before += placedCount(outcome)
      if (!isWithoutPlace(outcome)) continue
      if (mayMove(outcome) && !isAlone) return 'waits'
      if (outcome._tag === 'Held') return { _tag: 'Held', ...identityOf(subject), why: outcome.why }
      return explainTurn(inner, turn, played, before, subject)
    }
    return undefined
  })

/**
 * Tells which turns belong to the subject. A pod's turn is listed under its workload, so it is
 * compared by identity.
 */
const isTurnOf = (input: KubernetesInput, { kind, name }: Subject): ((turn: Turn) => boolean) => {
  const pod = kind === 'Pod' ? podsIn(input).find((one) => podName(one) === name) : undefined
  return ({ workload, count }) => {
    if (count === 0) return false
    return kind === 'Pod' ? workload === pod : isPartOf(workload, { kind, name })
  }
}

/** The explanation of a new pod that its kubelet refuses. */
const explainRefused = (
  input: KubernetesInput,
  subject: Subject,
): O.Option<KubernetesExplanation> => {
  const [, refused] = batch(allowIndexes(empty), (draft) =>
    openStage(draft, { ...input, pending: [] }).turns.find(
      ({ workload }) => podName(workload) === subject.name,
    ),
  )
  const reason = refused?.workload.refusal
  return reason === undefined
    ? O.none
    : O.some({ _tag: 'Held', ...identityOf(subject), why: heldBy(reason) })
}

const isWithoutPlace = (outcome: Outcome): boolean =>
  outcome._tag === 'Held' || outcome.answer.unplaced !== undefined

const placedCount = (outcome: Outcome): number =>
  outcome._tag === 'Answered' ? outcome.answer.placed.length : 0

const namesIn = (
  { names }: Stage,
  outcomes: readonly Outcome[],
): ReadonlyMap<ReplicaId, string> => {
  const answered = outcomes.flatMap((one) => (one._tag === 'Answered' ? [one] : []))
  return namesAfter(
    names,
    answered.map(({ turn: { workload, count }, lowered }) => ({
      ...{ name: workload.name, class: lowered.class, count },
    })),
    answered.map(({ answer }) => answer),
  )
}

/**
 * Explains one more pod of the turn, after the played turns. `before` pods of the subject are
 * placed already.
 */
const explainTurn = (
  stage: Stage,
  turn: Turn,
  played: readonly Outcome[],
  before: number,
  subject: Subject,
): KubernetesExplanation => {
  const { session } = stage
  const why = heldBack(session, turn.workload)
  if (why !== undefined) return { _tag: 'Held', ...identityOf(subject), why }
  const lowered = lowerTurn(stage, turn)
  const { judgedPod, verdict, nominations, message } = explainCycle(session, lowered)
  const explanation = judgedPod.before
  const request = { name: subject.name, class: lowered.class, count: turn.count }
  const helping =
    explanation.chosen === undefined
      ? { remedies: remedies(session.draft, request, { sized: typedNodes(session.draft) }) }
      : {}
  const names = namesIn(stage, played)
  const replayed = { request, replica: before + 1, explanation, names, ...helping }
  return {
    _tag: 'Explained',
    ...identityOf(subject),
    ...withDetails(
      wordReplay(session.draft, replayed, vocabularyOf(session.draft)),
      ...([session.draft, turn.workload.spec, stage.nodes] as const),
      boundVolumes(turn.workload, session.around.storage),
    ),
    verdict,
    ...(message === undefined ? {} : { message }),
    nominations,
  }
}

/** The nodes that say their instance type: they have what the type has, and never more. */
const typedNodes = (draft: Draft): readonly NodeId[] =>
  getOrThrow(nodesWhere(draft, { _tag: 'Has', key: internWord(draft, instanceTypeKey) }))

/**
 * Simulates a rollout until it is complete or stuck. Old pods take up room until they are removed.
 * 1. A Deployment grows by `maxSurge` and shrinks by `maxUnavailable`, or first ends all old pods
 *    (`Recreate`).
 * 2. A StatefulSet replaces its pods from the highest ordinal down, to its `partition`.
 * 3. A DaemonSet replaces its pods node by node, in the order of the names of nodes.
 *
 * A rollout is stuck when so many new pods have no place that its strategy allows no further
 * change.
 */
import { findNode, type Answer, type NodeId } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { takeOff } from '../scheduler/settle.js'
import { fencepostsOf, portionOf, type Fenceposts } from '../workload/fenceposts.js'
import { podAt } from '../workload/replica.js'
import type { Rollout } from '../workload/rollout.js'
import { indexOf, type PendingWorkload, type RunningPod } from '../workload/share.js'
import { fullName } from '../workload/workload.js'
import { daemonSpec } from '../daemon-set/daemon-tolerations.js'
import type { QuotaMeter } from './meter.js'
import type { AnsweredTurn, Outcome } from './play.js'
import type { Stage, Turn } from './stage.js'

/** New pods of a rollout that found no place before it began. */
export interface EarlierPods {
  readonly count: number
  /** How many of them exist; no quota lets the others be created. */
  readonly created: number
}

/**
 * Plays the rollout. New pods that find no place in the end are in the outcomes.
 *
 * A new pod that has a place counts as ready. For a DaemonSet, Kubernetes takes the nodes in no
 * particular order.
 */
export const playRollout = (
  opened: Stage,
  rollout: Rollout,
  waiting: EarlierPods,
  meter: QuotaMeter,
): readonly Outcome[] => {
  const stage = { ...opened, ...meter }
  switch (rollout.workload.kind) {
    case 'StatefulSet':
      return replaceInOrder(stage, rollout)
    case 'DaemonSet':
      return replaceOnNodes(stage, rollout)
    default:
      return rollDeployment(stage, rollout, waiting)
  }
}

/** The stage of a rollout. */
type RolloutStage = Stage & QuotaMeter

/** The pods of an outcome that have no place. */
export const unplacedIn = (outcome: Outcome): number =>
  outcome._tag === 'Held' ? outcome.turn.count : (outcome.answer.unplaced?.count ?? 0)

/** The pods of an outcome that have a place; nothing for one that has none. */
export const placedPart = (outcome: Outcome): readonly AnsweredTurn[] =>
  outcome._tag === 'Held' || outcome.answer.placed.length === 0
    ? []
    : [{ ...outcome, answer: { placed: outcome.answer.placed } }]

/** The pods of an outcome that have no place; nothing for one that has all its pods placed. */
const unplacedPart = (outcome: Outcome): readonly Outcome[] => {
  const count = unplacedIn(outcome)
  if (count === 0) return []
  if (outcome._tag === 'Held') return [outcome]
  const { unplaced } = outcome.answer
  const answer: Answer = unplaced === undefined ? { placed: [] } : { placed: [], unplaced }
  return [{ ...outcome, turn: { ...outcome.turn, count }, answer }]
}

/** The pods of an outcome that exist and have no place. */
export const createdIn = (outcome: Outcome): number =>
  outcome.turn.workload.refusal === undefined ? unplacedIn(outcome) : 0

const countPods = (outcomes: readonly Outcome[], countIn: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, one) => sum + countIn(one), 0)

const remove = ({ session, free }: RolloutStage, pod: RunningPod): void => {
  takeOff(session, fullName(pod.metadata))
  free(pod)
}

const rollDeployment = (
  stage: RolloutStage,
  { workload, outdated, updated }: Rollout,
  before: EarlierPods,
): readonly Outcome[] => {
  const { replicas = 0 } = workload
  const { surge, unavailable } = fencesOf(workload, replicas)
  const outcomes: Outcome[] = []
  let ready = updated
  let old = isRecreated(workload.update) ? [] : byCrowding(outdated)
  if (old.length === 0) for (const pod of outdated) remove(stage, pod)
  let { count: waiting, created } = before
  let failures: readonly Outcome[] = []
  const placeMore = (count: number, existing: number): boolean => {
    const played = stage.play({ workload, count }, existing)
    for (const one of played.flatMap(placedPart)) outcomes.push(one)
    failures = [...failures, ...played.flatMap(unplacedPart)]
    const unplaced = countPods(played, unplacedIn)
    ready += count - unplaced
    waiting += unplaced
    created += countPods(played, createdIn)
    return unplaced < count
  }
  // All that wait are tried together, so that each has one failure in the end.
  const retry = (): boolean => {
    const [count, existing] = [waiting, created]
    waiting = 0
    created = 0
    failures = []
    return count > 0 && placeMore(count, existing)
  }
  const grow = (): boolean => {
    const total = old.length + ready + waiting
    const count = Math.min(replicas + surge - total, replicas - ready - waiting)
    if (count > 0) placeMore(count, 0)
    return count > 0
  }
  const shrink = (): boolean => {
    const total = old.length + ready + waiting
    const count = Math.min(old.length, total - (replicas - unavailable) - waiting)
    if (count <= 0) return false
    for (const pod of old.slice(0, count)) remove(stage, pod)
    old = old.slice(count)
    return true
  }
  while (retry() || grow() || shrink());
  return [...outcomes, ...failures]
}

/** How far a Deployment may exceed and miss its size. */
const fencesOf = ({ update }: PendingWorkload, replicas: number): Fenceposts => {
  if (isRecreated(update)) return { surge: 0, unavailable: replicas }
  return fencepostsOf(update?.strategy?.rollingUpdate, replicas)
}

const isRecreated = (update: PendingWorkload['update']): boolean =>
  update?.strategy?.type === 'Recreate'

/**
 * Pods that share their node with most others go first, as a ReplicaSet removes them; then by name.
 */
const byCrowding = (pods: readonly RunningPod[]): readonly RunningPod[] => {
  const counts = new Map<string, number>()
  for (const { nodeName } of pods) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1)
  return [...pods].sort((a, b) => counts.get(b.nodeName)! - counts.get(a.nodeName)!)
}

/** Replaces one pod after the other, until more have no place than may be unavailable. */
const replaceEach = (
  stage: RolloutStage,
  pods: readonly RunningPod[],
  unavailableMax: number,
  turnOf: (pod: RunningPod) => Turn,
): readonly Outcome[] => {
  const outcomes: Outcome[] = []
  let unavailable = 0
  for (const pod of pods) {
    if (unavailable >= unavailableMax) break
    remove(stage, pod)
    const played = stage.play(turnOf(pod))
    unavailable += countPods(played, unplacedIn)
    for (const one of played) outcomes.push(one)
  }
  return outcomes
}

const replaceInOrder = (
  stage: RolloutStage,
  { workload, outdated }: Rollout,
): readonly Outcome[] => {
  const { replicas = 0, update } = workload
  const { maxUnavailable = 1 } = update?.strategy?.rollingUpdate ?? {}
  const replaced = outdated
    .filter((pod) => indexOf(pod) >= (update?.indexMin ?? 0))
    .sort((a, b) => indexOf(b) - indexOf(a))
  const unavailableMax = Math.max(1, portionOf(maxUnavailable, replicas, Math.floor))
  return replaceEach(stage, replaced, unavailableMax, (pod) => ({
    workload: podAt(workload, indexOf(pod)),
    count: 1,
  }))
}

const replaceOnNodes = (
  stage: RolloutStage,
  { workload, outdated, updated }: Rollout,
): readonly Outcome[] => {
  const all = outdated.length + updated
  const { maxSurge = 0, maxUnavailable = 1 } = workload.update?.strategy?.rollingUpdate ?? {}
  const surge = portionOf(maxSurge, all, Math.ceil)
  const daemon = { ...workload, spec: daemonSpec(workload.spec) }
  const turnOf = ({ nodeName }: RunningPod): Turn => ({
    workload: daemon,
    count: 1,
    only: [nodeOfPod(stage, nodeName)],
  })
  if (surge === 0)
    return replaceEach(
      stage,
      outdated,
      Math.max(1, portionOf(maxUnavailable, all, Math.ceil)),
      turnOf,
    )
  return surgeEach(stage, outdated, surge, turnOf)
}

/** Places each new pod beside the old one, which goes then. */
const surgeEach = (
  stage: RolloutStage,
  pods: readonly RunningPod[],
  surge: number,
  turnOf: (pod: RunningPod) => Turn,
): readonly Outcome[] => {
  const outcomes: Outcome[] = []
  let waiting = 0
  for (const pod of pods) {
    if (waiting >= surge) break
    const played = stage.play(turnOf(pod))
    const unplaced = countPods(played, unplacedIn)
    for (const one of played) outcomes.push(one)
    waiting += unplaced
    if (unplaced === 0) remove(stage, pod)
  }
  return outcomes
}

/** A running pod is on a node of the draft. */
const nodeOfPod = ({ session }: Stage, name: string): NodeId =>
  O.getOrElse((): NodeId => session.order[0]!)(findNode(session.draft, name))

/**
 * Builds the cluster on which removals of nodes are tried, with all pending pods placed. A trial
 * removes nodes and places their pods on the other nodes, as the scheduler would.
 */
import {
  getOrThrow,
  leave,
  findNode,
  nodeIds,
  type Draft,
  type NodeId,
  type NodeSpec,
  type Offering,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { replacementOf } from '../drain/evict.js'
import type { NodePod } from '../drain/filter.js'
import type { AnsweredTurn, Outcome } from '../plan/play.js'
import { openOffered, playWaiting, type NodeOffer } from '../plan/provision.js'
import { playInRounds } from '../plan/rounds.js'
import { unplacedIn } from '../plan/rollout.js'
import type { Stage, Turn } from '../plan/stage.js'
import type { KubernetesInput } from '../read/input.js'
import type { PendingWorkload } from '../workload/share.js'

/** A cluster of which nodes are taken away on trial. */
export interface Fleet {
  readonly stage: Stage
  readonly offerings: readonly Offering[]
  /** By offering, its probe. */
  readonly probes: readonly NodeSpec[]
  /** What needs another node when the node goes: a workload for each pod. */
  readonly pods: Map<NodeId, readonly PendingWorkload[]>
  /** What waits and has no place. */
  readonly lacking: readonly AnsweredTurn[]
  /** How many pods were placed so far. */
  readonly work: { count: number }
}

/** Opens the cluster; `moving` are the pods that run and may move. */
export const openFleet = (
  draft: Draft,
  input: KubernetesInput,
  offers: readonly NodeOffer[],
  moving: readonly NodePod[],
): Fleet => {
  const { stage, offerings, probes } = openOffered(draft, input, offers)
  const outcomes = playWaiting(stage, input)
  const pods = new Map<NodeId, readonly PendingWorkload[]>(nodeIds(draft).map((id) => [id, []]))
  for (const pod of moving) {
    const node = O.toUndefined(findNode(draft, pod.pod.nodeName))
    const workload = replacementOf(input.pending, pod)
    if (node !== undefined && workload !== undefined) addPod(pods, node, workload)
  }
  notePlaces(pods, outcomes)
  const lacking = outcomes.filter(isLacking)
  return { stage, offerings, probes, pods, lacking, work: { count: 0 } }
}

/** Notes a pod on a node. */
export const addPod = (pods: Fleet['pods'], node: NodeId, workload: PendingWorkload): void => {
  pods.set(node, [...(pods.get(node) ?? []), workload])
}

/** Pods that were given nodes; those of a DaemonSet go with their node. */
const notePlaces = (pods: Fleet['pods'], outcomes: readonly Outcome[]): void => {
  for (const outcome of outcomes)
    if (outcome._tag === 'Answered' && outcome.turn.only === undefined)
      for (const { node } of outcome.answer.placed) addPod(pods, node, outcome.turn.workload)
}

/** Whether pods were tried and found no place; a pod of a DaemonSet is tied to its node. */
const isLacking = (outcome: Outcome): outcome is AnsweredTurn =>
  outcome._tag === 'Answered' && outcome.turn.only === undefined && unplacedIn(outcome) > 0

/** A fleet that a trial may change; the draft is the same. */
export const copyFleet = (fleet: Fleet): Fleet => ({
  ...fleet,
  stage: {
    ...fleet.stage,
    session: { ...fleet.stage.session },
    templates: new Map(fleet.stage.templates),
  },
  pods: new Map(fleet.pods),
})

/**
 * Takes nodes away and places their pods on the others, node by node, as they are drained. The
 * outcomes are those that leave pods without a place.
 */
export const takeNodes = (fleet: Fleet, nodes: readonly NodeId[]): readonly Outcome[] => {
  const { stage, pods, work } = fleet
  const turns: { readonly workload: PendingWorkload; count: number }[] = []
  for (const workload of nodes.flatMap((node) => pods.get(node) ?? [])) {
    const last = turns.at(-1)
    if (last?.workload === workload) last.count++
    else turns.push({ workload, count: 1 })
  }
  for (const node of nodes) {
    getOrThrow(leave(stage.session.draft, node))
    pods.delete(node)
  }
  work.count += nodes.length + turns.reduce((sum, { count }) => sum + count, 0)
  return placeTurns(fleet, turns)
}

/** Places pods as the scheduler would. The outcomes are those that leave some without a place. */
export const placeTurns = ({ stage, pods }: Fleet, turns: readonly Turn[]): readonly Outcome[] => {
  const outcomes = playInRounds(stage, turns, { isOrdered: false }).flat()
  notePlaces(pods, outcomes)
  return outcomes.filter((one) => unplacedIn(one) > 0)
}

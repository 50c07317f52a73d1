/**
 * Judges every node, or a sample of the nodes, for a pod with the filters and scores of its
 * profile. A pod that is nominated to a feasible node is judged on that node only.
 */
import {
  explain,
  findNode,
  type ClassId,
  type ClassSpec,
  type Explanation,
  type NodeExplanation,
  type NodeId,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { pluginOf } from '../plugin/reason.js'
import { besideGuests, guestsBeside, idlePluginsOf, type PodAmongGuests } from './nomination.js'
import { enoughFeasible, heapRoot, searchedItems } from './search.js'
import type { LoweredPod } from './lowered.js'
import { profileFor, type KnownPod, type Session } from './session.js'

/** A lowered pod with the explanation of the nodes that were searched for it. */
export interface JudgedPod extends PodAmongGuests {
  readonly lowered: LoweredPod
  /** The explanation of every node, without the pods that are nominated to it. */
  readonly before: Explanation
  /** The explanation of the searched nodes, nominated pods included. */
  readonly found: Explanation
}

/** Judges the nodes for the pod, and advances the session's start of the next search. */
export const judge = (session: Session, lowered: LoweredPod): JudgedPod => {
  const { draft, tie } = session
  const { pod, spec, class: classId } = lowered
  const before = explain(draft, { class: classId })
  const among: PodAmongGuests = {
    class: classId,
    guests: guestsBeside(session, pod),
    isIdle: idlePluginsOf(pod, before),
  }
  const all = besideGuests(session, among, before)
  const turns = searchTurns(session, all)
  const nodes = isRefused(spec) ? all : searchedNodes(session, pod, all, turns)
  const found = onlyAmong(session, before, classId, nodes)
  return { ...among, lowered, before, found: tie === 'heap' ? chooseHeapRoot(found, turns) : found }
}

/** Whether a plugin refused the pod before any node was filtered. */
const isRefused = ({ filters }: ClassSpec): boolean =>
  filters.some((filter) => filter._tag === 'Only' && filter.nodes.length === 0)

/**
 * The nodes in the order of this pod's search. Nodes that a filter by node name excludes are left
 * out.
 */
const searchTurns = (
  { order, start }: Session,
  all: readonly NodeExplanation[],
): readonly NodeExplanation[] => {
  const byNode = new Map(all.map((one) => [one.node, one]))
  const named = order
    .map((node) => byNode.get(node)!)
    .filter(({ first }) => first?.plugin !== pluginOf(''))
  const from = named.length === 0 ? 0 : start % named.length
  return [...named.slice(from), ...named.slice(0, from)]
}

/** The node to which the pod is nominated, if it is feasible; otherwise all nodes, or a sample. */
const searchedNodes = (
  session: Session,
  pod: KnownPod,
  all: readonly NodeExplanation[],
  turns: readonly NodeExplanation[],
): readonly NodeExplanation[] => {
  const nominated = nominatedNode(session, pod)
  const there = all.find(({ node }) => node === nominated)
  if (there !== undefined && there.first === undefined) return [there]
  if (!session.sampled) return all
  const sample = new Set(searchedItems(turns, feasibleMax(session, pod, turns.length), isFeasible))
  const seen = there === undefined ? sample.size : new Set([...sample, there]).size
  session.start = all.length === 0 ? 0 : (session.start + seen) % all.length
  const unseen = new Set(turns.filter((one) => !sample.has(one)))
  return all.filter((one) => !unseen.has(one))
}

const isFeasible = ({ first }: NodeExplanation): boolean => first === undefined

/** The node to which the pod is nominated; `undefined` when it has none or the node is unknown. */
export const nominatedNode = (
  { draft, nominated }: Session,
  { name }: KnownPod,
): NodeId | undefined => O.toUndefined(findNode(draft, nominated.get(name) ?? ''))

/** How many feasible nodes end the search; 1 when the profile has no score plugins. */
const feasibleMax = (session: Session, pod: KnownPod, nodes: number): number => {
  const { scores, percentageOfNodesToScore = 0 } = profileFor(session, pod)
  return scores.length === 0 ? 1 : enoughFeasible(nodes, percentageOfNodesToScore)
}

/** The explanation with only these nodes as candidates, scored among themselves. */
const onlyAmong = (
  { draft }: Session,
  before: Explanation,
  classId: ClassId,
  nodes: readonly NodeExplanation[],
): Explanation => {
  const feasible = nodes.filter(isFeasible).map(({ node }) => node)
  const same = feasible.length === before.nodes.filter(isFeasible).length
  const after = same ? before : explain(draft, { class: classId, only: feasible })
  const scored = new Map(after.nodes.map((one) => [one.node, one]))
  return {
    ...after,
    nodes: nodes.map((one) => (isFeasible(one) ? scored.get(one.node)! : one)),
  }
}

/**
 * The same explanation, with kube-scheduler's tie-break: the root of a binary heap of the feasible
 * nodes.
 */
const chooseHeapRoot = (found: Explanation, turns: readonly NodeExplanation[]): Explanation => {
  const scored = new Map(found.nodes.map((one) => [one.node, one]))
  const feasible = turns.flatMap(({ node }) => scored.get(node) ?? []).filter(isFeasible)
  const root = heapRoot(feasible, ({ scores }) =>
    scores.reduce((sum, { weighted }) => sum + weighted, 0),
  )
  return root === undefined ? found : { ...found, chosen: root.node }
}

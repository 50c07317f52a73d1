/**
 * What is found of the nodes when a pod looks for one: every node, or the one that it is nominated
 * to, or a sample.
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
import { besideGuests, guestsBeside, unaskedOf, type PodAmongGuests } from './nomination.js'
import { feasibleWanted, heapRoot, looked } from './search.js'
import type { LoweredPod } from './lowered.js'
import { profileFor, type KnownPod, type Session } from './session.js'

/** A lowered pod, and what the nodes that were looked at answer. */
export interface JudgedPod extends PodAmongGuests {
  readonly lowered: LoweredPod
  /** Of every node, with no nominated pod beside. */
  readonly before: Explanation
  readonly found: Explanation
}

/** Judges the nodes for the pod, and moves the start of the next search. */
export const judge = (session: Session, lowered: LoweredPod): JudgedPod => {
  const { draft, tie } = session
  const { pod, spec, class: classId } = lowered
  const before = explain(draft, { class: classId })
  const among: PodAmongGuests = {
    class: classId,
    guests: guestsBeside(session, pod),
    isUnasked: unaskedOf(pod, before),
  }
  const all = besideGuests(session, among, before)
  const turns = turnsOf(session, all)
  const nodes = isRefused(spec) ? all : lookedAt(session, pod, all, turns)
  const found = onlyAmong(session, before, classId, nodes)
  return { ...among, lowered, before, found: tie === 'heap' ? rooted(found, turns) : found }
}

/** A pod that is refused before any node is looked at. */
const isRefused = ({ filters }: ClassSpec): boolean =>
  filters.some((filter) => filter._tag === 'Only' && filter.nodes.length === 0)

/**
 * The nodes in the order in which this pod looks for one; those that are excluded by their names
 * are not looked for.
 */
const turnsOf = (
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

/** The node that the pod is nominated to, if nothing refuses there; or else all, or a sample. */
const lookedAt = (
  session: Session,
  pod: KnownPod,
  all: readonly NodeExplanation[],
  turns: readonly NodeExplanation[],
): readonly NodeExplanation[] => {
  const nominated = nominatedNode(session, pod)
  const there = all.find(({ node }) => node === nominated)
  if (there !== undefined && there.first === undefined) return [there]
  if (!session.sampled) return all
  const sample = new Set(looked(turns, wanted(session, pod, turns.length), isFeasible))
  const seen = there === undefined ? sample.size : new Set([...sample, there]).size
  session.start = all.length === 0 ? 0 : (session.start + seen) % all.length
  const unseen = new Set(turns.filter((one) => !sample.has(one)))
  return all.filter((one) => !unseen.has(one))
}

const isFeasible = ({ first }: NodeExplanation): boolean => first === undefined

export const nominatedNode = (
  { draft, nominated }: Session,
  { name }: KnownPod,
): NodeId | undefined => O.toUndefined(findNode(draft, nominated.get(name) ?? ''))

/** Where nothing is scored, the first feasible node will do. */
const wanted = (session: Session, pod: KnownPod, nodes: number): number => {
  const { scores, percentageOfNodesToScore = 0 } = profileFor(session, pod)
  return scores.length === 0 ? 1 : feasibleWanted(nodes, percentageOfNodesToScore)
}

/** The explanation as if only these nodes were there to choose from. */
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

/** The same, and of the best the one that upstream's heap has at its root. */
const rooted = (found: Explanation, turns: readonly NodeExplanation[]): Explanation => {
  const scored = new Map(found.nodes.map((one) => [one.node, one]))
  const feasible = turns.flatMap(({ node }) => scored.get(node) ?? []).filter(isFeasible)
  const root = heapRoot(feasible, ({ scores }) =>
    scores.reduce((sum, { weighted }) => sum + weighted, 0),
  )
  return root === undefined ? found : { ...found, chosen: root.node }
}

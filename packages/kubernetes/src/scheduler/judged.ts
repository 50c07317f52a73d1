/**
 * What is found of the nodes when a pod looks for one: every node, or the one that it is nominated
 * to, or a sample.
 */
import {
  getOrThrow,
  define,
  explain,
  findNode,
  type ClassSpec,
  type Explanation,
  type NodeExplanation,
  type NodeId,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { pluginOf } from '../plugin/reason.js'
import { besideGuests, guestsBeside, unaskedOf, type Asking } from './nominated.js'
import { feasibleWanted, heapRoot, looked } from './search.js'
import { classOf, profileFor, type KnownPod, type Session } from './session.js'

/** A pod that asks, what it is, and what the nodes that were looked at say. */
export interface Judged extends Asking {
  readonly pod: KnownPod
  readonly described: ClassSpec
  readonly found: Explanation
}

/** Asks the nodes, and moves the start of the next search. */
export const judged = (session: Session, pod: KnownPod): Judged => {
  const { draft, tie } = session
  const plain = classOf(session, pod)
  const described: ClassSpec = {
    ...plain,
    choice: { ...plain.choice, tie: tie === 'heap' ? 'rank' : tie },
  }
  const asked = getOrThrow(define(draft, described))
  const before = explain(draft, { class: asked })
  const asking: Asking = {
    class: asked,
    guests: guestsBeside(session, pod),
    isUnasked: unaskedOf(pod, before),
  }
  const all = besideGuests(session, asking, before)
  const turns = turnsOf(session, all)
  const nodes = isRefused(described) ? all : lookedAt(session, pod, all, turns)
  const found = among(session, before, asked, nodes)
  return { ...asking, pod, described, found: tie === 'heap' ? rooted(found, turns) : found }
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
const among = (
  { draft }: Session,
  before: Explanation,
  asked: Asking['class'],
  nodes: readonly NodeExplanation[],
): Explanation => {
  const feasible = nodes.filter(isFeasible).map(({ node }) => node)
  const same = feasible.length === before.nodes.filter(isFeasible).length
  const after = same ? before : explain(draft, { class: asked, only: feasible })
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

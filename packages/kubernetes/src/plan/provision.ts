/**
 * Plans which nodes to add for pods that find no place on the existing nodes. An offer is a type of
 * node that can be added; for each offer the input has one sample node, called a probe.
 * 1. Pods of DaemonSets are put on the probes, because every new node will hold them from the
 *    start. They count even if the node has no room for them, as for Karpenter and the Cluster
 *    Autoscaler.
 * 2. The probes are removed, and all pending pods are planned on the existing nodes.
 * 3. For pods that find no place, the kernel chooses how many nodes of which offers to add.
 *
 * Source: Karpenter documentation, "Scheduling" (daemon overhead), and the FAQ of the Cluster
 * Autoscaler (template nodes hold the pods of DaemonSets).
 */
import {
  bind,
  findClass,
  findNode,
  getOrThrow,
  internWord,
  leave,
  nodeSpec,
  provision,
  replicasOn,
  wordPlan,
  type ClassSpec,
  type Draft,
  type NodeId,
  type NodeSpec,
  type Offering,
  type SupplyOptions,
  type SupplyPlan,
  type Vector,
  type WordedPlan,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { hostnameKey } from '../cluster-autoscaler/snapshot.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import type { KubernetesInput } from '../read/input.js'
import type { PendingWorkload } from '../workload/share.js'
import { offerAttribute } from './offered-class.js'
import { playTurn, sharedTurns, type AnsweredTurn, type Outcome } from './play.js'
import { rolledOut } from './plan.js'
import { playInRounds } from './rounds.js'
import { unplacedIn } from './rollout.js'
import { openStage, type Stage } from './stage.js'

/** Nodes that could be opened. */
export interface NodeOffer {
  /** The name of its probe among the nodes of the input. */
  readonly probe: string
  /** New nodes are called by it, with a number after it. */
  readonly prefix: string
  /** A whole number of the smallest unit of money that matters. */
  readonly price: number
  /** So many can be opened; any number when absent. */
  readonly countMax?: number
}

/** Pods of a workload that no offer has room for, and what the offers say. */
export interface UnsuppliedPods {
  readonly name: string
  readonly count: number
  /** How many offers give a reason; one offer may give several. */
  readonly reasons: readonly {
    readonly plugin: string
    readonly reason: string
    readonly offers: number
  }[]
  /**
   * The offer with the fewest reasons, of several the one that lacks the smallest share, and its
   * reasons; absent without offers.
   */
  readonly nearest?: { readonly offer: number; readonly reasons: readonly string[] }
}

/** The nodes to open, each with its offer by position, and what still finds no place. */
export interface NodeSupply {
  readonly nodes: readonly (WordedPlan['nodes'][number] & { readonly offer: number })[]
  readonly unplaced: readonly UnsuppliedPods[]
  /** Pods that found a place on the nodes that are there, or ran. */
  readonly placed: number
  readonly price: number
  readonly bound: SupplyPlan['bound']
}

/** A stage without the probes of offers, and what can be opened. */
export interface OfferedStage {
  readonly stage: Stage
  readonly offerings: readonly Offering[]
  /** By offering, its probe as a node of the kernel. */
  readonly probes: readonly NodeSpec[]
  /** By offering, the DaemonSets of which each of its nodes holds a pod from the start. */
  readonly daemons: readonly (readonly PendingWorkload[])[]
  /** The positions of offers whose nodes have no room for all pods of DaemonSets. */
  readonly crowded: ReadonlySet<number>
}

/** Opens a stage in an empty draft, and makes offerings of the probes, which leave. */
export const openOffered = (
  draft: Draft,
  input: KubernetesInput,
  offers: readonly NodeOffer[],
): OfferedStage => {
  const stage = openStage(draft, input, new Set(offers.map(({ probe }) => probe)))
  const probes = offers.map(({ probe }) => O.toUndefined(findNode(draft, probe))!)
  const isProbe = new Set(probes)
  const isOnProbe = ({ only }: Stage['turns'][number]): boolean =>
    only !== undefined && isProbe.has(only[0])
  const daemons = new Map<NodeId, PendingWorkload[]>(probes.map((probe) => [probe, []]))
  const crowded = new Set<number>()
  for (const turn of stage.turns.filter(isOnProbe)) {
    const outcome = playTurn(stage, turn)
    if (outcome._tag === 'Held') continue
    const [probe] = turn.only!
    if (unplacedIn(outcome) > 0) {
      getOrThrow(bind(draft, outcome.lowered.class, probe, 'running'))
      crowded.add(probes.indexOf(probe))
    }
    daemons.get(probe)!.push(turn.workload)
  }
  const specs = probes.map((probe) => O.toUndefined(nodeSpec(draft, probe))!)
  const offerings = probes.map((probe, i) => offeringOf(draft, probe, specs[i]!, offers[i]!, i))
  for (const probe of probes) getOrThrow(leave(draft, probe))
  return {
    stage: { ...stage, turns: stage.turns.filter((turn) => !isOnProbe(turn)) },
    ...{ offerings, probes: specs },
    ...{ daemons: [...daemons.values()], crowded },
  }
}

/** Places all that waits on the nodes that are there, and plays the rollouts. */
export const playWaiting = (stage: Stage, input: KubernetesInput): readonly Outcome[] => {
  // A StatefulSet goes on once the nodes are there.
  const turns = sharedTurns(stage).map(([, turn]) => turn)
  const played = playInRounds(stage, turns, { isOrdered: false }).flat()
  return rolledOut(stage, input, played)
}

/** What the probe is and holds, but for its name. */
const offeringOf = (
  draft: Draft,
  probe: NodeId,
  { capacity, attributes, marks }: NodeSpec,
  { prefix, price, countMax }: NodeOffer,
  at: number,
): Offering => {
  const hostname = internWord(draft, hostnameKey)
  const counts = new Map<Offering['holds'][number]['class'], number>()
  for (const { class: id } of replicasOn(draft, probe)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return {
    ...{ prefix, capacity, marks, price, named: [hostname] },
    ...(countMax === undefined ? {} : { countMax }),
    attributes: [...attributes.filter(([key]) => key !== hostname), offerAttribute(draft, at)],
    holds: [...counts].map(([id, count]) => ({ class: id, count })),
  }
}

/** The cheapest nodes for pods that found no place. */
export const supplyFrom = (
  draft: Draft,
  lacking: readonly AnsweredTurn[],
  offerings: readonly Offering[],
  options: SupplyOptions,
): Omit<NodeSupply, 'placed'> => {
  const requests = lacking.map((one) => ({ class: one.lowered.class, count: unplacedIn(one) }))
  const plan = getOrThrow(provision(draft, requests, offerings, options))
  return {
    nodes: suppliedNodes(draft, lacking, offerings, plan.nodes),
    unplaced: plan.unplaced.map((row) => unsuppliedPods(draft, lacking, offerings, row)),
    price: plan.price,
    bound: plan.bound,
  }
}

/** The nodes in words, with what they have and use. */
export const suppliedNodes = (
  draft: Draft,
  lacking: readonly AnsweredTurn[],
  offerings: readonly Offering[],
  supplied: SupplyPlan['nodes'],
): NodeSupply['nodes'] => {
  const nodes = supplied.map(({ offering, name, places }) => {
    const { capacity, holds } = offerings[offering]!
    const counts = new Map<string, number>()
    for (const { request, count } of places) {
      const { name: workload } = lacking[request]!.turn.workload
      counts.set(workload, (counts.get(workload) ?? 0) + count)
    }
    const loads = [
      ...holds.map((one) => ({ id: one.class, count: one.count })),
      ...places.map(({ request, count }) => ({ id: lacking[request]!.lowered.class, count })),
    ]
    const load = sumOfLoads(
      loads.map(({ id, count }) => [O.toUndefined(findClass(draft, id))!.occupies, count]),
    )
    const held = [...counts].map(([workload, count]) => ({ name: workload, count }))
    return { name, capacity, load, holds: held }
  })
  return wordPlan({ nodes, unplaced: [] }, vocabularyOf(draft)).nodes.map((node, i) => ({
    ...node,
    offer: supplied[i]!.offering,
  }))
}

const sumOfLoads = (all: readonly (readonly [Vector, number])[]): Vector => {
  const sums = new Map<Vector[number][0], number>()
  for (const [vector, count] of all)
    for (const [dimension, amount] of vector)
      sums.set(dimension, (sums.get(dimension) ?? 0) + amount * count)
  return [...sums]
}

const unsuppliedPods = (
  draft: Draft,
  lacking: readonly AnsweredTurn[],
  offerings: readonly Offering[],
  { request, count, offerings: answers }: SupplyPlan['unplaced'][number],
): UnsuppliedPods => {
  const { reasonOf } = vocabularyOf(draft)
  const { turn, lowered } = lacking[request]!
  const worded = answers.map(({ offering, refusals }) => ({
    ...{ offering, lack: lackOf(draft, lowered.spec, offerings[offering]!) },
    reasons: refusals.flatMap(({ reasons }) => reasons.map(reasonOf)),
  }))
  const sums = new Map<string, { plugin: string; reason: string; offers: number }>()
  for (const { plugin, reason } of worded.flatMap(({ reasons }) => reasons)) {
    const key = JSON.stringify([plugin, reason])
    sums.set(key, { plugin, reason, offers: (sums.get(key)?.offers ?? 0) + 1 })
  }
  const nearest = worded.reduce<(typeof worded)[number] | undefined>(
    (best, one) =>
      best === undefined ||
      one.reasons.length < best.reasons.length ||
      (one.reasons.length === best.reasons.length && one.lack < best.lack)
        ? one
        : best,
    undefined,
  )
  return {
    ...{ name: turn.workload.name, count },
    reasons: [...sums.values()].sort((a, b) => b.offers - a.offers),
    ...(nearest === undefined
      ? {}
      : {
          nearest: {
            offer: nearest.offering,
            reasons: [...new Set(nearest.reasons.map(({ reason }) => reason))],
          },
        }),
  }
}

/** The largest share of what a pod needs that a new node of the offering lacks; 0 when it fits. */
const lackOf = (draft: Draft, { filters }: ClassSpec, { capacity, holds }: Offering): number => {
  const loads = sumOfLoads(
    holds.map(({ class: id, count }) => [O.toUndefined(findClass(draft, id))!.occupies, count]),
  )
  const amountIn = (vector: Vector, dimension: Vector[number][0]): number =>
    vector.find(([one]) => one === dimension)?.[1] ?? 0
  const parts = filters.flatMap((filter) => (filter._tag === 'Fit' ? filter.parts : []))
  return parts.reduce((most, { dimension, amount }) => {
    const free = amountIn(capacity, dimension) - amountIn(loads, dimension)
    return amount > free ? Math.max(most, (amount - free) / amount) : most
  }, 0)
}

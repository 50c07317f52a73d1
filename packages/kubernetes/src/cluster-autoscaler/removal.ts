/**
 * Simulates the removal of candidate nodes, one after the other: a candidate is removed if its pods
 * fit on the other nodes. For later candidates the removed node stays removed, and the evictions
 * stay charged to disruption budgets.
 */
import { allowIndexes, batch, empty, getOrThrow, leave, trial, type NodeId } from '@stowage/kernel'
import { isCovered } from '../disruption/guards.js'
import type { ObjectSurroundings } from '../surroundings/surroundings.js'
import type { PodDisruptionBudget } from '../words/preemption.js'
import { budgetVerdict, nodeDrain, type NodeDrain } from './node-drain.js'
import type { BlockingReason, RemovalWorld } from './pod-removal.js'
import { addNode, openSnapshot, placeOn, unplace, type Snapshot } from './snapshot.js'
import type { AutoscaledPod, OccupiedNode } from './words.js'

/** What is tried, in order, and with which budgets. */
export interface RemovalInput extends RemovalWorld {
  readonly nodes: readonly OccupiedNode[]
  /** Names of nodes, each once. */
  readonly candidates: readonly string[]
  /** What there is beside nodes and pods; nothing when absent. */
  readonly objects?: ObjectSurroundings | undefined
}

/** The verdict on a candidate. `isRisky`: budgets let its pods go only one by one. */
export type CandidateVerdict = { readonly node: string } & (
  | { readonly isRemovable: true; readonly isRisky: boolean }
  | { readonly isRemovable: false; readonly reason: 'NoPlaceToMovePods' }
  | {
      readonly isRemovable: false
      readonly reason: 'BlockedByPod'
      readonly blockingPod: AutoscaledPod
      readonly blockingReason: BlockingReason
    }
)

/** The verdicts in order, and the budgets with what is left of them, which can be below 0. */
export interface Removals {
  readonly candidates: readonly CandidateVerdict[]
  readonly pdbs: readonly PodDisruptionBudget[]
  /** By the name of each node that is left, its pods. */
  readonly podsOf: ReadonlyMap<string, readonly AutoscaledPod[]>
}

/** Removes one candidate after the other. */
export const simulateRemovals = (input: RemovalInput): Removals =>
  batch(allowIndexes(empty), (draft) => {
    const snapshot = openSnapshot(
      draft,
      input.nodes.flatMap(({ pods }) => pods),
      input.objects,
    )
    const hosts = new Map<string, Host>(
      input.nodes.map((node) => [
        node.node.metadata.name,
        { id: addNode(snapshot, node), pods: node.pods },
      ]),
    )
    let { pdbs } = input
    const candidates = input.candidates.map((node): CandidateVerdict => {
      const drain = nodeDrain(hosts.get(node)!.pods, { ...input, pdbs })
      if (drain.isBlocked) {
        const { pod: blockingPod, reason: blockingReason } = drain
        return { node, isRemovable: false, reason: 'BlockedByPod', blockingPod, blockingReason }
      }
      if (!removeNode(snapshot, hosts, node, drain))
        return { node, isRemovable: false, reason: 'NoPlaceToMovePods' }
      const { inParallel } = budgetVerdict(drain.move, pdbs)
      pdbs = pdbs.map((budget) => chargeBudget(budget, drain.move))
      return { node, isRemovable: true, isRisky: !inParallel }
    })
    return { candidates, pdbs, podsOf: new Map([...hosts].map(([name, { pods }]) => [name, pods])) }
  })[1]

/** A node that is there, with its pods in the order in which they came. */
interface Host {
  readonly id: NodeId
  readonly pods: readonly AutoscaledPod[]
}

/**
 * Moves the pods; without a place for one of them nothing changes. While they move, the node is a
 * domain of spread, empty and closed; then it leaves. Where the Cluster Autoscaler takes any node
 * that fits, the first of the input is taken.
 */
const removeNode = (
  snapshot: Snapshot,
  hosts: Map<string, Host>,
  name: string,
  { move }: NodeDrain & { readonly isBlocked: false },
): boolean =>
  trial(snapshot.draft, (draft) => {
    const own = { ...snapshot, draft, replicas: new Map(snapshot.replicas) }
    for (const pod of hosts.get(name)!.pods) unplace(own, pod)
    const others = new Map([...hosts].filter(([other]) => other !== name))
    for (const pod of move) {
      const host = [...others].find(([, { id }]) => placeOn(own, pod, [id]) !== undefined)
      if (host === undefined) return [false, false]
      const [other, { id, pods }] = host
      others.set(other, { id, pods: [...pods, pod] })
    }
    getOrThrow(leave(draft, hosts.get(name)!.id))
    hosts.delete(name)
    for (const [other, host] of others) hosts.set(other, host)
    for (const [pod, replica] of own.replicas) snapshot.replicas.set(pod, replica)
    return [true, true]
  })

const chargeBudget = (
  budget: PodDisruptionBudget,
  pods: readonly AutoscaledPod[],
): PodDisruptionBudget => {
  const count = pods.filter((pod) => isCovered(budget, pod)).length
  const { disruptionsAllowed = 0, disruptedPods = new Map<string, unknown>() } = budget.status ?? {}
  return { ...budget, status: { disruptedPods, disruptionsAllowed: disruptionsAllowed - count } }
}

/**
 * Places pods on existing nodes and new NodeClaims as Karpenter does, by first-fit decreasing:
 * 1. Pods are sorted by CPU and then memory, the largest first.
 * 2. A pod goes to the first existing node that takes it, else to the open NodeClaim with the
 *    fewest pods that takes it, else to a new NodeClaim of the first NodePool that takes it.
 * 3. A pod that fits nowhere has one preference relaxed, and is tried again.
 * 4. A pod with nothing left to relax returns to the end of the queue with all its preferences. The
 *    round ends when the whole queue was tried and no pod was placed.
 *
 * Source: Karpenter documentation, "Scheduling", and recorded answers of Karpenter 1.15.
 */
import type { Instant } from '@stowage/kernel'
import type { InstanceType } from '../node-pool/instance-type.js'
import {
  isWithinLimit,
  largestMeasures,
  subtractMeasures,
  type Measures,
} from '../node-pool/measure.js'
import { addToNode, tryNode, type ExistingNode } from './existing-node.js'
import { addToClaim, finishClaim, openClaim, tryClaim, type NodeClaim } from './node-claim.js'
import { needsOf, type PodNeeds } from './pod-needs.js'
import { createdAt } from './pod.js'
import type { PlaceRefusal } from './refusal.js'
import { relaxPod } from './relaxation.js'
import { sortUnstable } from '../node-pool/sort.js'
import type { NodeClaimTemplate } from './template.js'
import { uidOf, updatePod, type Topology } from './topology.js'
import type { DaemonGroup } from './type-filter.js'
import type { KarpenterStorage } from './storage.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** What pods are placed on, and by which rules. */
export interface SchedulingContext {
  readonly nodes: readonly ExistingNode[]
  readonly templates: readonly (NodeClaimTemplate & { readonly daemons: readonly DaemonGroup[] })[]
  /** By pool, what its limits leave. */
  readonly limits: ReadonlyMap<string, Measures>
  readonly topology: Topology
  readonly storage: KarpenterStorage
  readonly now: Instant
  readonly respectsPreferences: boolean
  readonly relaxesMinValues: boolean
  /** Whether some pool has a taint that only discourages. */
  readonly hasPreferredTaint: boolean
}

/** Where pods were placed. */
export interface PodPlan {
  readonly claims: readonly NodeClaim[]
  readonly nodes: readonly ExistingNode[]
  /** By uid, why a pod found no place. */
  readonly refusals: ReadonlyMap<string, string>
  /** Uids of the pods in the order in which they were placed. */
  readonly order: readonly string[]
}

/** The state of a round. */
interface Round {
  readonly scheduling: SchedulingContext
  readonly nodes: ExistingNode[]
  readonly limits: Map<string, Measures>
  claims: readonly NodeClaim[]
  claimsTried: number
}

/** Places pods. */
export const planPods = (scheduling: SchedulingContext, pods: readonly KarpenterPod[]): PodPlan => {
  const round: Round = {
    ...{ scheduling, nodes: [...scheduling.nodes], limits: new Map(scheduling.limits) },
    ...{ claims: [], claimsTried: 0 },
  }
  const refusals = new Map<string, string>()
  const order: string[] = []
  const queue = queueOf(pods, scheduling)
  const lengths = new Map<string, number>()
  for (let next = 0; next < queue.length; next++) {
    const needs = queue[next]!
    const uid = uidOf(needs.pod)
    const waiting = queue.length - next
    if (lengths.get(uid) === waiting) break
    const refusal = placeRelaxing(round, needs)
    if (refusal === undefined) {
      refusals.delete(uid)
      order.push(uid)
      continue
    }
    refusals.set(uid, refusal)
    updatePod(scheduling.topology, needs.pod)
    queue.push(needs)
    lengths.set(uid, waiting)
  }
  return { claims: round.claims.map(finishClaim), nodes: round.nodes, refusals, order }
}

/** By cpu and memory, the largest first; then the oldest first, and by uid. */
const queueOf = (
  pods: readonly KarpenterPod[],
  { storage, now, respectsPreferences }: SchedulingContext,
): PodNeeds[] =>
  pods
    .map((pod) => needsOf(pod, storage, respectsPreferences))
    .sort(
      (one, other) =>
        compareRequests(one, other, 'cpu') ||
        compareRequests(one, other, 'memory') ||
        createdAt(one.pod, now) - createdAt(other.pod, now) ||
        compareTexts(uidOf(one.pod), uidOf(other.pod)),
    )

const compareRequests = (one: PodNeeds, other: PodNeeds, name: string): number => {
  const [a, b] = [one, other].map(({ requests }) => requests.get(name)?.quantity ?? 0n)
  return a! > b! ? -1 : a! < b! ? 1 : 0
}

const compareTexts = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0

/** Why the pod has no place, with nothing left to relax; `undefined` when it has one. */
const placeRelaxing = (round: Round, original: PodNeeds): string | undefined => {
  const { topology, storage, respectsPreferences, hasPreferredTaint } = round.scheduling
  let needs = original
  for (;;) {
    const refusal = placePod(round, needs)
    if (refusal === undefined) return undefined
    const relaxed = relaxPod(needs.pod, hasPreferredTaint)
    if (relaxed === undefined) return refusal()
    updatePod(topology, relaxed)
    needs = needsOf(relaxed, storage, respectsPreferences)
  }
}

const placePod = (round: Round, needs: PodNeeds): PlaceRefusal | undefined => {
  if (placeOnNode(round, needs)) return undefined
  round.claims = sortUnstable(round.claims, (one, other) => one.pods.length < other.pods.length)
  if (placeOnClaim(round, needs)) return undefined
  return round.scheduling.templates.length === 0
    ? () => 'nodepool requirements filtered out all available instance types'
    : placeOnNewClaim(round, needs)
}

const placeOnNode = ({ scheduling: { topology }, nodes }: Round, needs: PodNeeds): boolean => {
  for (const [at, existing] of nodes.entries()) {
    if (existing.isUnsettled && needs.pod.status?.phase !== 'Pending') continue
    const requirements = tryNode(existing, needs, topology)
    if (requirements === undefined) continue
    nodes[at] = addToNode(existing, needs, requirements, topology)
    return true
  }
  return false
}

const placeOnClaim = (round: Round, needs: PodNeeds): boolean => {
  const { topology } = round.scheduling
  for (const claim of round.claims) {
    const change = tryClaim(claim, needs, topology, false)
    if (typeof change === 'function') continue
    const grown = addToClaim(claim, needs, change, topology)
    round.claims = round.claims.map((one) => (one === claim ? grown : one))
    return true
  }
  return false
}

/** The first template that takes the pod; or the reasons of all, in order. */
const placeOnNewClaim = (round: Round, needs: PodNeeds): PlaceRefusal | undefined => {
  const { templates, topology, relaxesMinValues } = round.scheduling
  const reasons: PlaceRefusal[] = []
  for (const template of templates) {
    const { pool } = template
    const types = typesWithinLimits(template, round.limits.get(pool))
    if (typeof types === 'string') {
      reasons.push(() => `${types} (NodePool=${pool})`)
      continue
    }
    round.claimsTried += 1
    const claim = openClaim(template, types, template.daemons, hostNumber(round.claimsTried))
    const change = tryClaim(claim, needs, topology, relaxesMinValues)
    if (typeof change === 'function') {
      reasons.push(change)
      continue
    }
    const opened = addToClaim(claim, needs, change, topology)
    round.claims = [...round.claims, opened]
    const limit = round.limits.get(pool)
    if (limit !== undefined) round.limits.set(pool, limitAfter(limit, opened.types))
    return undefined
  }
  return () => reasons.map((reason) => reason()).join('; ')
}

const hostNumber = (count: number): string =>
  `hostname-placeholder-${String(count).padStart(4, '0')}`

/** Types whose whole capacity is within what the limits of a pool leave. */
const typesWithinLimits = (
  { types }: NodeClaimTemplate,
  limit: Measures | undefined,
): readonly InstanceType[] | string => {
  if (limit === undefined) return types
  if (limit.get('nodes')?.quantity === 0n) return 'node limits have been exhausted for nodepool'
  const within = types.filter(({ capacity }) => isWithinLimit(capacity, limit))
  return within.length === 0 ? 'all available instance types exceed limits for nodepool' : within
}

/** The claim counts as the largest of its types, in each resource. */
const limitAfter = (limit: Measures, types: readonly InstanceType[]): Measures =>
  subtractMeasures(limit, largestMeasures(types.map(({ capacity }) => capacity)))

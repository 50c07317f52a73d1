/**
 * Decides for each node whether it can meet the resource claims of a pod, as the plugin
 * DynamicResources does in Filter: claims with allocated devices must be usable on the node, and
 * all other claims must get free devices there.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation".
 */
import {
  getOrThrow,
  nodeName,
  nodeSpec,
  nodesWhere,
  type Draft,
  type NodeId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { allocatorOf, type AllocationOutcome } from '../allocator/allocate.js'
import type { ClaimToAllocate } from '../allocator/request.js'
import { dimensionOf } from '../demand/resource.js'
import { requiredExpr } from '../lower/node-affinity.js'
import { devicesHeld, type Devices } from '../surroundings/devices.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { NodeSelector } from '../words/node-selector.js'
import { earlierClaim, extendedResources, isMetByClass, requestsFor } from './extended.js'
import { claimsOfPod, type PodDeviceClaim } from './pod-claims.js'

/** What the claims of a pod come to on a node. Without claims nothing is decided. */
export type NodeOutcome =
  | {
      readonly _tag: 'Allocated'
      readonly claims: readonly ClaimAllocation[]
    }
  | Exclude<AllocationOutcome, { readonly _tag: 'Allocated' }>

/** A claim with its allocation; `claim` is `undefined` for the extended resources of the pod. */
export interface ClaimAllocation {
  readonly claim: PodDeviceClaim | undefined
  readonly spec: ClaimToAllocate['spec']
  readonly allocation: NonNullable<PodDeviceClaim['allocation']>
}

/** The outcome on a node; `undefined` when the plugin has nothing to do for the pod. */
export type NodeJudgement = (node: NodeId) => NodeOutcome

/** The judgement of nodes for a pod. Its claims exist: a pod without them waits or is refused. */
export const judgementFor = (
  draft: Draft,
  pod: PodLike,
  devices: Devices,
): NodeJudgement | undefined => {
  const found = claimsOfPod(pod, devices)
  const hasExtended = isMetByClass(pod, devices)
  if (E.isLeft(found) || (found.right.length === 0 && !hasExtended)) return undefined
  const claims = found.right
  const matches = nodeMatcher(draft)
  const allocate = allocatorOf({ ...devices, held: devicesHeld(devices) })
  const unallocated = claims.filter(({ allocation }) => allocation === undefined)
  const allocated = claims.filter(({ allocation }) => allocation !== undefined)
  return (node) => {
    const extended = hasExtended ? extendedOn(draft, pod, node, devices, claims) : undefined
    if (extended?._tag === 'Failed') return extended
    if (claims.length === 0 && extended?.requests.length === 0)
      return { _tag: 'Allocated', claims: [] }
    const special = extended === undefined ? [] : [specialClaim(pod, extended.requests)]
    const missing = [...unallocated, ...special]
    const outcome: AllocationOutcome =
      missing.length === 0
        ? { _tag: 'Allocated', allocations: [] }
        : allocate(
            { name: nodeName(draft, node), matches: (one) => matches(one).has(node) },
            missing,
          )
    if (outcome._tag !== 'Allocated') return outcome
    const isHere = allocated.every(({ allocation }) =>
      allocation?.nodeSelector === undefined ? true : matches(allocation.nodeSelector).has(node),
    )
    if (!isHere) return failedOutcome('resourceclaim not available on the node')
    return { _tag: 'Allocated', claims: inClaimOrder(claims, missing, outcome.allocations) }
  }
}

const failedOutcome = (reason: string) => ({ _tag: 'Failed', reason }) as const

/** All claims in order, those for extended resources last. */
const inClaimOrder = (
  claims: readonly PodDeviceClaim[],
  missing: readonly ClaimToAllocate[],
  allocations: Extract<AllocationOutcome, { readonly _tag: 'Allocated' }>['allocations'],
): readonly ClaimAllocation[] => {
  const own = claims.map((claim): ClaimAllocation => {
    const made = allocations[missing.indexOf(claim)]
    return { claim, spec: claim.spec, allocation: (claim.allocation ?? made)! }
  })
  const last = missing.length - 1
  const special = missing[last]
  return special === undefined || claims.includes(special as PodDeviceClaim)
    ? own
    : [...own, { claim: undefined, spec: special.spec, allocation: allocations[last]! }]
}

const specialClaim = (
  { namespace }: PodLike,
  requests: ClaimToAllocate['spec']['devices']['requests'],
): ClaimToAllocate => ({
  name: `${namespace}/<extended-resources>`,
  spec: { devices: { requests, constraints: [] } },
})

/** The nodes of each selector, found once. */
const nodeMatcher = (draft: Draft): ((selector: NodeSelector) => ReadonlySet<NodeId>) => {
  const known = new Map<NodeSelector, ReadonlySet<NodeId>>()
  return (selector) => {
    const nodes =
      known.get(selector) ??
      new Set(getOrThrow(nodesWhere(draft, requiredExpr(draft, selector.nodeSelectorTerms))))
    known.set(selector, nodes)
    return nodes
  }
}

/** The requests for extended resources that the node does not have itself. */
const extendedOn = (
  draft: Draft,
  pod: PodLike,
  node: NodeId,
  devices: Devices,
  claims: readonly PodDeviceClaim[],
):
  | { readonly _tag: 'Wanted'; readonly requests: ReturnType<typeof requestsFor> }
  | ReturnType<typeof failedOutcome> => {
  const earlier = earlierClaim(pod, devices)
  if (earlier !== undefined && earlier.spec.devices.requests.length > 0)
    return failedOutcome('cannot schedule extended resource claim')
  const missing: string[] = []
  const capacity = O.toUndefined(nodeSpec(draft, node))?.capacity ?? []
  for (const resource of extendedResources(pod.spec)) {
    const dimension = dimensionOf(draft, resource)
    const own = capacity.find(([counted]) => counted === dimension)?.[1]
    if (devices.classOf.has(resource) && (own ?? 0) === 0) missing.push(resource)
    else if (own === undefined) return failedOutcome('cannot fit resource')
  }
  const isWithoutClaims = missing.length === 0 && claims.length === 0
  return {
    _tag: 'Wanted',
    requests: isWithoutClaims ? [] : requestsFor(pod.spec, missing, devices),
  }
}

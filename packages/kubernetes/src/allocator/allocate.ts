/**
 * Allocates devices, such as GPUs, for all ResourceClaims of a pod on one node. Each allocation
 * also says on which nodes its devices can be used.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation", and the API reference of
 * AllocationResult (nodeSelector).
 */
import type { AllocatedDevice, Allocation, DeviceClass } from '../words/resource-claim.js'
import type { NodeSelector, NodeSelectorRequirement } from '../words/node-selector.js'
import { countersLeft, type CounterAmounts } from './counters.js'
import type { PoolId } from './device-id.js'
import type { HeldDevices } from './held.js'
import { gatherPools, type AllocatingNode, type Pool, type SliceIndex } from './pool.js'
import { prepareClaim, type ClaimToAllocate } from './request.js'
import { searchDevices, searchTimeout, type FoundDevice, type PreparedClaim } from './search.js'
import { allocationError, type AllocationError, type Selection } from './selection.js'

/** The devices of a cluster and what is allocated of them. */
export interface DeviceWorld {
  readonly index: SliceIndex
  readonly classes: ReadonlyMap<string, DeviceClass>
  readonly held: HeldDevices
  readonly selection: Selection
}

/** An allocation for each claim, or why the node does not do. */
export type AllocationOutcome =
  | { readonly _tag: 'Allocated'; readonly allocations: readonly Allocation[] }
  | { readonly _tag: 'Failed'; readonly reason: string }
  | AllocationError

/** Allocates on one node after the other, from the devices as they are now. */
export type Allocator = (
  node: AllocatingNode,
  claims: readonly ClaimToAllocate[],
) => AllocationOutcome

/** An allocator; what allocated devices leave of counters is computed once. */
export const allocatorOf = (world: DeviceWorld): Allocator => {
  const left = new Map<PoolId, CounterAmounts>()
  const leftOf = (pool: Pool): CounterAmounts => {
    const known = left.get(pool.id) ?? countersLeft(pool, world.held)
    left.set(pool.id, known)
    return known
  }
  return (node, claims) => allocate(world, leftOf, node, claims)
}

const allocate = (
  { index, classes, held, selection }: DeviceWorld,
  leftOf: (pool: Pool) => CounterAmounts,
  node: AllocatingNode,
  claims: readonly ClaimToAllocate[],
): AllocationOutcome => {
  const pools = gatherPools(index, node)
  const prepared: PreparedClaim[] = []
  for (const claim of claims) {
    const requests = prepareClaim(claim, { node, pools, classes, selection })
    if ('_tag' in requests) return requests
    prepared.push({ claim, requests })
  }
  const outcome = searchDevices({ claims: prepared, pools, held, countersLeft: leftOf })
  if (outcome === undefined) return failedOn(pools)
  if (outcome === searchTimeout) return allocationError(`node ${node.name}: ${searchTimeout.text}`)
  if ('_tag' in outcome) return outcome
  return {
    _tag: 'Allocated',
    allocations: outcome.map((devices) => ({
      devices: { results: devices.map(allocatedDevice) },
      nodeSelector: reachOf(devices, node.name),
    })),
  }
}

const failedOn = (pools: readonly Pool[]): AllocationOutcome => ({
  _tag: 'Failed',
  reason: pools.some(({ condition }) => condition === 'invalid')
    ? 'invalid resource pools were encountered'
    : 'cannot allocate all claims',
})

/** Shares need no identity of their own here: only that it is one matters. */
const allocatedDevice = ({
  device,
  slice,
  request,
  isAdmin,
  share,
}: FoundDevice): AllocatedDevice => ({
  ...{ request, driver: slice.spec.driver, pool: slice.spec.pool.name, device: device.name },
  adminAccess: isAdmin ? true : undefined,
  shareID: share === undefined ? undefined : 'share',
  consumedCapacity: share ?? new Map(),
})

/** The nodes that reach all devices of an allocation; `undefined` for all nodes. */
const reachOf = (devices: readonly FoundDevice[], node: string): NodeSelector | undefined => {
  const matchExpressions: NodeSelectorRequirement[] = []
  const matchFields: NodeSelectorRequirement[] = []
  for (const { slice, device } of devices) {
    const reach = slice.spec.perDeviceNodeSelection === true ? device : slice.spec
    if (reach.nodeName !== undefined || device.bindsToNode === true) return onlyNode(node)
    const [term] = reach.nodeSelector?.nodeSelectorTerms ?? []
    addNew(matchExpressions, term?.matchExpressions ?? [])
    addNew(matchFields, term?.matchFields ?? [])
  }
  return matchExpressions.length + matchFields.length === 0
    ? undefined
    : { nodeSelectorTerms: [{ matchExpressions, matchFields }] }
}

const onlyNode = (node: string): NodeSelector => ({
  nodeSelectorTerms: [
    {
      matchExpressions: [],
      matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }],
    },
  ],
})

const addNew = (
  known: NodeSelectorRequirement[],
  more: readonly NodeSelectorRequirement[],
): void => {
  for (const one of more) if (!known.some((other) => isSameRequirement(one, other))) known.push(one)
}

const isSameRequirement = (
  one: NodeSelectorRequirement,
  other: NodeSelectorRequirement,
): boolean => {
  const values = new Set(one.values)
  const others = new Set(other.values)
  return (
    one.key === other.key &&
    one.operator === other.operator &&
    values.size === others.size &&
    [...values].every((value) => others.has(value))
  )
}

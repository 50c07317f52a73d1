/**
 * Gathers the pools of devices that one node can use, from all ResourceSlices. No device is
 * allocated from a pool that is incomplete (its driver is replacing its slices) or invalid (its
 * slices contradict each other).
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation", and the API reference of
 * ResourceSlice (pool, generation, node selection).
 */
import { byCodeUnit } from '@stowage/kernel'
import type { NodeSelector } from '../words/node-selector.js'
import type { CounterSet, NodeReach, ResourceSlice } from '../words/resource-slice.js'
import { poolIdOf, type PoolId } from './device-id.js'

/** A pool as one node sees it; a pool that is not complete has no slices here. */
export interface Pool {
  readonly id: PoolId
  readonly condition: 'complete' | 'incomplete' | 'invalid'
  /** Slices with devices that the node may reach, by name. */
  readonly slices: readonly ResourceSlice[]
  /** Other slices with devices, whose allocated devices take counters too. */
  readonly otherSlices: readonly ResourceSlice[]
  readonly counterSets: ReadonlyMap<string, CounterSet>
}

/** The node for which devices are allocated. */
export interface AllocatingNode {
  readonly name: string
  readonly matches: (selector: NodeSelector) => boolean
}

/** All slices, by what they are looked up by; each list is sorted by name. */
export interface SliceIndex {
  readonly onNode: ReadonlyMap<string, readonly ResourceSlice[]>
  /** Slices for no node by name. */
  readonly shared: readonly ResourceSlice[]
  readonly ofPool: ReadonlyMap<PoolId, readonly ResourceSlice[]>
}

/** Indexes slices. */
export const indexSlices = (slices: readonly ResourceSlice[]): SliceIndex => {
  const sorted = [...slices].sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))
  const isOnNode = ({ spec }: ResourceSlice): boolean => (spec.nodeName ?? '') !== ''
  return {
    onNode: groupedBy(sorted.filter(isOnNode), ({ spec }) => spec.nodeName!),
    shared: sorted.filter((slice) => !isOnNode(slice)),
    ofPool: groupedBy(sorted, poolIdOf),
  }
}

const groupedBy = <Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> => {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

/** Whether the node reaches a slice, or a device that states its nodes. */
export const isReached = (node: AllocatingNode, reach: NodeReach): boolean => {
  if ((reach.nodeName ?? '') !== '') return reach.nodeName === node.name
  if (reach.allNodes === true) return true
  return reach.nodeSelector !== undefined && node.matches(reach.nodeSelector)
}

/**
 * The pools that the node reaches, in the order in which their devices are tried: pools whose
 * devices have binding conditions come last; otherwise by driver and name.
 */
export const gatherPools = (index: SliceIndex, node: AllocatingNode): readonly Pool[] => {
  const pools = [...relevantSlices(index, node)].flatMap(
    ([id, slices]) => poolOf(index, id, slices) ?? [],
  )
  const inOrder = pools.sort((a, b) => poolOrder(a.id, b.id))
  return [...inOrder.filter((pool) => !hasConditions(pool)), ...inOrder.filter(hasConditions)]
}

const poolOrder = (one: PoolId, other: PoolId): number => {
  const [[driver, pool], [otherDriver, otherPool]] = [one, other].map(poolNames) as [
    readonly [string, string],
    readonly [string, string],
  ]
  return byCodeUnit(driver, otherDriver) || byCodeUnit(pool, otherPool)
}

const poolNames = (id: PoolId): readonly [driver: string, pool: string] => {
  const slash = id.indexOf('/')
  return [id.slice(0, slash), id.slice(slash + 1)]
}

const hasConditions = ({ slices }: Pool): boolean =>
  slices.some(({ spec }) =>
    spec.devices.some(({ bindingConditions }) => bindingConditions.length > 0),
  )

/** The slices that concern the node, of the newest generation among them, by pool. */
const relevantSlices = (
  index: SliceIndex,
  node: AllocatingNode,
): ReadonlyMap<PoolId, readonly ResourceSlice[]> => {
  const pools = new Map<PoolId, readonly ResourceSlice[]>()
  for (const slice of [...(index.onNode.get(node.name) ?? []), ...index.shared]) {
    if (!concernsNode(node, slice)) continue
    const id = poolIdOf(slice)
    const before = pools.get(id) ?? []
    const newest = before[0]?.spec.pool.generation ?? slice.spec.pool.generation
    const { generation } = slice.spec.pool
    if (generation > newest) pools.set(id, [slice])
    else if (generation === newest) pools.set(id, [...before, slice])
  }
  return pools
}

const concernsNode = (node: AllocatingNode, { spec }: ResourceSlice): boolean => {
  const isStated =
    (spec.nodeName ?? '') !== '' || spec.allNodes === true || spec.nodeSelector !== undefined
  if (isStated) return isReached(node, spec)
  return (
    spec.perDeviceNodeSelection === true && spec.devices.some((device) => isReached(node, device))
  )
}

/** `undefined` for a pool that a newer generation replaces on other nodes. */
const poolOf = (
  index: SliceIndex,
  id: PoolId,
  slices: readonly ResourceSlice[],
): Pool | undefined => {
  const { generation, resourceSliceCount } = slices[0]!.spec.pool
  if (slices.length === resourceSliceCount) return builtPool(id, slices, [])
  const all = index.ofPool.get(id) ?? []
  if (all.some(({ spec }) => spec.pool.generation > generation)) return undefined
  const current = all.filter(({ spec }) => spec.pool.generation === generation)
  if (current.length !== resourceSliceCount) return poolWithout(id, 'incomplete')
  return builtPool(
    id,
    slices,
    current.filter((slice) => !slices.includes(slice)),
  )
}

const poolWithout = (id: PoolId, condition: Pool['condition']): Pool => ({
  ...{ id, condition, slices: [], otherSlices: [], counterSets: new Map() },
})

const hasCounters = ({ spec }: ResourceSlice): boolean => spec.sharedCounters.length > 0

/** A pool of these slices; invalid when a name is there twice or a counter is not there. */
const builtPool = (
  id: PoolId,
  slices: readonly ResourceSlice[],
  others: readonly ResourceSlice[],
): Pool => {
  const ofDevices = slices
    .filter((slice) => !hasCounters(slice))
    .sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))
  const otherSlices = others.filter((slice) => !hasCounters(slice))
  const sets = [...slices, ...others].flatMap(({ spec }) => spec.sharedCounters)
  const counterSets = new Map(sets.map((set) => [set.name, set]))
  const names = ofDevices.flatMap(({ spec }) => spec.devices.map(({ name }) => name))
  const isValid =
    new Set(names).size === names.length &&
    counterSets.size === sets.length &&
    [...ofDevices, ...otherSlices].every((slice) => consumesKnown(slice, counterSets))
  return isValid
    ? { id, condition: 'complete', slices: ofDevices, otherSlices, counterSets }
    : poolWithout(id, 'invalid')
}

const consumesKnown = (
  { spec }: ResourceSlice,
  counterSets: ReadonlyMap<string, CounterSet>,
): boolean =>
  spec.devices.every(({ consumesCounters }) =>
    consumesCounters.every(({ counterSet, counters }) => {
      const known = counterSets.get(counterSet)
      return known !== undefined && [...counters.keys()].every((name) => known.counters.has(name))
    }),
  )

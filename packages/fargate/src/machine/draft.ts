/**
 * Creates a mutable copy of the state of the Fargate model (`VendingMachine`). An operation, such
 * as a launch, changes the copy, which becomes the next immutable state.
 */
import type { FargateOptions } from '../launch/options.js'
import type { FargateCapacity } from '../platform/spot.js'
import type { Bucket } from '../quota/bucket.js'
import type { FargateNode, VendingMachine } from './state.js'

/** The fields of `VendingMachine`, writable. */
export interface MachineDraft {
  readonly options: FargateOptions
  readonly buckets: Record<FargateCapacity, Bucket>
  readonly nodes: Map<string, FargateNode>
  readonly running: Map<string, number>
  readonly cpu: Record<FargateCapacity, number>
  readonly serials: Map<string, number>
  readonly turns: Map<string, number>
}

/**
 * Copies a machine. Nodes are added and removed only here, so that the counts of running nodes
 * always match the nodes.
 */
export const draftOf = (machine: VendingMachine): MachineDraft => ({
  options: machine.options,
  buckets: { ...machine.buckets },
  nodes: new Map(machine.nodes),
  running: new Map(machine.running),
  cpu: { ...machine.cpu },
  serials: new Map(machine.serials),
  turns: new Map(machine.turns),
})

/** The draft as a machine; it must not be changed any more. */
export const sealMachine = (draft: MachineDraft): VendingMachine => draft

/** Adds to the counter of a key. */
export const addCount = (counts: Map<string, number>, key: string, more: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + more)
}

/** The key of `running`: capacity and subnet. */
export const placeKey = ({ capacity, subnet }: Pick<FargateNode, 'capacity' | 'subnet'>): string =>
  JSON.stringify([capacity, subnet])

/** Adds a node with the next serial of its subnet, and counts it. */
export const enterNode = (
  draft: MachineDraft,
  unnumbered: Omit<FargateNode, 'serial'>,
): FargateNode => {
  const { task, capacity, size, subnet } = unnumbered
  const node = { ...unnumbered, serial: draft.serials.get(subnet) ?? 0 }
  draft.nodes.set(task, node)
  draft.cpu[capacity] += size.cpu
  addCount(draft.running, placeKey(node), 1)
  addCount(draft.serials, subnet, 1)
  return node
}

/** Removes a node from the nodes and from the counters of running nodes. */
export const removeNode = (draft: MachineDraft, node: FargateNode): void => {
  draft.nodes.delete(node.task)
  addCount(draft.running, placeKey(node), -1)
  draft.cpu[node.capacity] -= node.size.cpu
}

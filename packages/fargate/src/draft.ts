/**
 * A machine that is being changed, and that nobody else can see; nodes are entered and taken out
 * here, with all that is counted of them.
 */
import type { Bucket } from './bucket.js'
import type { FargateNode, Machine } from './machine.js'
import type { FargateOptions } from './options.js'
import type { Capacity } from './spot.js'

export interface Draft {
  readonly options: FargateOptions
  readonly buckets: Record<Capacity, Bucket>
  readonly nodes: Map<string, FargateNode>
  readonly running: Map<string, number>
  readonly cpu: Record<Capacity, number>
  readonly serials: Map<string, number>
  readonly turns: Map<string, number>
}

export const draftOf = (machine: Machine): Draft => ({
  options: machine.options,
  buckets: { ...machine.buckets },
  nodes: new Map(machine.nodes),
  running: new Map(machine.running),
  cpu: { ...machine.cpu },
  serials: new Map(machine.serials),
  turns: new Map(machine.turns),
})

export const sealed = (draft: Draft): Machine => draft

export const add = (counts: Map<string, number>, key: string, more: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + more)
}

export const placeOf = ({ capacity, subnet }: Pick<FargateNode, 'capacity' | 'subnet'>): string =>
  JSON.stringify([capacity, subnet])

export const entered = (draft: Draft, unnumbered: Omit<FargateNode, 'serial'>): FargateNode => {
  const { task, capacity, size, subnet } = unnumbered
  const node = { ...unnumbered, serial: draft.serials.get(subnet) ?? 0 }
  draft.nodes.set(task, node)
  draft.cpu[capacity] += size.cpu
  add(draft.running, placeOf(node), 1)
  add(draft.serials, subnet, 1)
  return node
}

export const takenOut = (draft: Draft, node: FargateNode): void => {
  draft.nodes.delete(node.task)
  add(draft.running, placeOf(node), -1)
  draft.cpu[node.capacity] -= node.size.cpu
}

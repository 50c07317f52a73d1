/**
 * Simulates the pod garbage collector, which removes the pods of a deleted node 40 to 60 seconds
 * after the node was deleted. Until then the controllers count these pods as before.
 *
 * Source: Kubernetes documentation, "Pod Lifecycle" (garbage collection of Pods).
 */
import { instant, type Instant, type NodeId, type ReplicaId } from '@stowage/kernel'
import { podIn, putPod, slottedIn, type MemoryEdit } from '../memory/edit.js'
import type { PodSlot } from '../memory/memory.js'

/** How often the collector looks, and how long it waits for a node, in milliseconds. */
const lookEvery = 20_000
const nodeGrace = 40_000

const garbagePrefix = 'Garbage '

/** A node that is gone: its number may be given to another one. */
const goneNumber = (node: number): number => -1 - node

/** Keeps a pod whose node is gone. */
export const orphanPod = (edit: MemoryEdit, replica: ReplicaId, node: string): void => {
  const pod = podIn(edit, replica)
  if (pod === undefined) return
  const slot = pod.slot === undefined ? {} : { slot: goneSlot(edit, pod.slot) }
  putPod(edit, replica, {
    ...{ ...pod, ...slot, node: goneNumber(pod.node) as NodeId, goneNode: node },
  })
  edit.dues.set(`${garbagePrefix}${replica}`, collectedAt(edit.now))
}

const goneSlot = (edit: MemoryEdit, slot: PodSlot): PodSlot =>
  slottedIn(edit, slot.workload)?.daemon === undefined
    ? slot
    : { ...slot, key: goneNumber(slot.key) }

/** The collector looks every 20 s, and gives a node that is missing another 40 s to come back. */
const collectedAt = (now: Instant): Instant =>
  instant(Math.ceil(now / lookEvery) * lookEvery + nodeGrace)

/** The pod that is due under a title; `undefined` for the title of anything else. */
export const garbageIn = (title: string): ReplicaId | undefined =>
  title.startsWith(garbagePrefix)
    ? (Number(title.slice(garbagePrefix.length)) as ReplicaId)
    : undefined

/** Forgets when a pod that is gone would have been collected. */
export const forgetGarbage = (edit: MemoryEdit, replica: ReplicaId): void => {
  const title = `${garbagePrefix}${replica}`
  if (edit.before.dues.has(title) || edit.dues.has(title)) edit.dues.set(title, undefined)
}

/**
 * Simulates how AWS patches the operating system of Fargate nodes of EKS pods: evicts the pods of
 * one availability zone after the other. When a disruption budget refuses an eviction, AWS sends an
 * event with the time when it deletes the pod regardless.
 *
 * Source: Amazon EKS User Guide, Fargate OS patching. How long AWS waits after the event is not
 * documented, so the caller decides.
 */
import type { Instant } from '@stowage/kernel'
import { releaseNodes } from './machine.js'
import type { VendingMachine } from './state.js'

/** The name of the event that announces a deletion. */
const patchEvent = 'EKS Fargate Pod Scheduled Termination'

/** When the nodes of one zone are patched. */
export interface PatchWindow {
  /** The subnets of the zone. */
  readonly subnets: readonly string[]
  readonly at: Instant
  /** When pods are deleted whose eviction was refused. */
  readonly deletedAt: Instant
}

/** What patching does to one pod. */
export type PatchResult =
  | { readonly _tag: 'Evicted'; readonly task: string; readonly at: Instant }
  | {
      readonly _tag: 'Scheduled'
      readonly task: string
      readonly event: typeof patchEvent
      readonly at: Instant
      readonly deletedAt: Instant
    }

/**
 * Patches a zone: asks `mayEvict` for each of its pods, in the order of their launch, with the pods
 * evicted so far. The next machine lacks the nodes of evicted pods. For a pod that is 'Scheduled',
 * call `releaseNode` at `deletedAt`.
 */
export const patchZone = (
  machine: VendingMachine,
  { subnets, at, deletedAt }: PatchWindow,
  mayEvict: (task: string, evicted: readonly string[]) => boolean,
): readonly [after: VendingMachine, answer: readonly PatchResult[]] => {
  const evicted: string[] = []
  const results = [...machine.nodes.values()]
    .filter(({ subnet }) => subnets.includes(subnet))
    .map(({ task }): PatchResult => {
      if (!mayEvict(task, evicted))
        return { _tag: 'Scheduled', task, event: patchEvent, at, deletedAt }
      evicted.push(task)
      return { _tag: 'Evicted', task, at }
    })
  return [releaseNodes(machine, evicted)[0], results]
}

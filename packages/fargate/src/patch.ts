/**
 * AWS patches what the nodes of pods run: in one availability zone after the other, by evicting
 * each pod, which its disruption budget may refuse. Of a refusal there is an event, with the time
 * when the pod is deleted all the same.
 *
 * Source: Amazon EKS User Guide, Fargate OS patching. How long AWS waits after the event is not
 * documented; here the caller says.
 */
import { stopTasks, type Machine } from './machine.js'

export const patchEvent = 'EKS Fargate Pod Scheduled Termination'

/** Times are milliseconds of the caller's clock. */
export interface PatchWindow {
  /** Those of the zone. */
  readonly subnets: readonly string[]
  readonly at: number
  /** When pods are deleted whose eviction was refused. */
  readonly deletedAt: number
}

export type Patched =
  | { readonly _tag: 'Evicted'; readonly task: string; readonly at: number }
  | {
      readonly _tag: 'Scheduled'
      readonly task: string
      readonly event: typeof patchEvent
      readonly at: number
      readonly deletedAt: number
    }

/**
 * Asks for every pod of the zone, in the order in which they were launched, whether it may be
 * evicted beside those that were before it. The machine that comes back is without the nodes that
 * are gone at `at`; whose pods are deleted later, `stopTasks` takes away then.
 */
export const patch = (
  machine: Machine,
  { subnets, at, deletedAt }: PatchWindow,
  mayEvict: (task: string, evicted: readonly string[]) => boolean,
): readonly [after: Machine, answer: readonly Patched[]] => {
  const evicted: string[] = []
  const patched = [...machine.nodes.values()]
    .filter(({ subnet }) => subnets.includes(subnet))
    .map(({ task }): Patched => {
      if (!mayEvict(task, evicted))
        return { _tag: 'Scheduled', task, event: patchEvent, at, deletedAt }
      evicted.push(task)
      return { _tag: 'Evicted', task, at }
    })
  return [stopTasks(machine, evicted)[0], patched]
}

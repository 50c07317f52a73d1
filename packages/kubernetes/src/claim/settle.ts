/**
 * Runs the controllers of volume claims before a plan schedules any pod:
 * 1. It assumes StorageClasses if the input has none.
 * 2. It creates the claims of pods that have names.
 * 3. It binds claims to volumes.
 * 4. Pods that are still to be made from a template have no names and no claims. For them it binds
 *    the ephemeral volumes of the template itself.
 */
import type { Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { PendingWorkload, Shares } from '../workload/share.js'
import { withAssumedClasses } from './assumed-class.js'
import { bindClaims, type BoundStorage } from './bind.js'
import { bindTemplates, withMadeClaims, type UnboundVolume } from './made.js'

/** Pending workloads and storage after the controllers of claims have run. */
export interface SettledClaims {
  /** The pending workloads, in their order. */
  readonly workloads: readonly PendingWorkload[]
  readonly storage: Storage
  /** The claims that stay unbound and wait for no pod. */
  readonly unbound: BoundStorage['unbound']
  readonly chosen: BoundStorage['chosen']
  readonly unboundTemplates: readonly UnboundVolume[]
}

/**
 * Makes and binds the claims of all pods: pending ones, split by index, running ones, and those
 * that come in the place of running ones.
 */
export const settleClaims = (
  { pending, repeated, running }: Shares,
  before: Storage,
  nodes: readonly Node[],
  replaced: readonly PendingWorkload[] = [],
): SettledClaims => {
  const pods = [...pending, ...repeated, ...running, ...replaced]
  const known = withAssumedClasses(before, pods)
  const { storage: withBound, unbound, chosen } = bindClaims(withMadeClaims(known, pods), nodes)
  const { workloads, storage, unbound: unboundTemplates } = bindTemplates(pending, withBound)
  return { workloads, storage, unbound, chosen, unboundTemplates }
}

/**
 * Who goes to Fargate: what the webhook of EKS takes when it is admitted, and the pods that it took
 * before.
 */
import type { KubernetesInput } from '../read/input.js'
import type { PendingWorkload } from '../workload/share.js'
import { fargateScheduler, mutateForFargate, type Mutable } from './mutate.js'
import type { EksFargateOptions } from './options.js'
import type { FargateProfile } from './profile.js'
import { fargateProfileFor } from './select.js'

/** Pods of a workload, as the webhook leaves them. */
export interface PodsOfProfile {
  readonly wanting: PendingWorkload & Required<Mutable>
  readonly profile: FargateProfile
}

export interface Admitted {
  readonly taken: readonly PodsOfProfile[]
  readonly left: readonly PendingWorkload[]
}

export const admitToFargate = (
  { pending }: Pick<KubernetesInput, 'pending'>,
  profiles: readonly FargateProfile[],
  options: EksFargateOptions,
): Admitted => {
  const taken: PodsOfProfile[] = []
  const left: PendingWorkload[] = []
  for (const one of pending) {
    const profile = takerOf(one, profiles, options)
    if (profile === undefined) left.push(one)
    else taken.push({ wanting: mutateForFargate(one, profile, options), profile })
  }
  return { taken, left }
}

const takerOf = (
  wanting: PendingWorkload,
  profiles: readonly FargateProfile[],
  { daemonSets }: EksFargateOptions,
): FargateProfile | undefined =>
  isSettled(wanting) || (wanting.count === 'one per node' && daemonSets === 'nodes')
    ? undefined
    : fargateProfileFor(profiles, wanting)

/**
 * A pod that an API server has, so that it was admitted before, and not to Fargate: nobody looks at
 * it again.
 */
const isSettled = ({ kind, named, spec }: PendingWorkload): boolean =>
  kind === 'Pod' && named?.uid !== undefined && spec.schedulerName !== fargateScheduler

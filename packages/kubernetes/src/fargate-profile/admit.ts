/**
 * Does the admission of pods to EKS Fargate: separates the pods that some Fargate profile takes
 * from the pods that stay on nodes. Pods that were already admitted in the input keep that
 * decision.
 */
import type { KubernetesInput } from '../read/input.js'
import type { PendingWorkload } from '../workload/share.js'
import { fargateScheduler, mutateForFargate, type Mutable } from './mutate.js'
import type { EksFargateOptions } from './options.js'
import type { FargateProfile } from './profile.js'
import { fargateProfileFor } from './select.js'

/** Pods of a workload after the webhook's mutation, and the profile that takes them. */
export interface PodsOfProfile {
  readonly workload: PendingWorkload & Required<Mutable>
  readonly profile: FargateProfile
}

/** Workloads that profiles take, and all others. */
export interface FargateAdmission {
  readonly taken: readonly PodsOfProfile[]
  readonly left: readonly PendingWorkload[]
}

/**
 * Applies the profiles to all pending workloads. DaemonSets stay on nodes if the options say so.
 */
export const admitToFargate = (
  { pending }: Pick<KubernetesInput, 'pending'>,
  profiles: readonly FargateProfile[],
  options: EksFargateOptions,
): FargateAdmission => {
  const taken: PodsOfProfile[] = []
  const left: PendingWorkload[] = []
  for (const one of pending) {
    const profile = takerOf(one, profiles, options)
    if (profile === undefined) left.push(one)
    else taken.push({ workload: mutateForFargate(one, profile, options), profile })
  }
  return { taken, left }
}

const takerOf = (
  workload: PendingWorkload,
  profiles: readonly FargateProfile[],
  { daemonSets }: EksFargateOptions,
): FargateProfile | undefined =>
  isSettled(workload) || (workload.count === 'one per node' && daemonSets === 'nodes')
    ? undefined
    : fargateProfileFor(profiles, workload)

/** Whether the pod was admitted before and not sent to Fargate. Admission happens once. */
const isSettled = ({ kind, named, spec }: PendingWorkload): boolean =>
  kind === 'Pod' && named?.uid !== undefined && spec.schedulerName !== fargateScheduler

/**
 * Who goes to Fargate: what the webhook of EKS takes when it is admitted, and the pods that it took
 * before.
 */
import type { KubernetesInput } from '../read/input.js'
import type { Wanting } from '../workload/share.js'
import { fargateScheduler, mutatedForFargate, type Mutable } from './mutate.js'
import type { EksFargateOptions } from './options.js'
import type { FargateProfile } from './profile.js'
import { profileFor } from './select.js'

/** Pods of a workload, as the webhook leaves them. */
export interface Taken {
  readonly wanting: Wanting & Required<Mutable>
  readonly profile: FargateProfile
}

export interface Admitted {
  readonly taken: readonly Taken[]
  readonly left: readonly Wanting[]
}

export const admitToFargate = (
  { wanting }: Pick<KubernetesInput, 'wanting'>,
  profiles: readonly FargateProfile[],
  options: EksFargateOptions,
): Admitted => {
  const taken: Taken[] = []
  const left: Wanting[] = []
  for (const one of wanting) {
    const profile = takerOf(one, profiles, options)
    if (profile === undefined) left.push(one)
    else taken.push({ wanting: mutatedForFargate(one, profile, options), profile })
  }
  return { taken, left }
}

const takerOf = (
  wanting: Wanting,
  profiles: readonly FargateProfile[],
  { daemonSets }: EksFargateOptions,
): FargateProfile | undefined =>
  isSettled(wanting) || (wanting.count === 'one per node' && daemonSets === 'nodes')
    ? undefined
    : profileFor(profiles, wanting)

/**
 * A pod that an API server has, so that it was admitted before, and not to Fargate: nobody looks at
 * it again.
 */
const isSettled = ({ kind, named, spec }: Wanting): boolean =>
  kind === 'Pod' && named?.uid !== undefined && spec.schedulerName !== fargateScheduler

/**
 * Selects the Fargate profile that takes a pod. This is decided once, at admission: if no profile
 * takes the pod at that time, none ever will.
 *
 * Source: Amazon EKS User Guide, "Define which Pods use AWS Fargate when launched".
 */
import type { Labels } from '../words/label-selector.js'
import { isActive, type FargateProfile, type FargateProfileSelector } from './profile.js'
import { isLike } from './wildcard.js'

/** The label that names a pod's profile. */
export const profileLabel = 'eks.amazonaws.com/fargate-profile'

/** The fields of a pod or template that selectors read. */
export interface SelectablePod {
  readonly namespace: string
  readonly labels: Labels
}

/**
 * Whether the selector matches the pod's namespace and each of its labels matches some label of the
 * pod.
 */
export const isSelectedBy = (
  { namespace, labels }: FargateProfileSelector,
  pod: SelectablePod,
): boolean =>
  isLike(namespace, pod.namespace) &&
  [...labels].every(([key, value]) =>
    [...pod.labels].some(([ownKey, ownValue]) => isLike(key, ownKey) && isLike(value, ownValue)),
  )

const takes = (profile: FargateProfile, pod: SelectablePod): boolean =>
  isActive(profile) && profile.selectors.some((selector) => isSelectedBy(selector, pod))

/**
 * The profile that takes the pod: the one that its label names, otherwise the first by name;
 * `undefined` when none does.
 */
export const fargateProfileFor = (
  profiles: readonly FargateProfile[],
  pod: SelectablePod,
): FargateProfile | undefined => {
  const taking = profiles.filter((profile) => takes(profile, pod))
  const named = pod.labels.get(profileLabel)
  return (
    taking.find(({ fargateProfileName }) => fargateProfileName === named) ??
    taking.reduce<FargateProfile | undefined>(
      (first, one) =>
        first !== undefined && first.fargateProfileName <= one.fargateProfileName ? first : one,
      undefined,
    )
  )
}

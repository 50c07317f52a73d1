/**
 * Which profile takes a pod. It is decided once, when the pod is admitted: what no profile takes
 * then is not looked at again.
 *
 * Source: Amazon EKS User Guide, "Define which Pods use AWS Fargate when launched".
 */
import type { Labels } from '../words/label-selector.js'
import { isActive, type FargateProfile, type FargateProfileSelector } from './profile.js'
import { isLike } from './wildcard.js'

export const profileLabel = 'eks.amazonaws.com/fargate-profile'

/** A pod, or one that a template makes, as selectors look at it. */
export interface Selected {
  readonly namespace: string
  readonly labels: Labels
}

/**
 * The namespace is as the selector says, and so is some label of the pod for each of the
 * selector's.
 */
export const isSelectedBy = (
  { namespace, labels }: FargateProfileSelector,
  pod: Selected,
): boolean =>
  isLike(namespace, pod.namespace) &&
  [...labels].every(([key, value]) =>
    [...pod.labels].some(([ownKey, ownValue]) => isLike(key, ownKey) && isLike(value, ownValue)),
  )

const takes = (profile: FargateProfile, pod: Selected): boolean =>
  isActive(profile) && profile.selectors.some((selector) => isSelectedBy(selector, pod))

/**
 * Of the profiles that take the pod, the one that its label names, else the first by name; nothing,
 * when none does.
 */
export const profileFor = (
  profiles: readonly FargateProfile[],
  pod: Selected,
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

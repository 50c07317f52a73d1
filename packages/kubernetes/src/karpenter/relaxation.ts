/**
 * Relaxes the preferences of a pod, one step at a time, because Karpenter treats a preference as a
 * requirement until no node is found. A step takes the first of these that applies to the pod:
 * 1. drop the first of several required node affinity terms;
 * 2. drop the heaviest preferred pod affinity term;
 * 3. drop the heaviest preferred pod anti-affinity term;
 * 4. drop the heaviest preferred node affinity term;
 * 5. drop a topology spread constraint that may be violated;
 * 6. add a toleration of all PreferNoSchedule taints, if some NodePool has such a taint.
 *
 * Source: Karpenter documentation, "Scheduling" (preferences), and recorded answers.
 */
import type { NodeAffinity } from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'
import type { Toleration } from '../words/taint.js'
import type { KarpenterPod } from '../node-pool/words.js'

type PodAffinities = NonNullable<PodSpec['affinity']>

/** The pod with one preference less; `undefined` when nothing is left to relax. */
export const relaxPod = (
  pod: KarpenterPod,
  hasPreferredTaint: boolean,
): KarpenterPod | undefined => {
  const spec =
    withoutFirstTerm(pod.spec) ??
    withoutHeaviest(pod.spec, 'podAffinity') ??
    withoutHeaviest(pod.spec, 'podAntiAffinity') ??
    withoutHeaviest(pod.spec, 'nodeAffinity') ??
    withoutSoftSpread(pod.spec) ??
    (hasPreferredTaint ? tolerateDiscouraging(pod.spec) : undefined)
  return spec === undefined ? undefined : { ...pod, spec }
}

/** The spec without the first of several terms, of which any may hold. */
export const withoutFirstTerm = <Spec extends Pick<PodSpec, 'affinity'>>(
  spec: Spec,
): Spec | undefined => {
  const nodeAffinity = spec.affinity?.nodeAffinity
  const required = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined || required.nodeSelectorTerms.length <= 1) return undefined
  const [, ...nodeSelectorTerms] = required.nodeSelectorTerms
  const relaxed: NodeAffinity = {
    ...nodeAffinity!,
    requiredDuringSchedulingIgnoredDuringExecution: { ...required, nodeSelectorTerms },
  }
  return { ...spec, affinity: { ...spec.affinity!, nodeAffinity: relaxed } }
}

/** Terms by weight, the heaviest first; of equal ones in the order in which they are written. */
export const byWeight = <Term extends { readonly weight: number }>(
  terms: readonly Term[],
): readonly Term[] => [...terms].sort((one, other) => other.weight - one.weight)

const withoutHeaviest = (spec: PodSpec, kind: keyof PodAffinities): PodSpec | undefined => {
  const affinity = spec.affinity?.[kind]
  if (affinity === undefined) return undefined
  const field = 'preferredDuringSchedulingIgnoredDuringExecution'
  if (affinity[field].length === 0) return undefined
  const [, ...lighter] = byWeight<{ readonly weight: number }>(affinity[field])
  return { ...spec, affinity: { ...spec.affinity!, [kind]: { ...affinity, [field]: lighter } } }
}

/** The last constraint takes the place of the one that is dropped. */
const withoutSoftSpread = (spec: PodSpec): PodSpec | undefined => {
  const constraints = spec.topologySpreadConstraints
  const at = constraints.findIndex((one) => one.whenUnsatisfiable === 'ScheduleAnyway')
  if (at < 0) return undefined
  const moved = constraints.map((one, i) => (i === at ? constraints.at(-1)! : one))
  return { ...spec, topologySpreadConstraints: moved.slice(0, -1) }
}

const preferredTaintToleration: Toleration = {
  ...{ key: undefined, operator: 'Exists', value: undefined, effect: 'PreferNoSchedule' },
  tolerationSeconds: undefined,
}

/** The spec with a toleration of taints that only discourage, where it has none. */
export const tolerateDiscouraging = <Spec extends Pick<PodSpec, 'tolerations'>>(
  spec: Spec,
): Spec | undefined =>
  spec.tolerations.some(
    ({ key, operator, value, effect }) =>
      (key ?? '') === '' &&
      operator === 'Exists' &&
      (value ?? '') === '' &&
      effect === 'PreferNoSchedule',
  )
    ? undefined
    : { ...spec, tolerations: [...spec.tolerations, preferredTaintToleration] }

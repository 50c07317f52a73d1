/**
 * Converts the node selector and the node affinity of a pod to requirements on the labels of its
 * node. If there are several required terms, only the first counts.
 */
import type { PodSpec } from '../words/pod.js'
import { byWeight } from './relaxation.js'
import {
  addRequirements,
  labelRequirements,
  requirementsFrom,
  type Requirements,
} from '../node-pool/requirements.js'

type SelectingSpec = Pick<PodSpec, 'nodeSelector' | 'affinity'>

/** The requirements, without preferences. */
export const strictRequirements = (spec: SelectingSpec): Requirements => {
  const selected = labelRequirements(spec.nodeSelector)
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const first = required?.nodeSelectorTerms[0]
  return first === undefined
    ? selected
    : addRequirements(selected, requirementsFrom(first.matchExpressions).values())
}

/**
 * The requirements, with the heaviest preference.
 *
 * Of the preferred terms, the heaviest counts as a requirement as long as preferences are
 * respected.
 */
export const preferredRequirements = (spec: SelectingSpec): Requirements => {
  const preferred =
    spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const [heaviest] = byWeight(preferred)
  const strict = strictRequirements(spec)
  return heaviest === undefined
    ? strict
    : addRequirements(strict, requirementsFrom(heaviest.preference.matchExpressions).values())
}

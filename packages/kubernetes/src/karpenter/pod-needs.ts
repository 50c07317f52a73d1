/**
 * Computes what a pod needs of a node (requests, requirements on labels, volumes), once for all
 * nodes on which the pod is tried.
 */
import { requestedMeasures, type Measures } from '../node-pool/measure.js'
import { preferredRequirements, strictRequirements } from './pod-requirements.js'
import type { Requirements } from '../node-pool/requirements.js'
import {
  volumeAlternatives,
  attachedVolumes,
  type AttachedVolumes,
  type KarpenterStorage,
} from './storage.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** The needs of a pod, with the preferences that it still has. */
export interface PodNeeds {
  readonly pod: KarpenterPod
  readonly requests: Measures
  readonly requirements: Requirements
  /** Without preferences. */
  readonly strict: Requirements
  readonly volumes: AttachedVolumes
  /** What its volumes require, in alternatives. */
  readonly alternatives: readonly Requirements[]
}

/** The needs of a pod. */
export const needsOf = (
  pod: KarpenterPod,
  storage: KarpenterStorage,
  respectsPreferences: boolean,
): PodNeeds => {
  const strict = strictRequirements(pod.spec)
  return {
    ...{ pod, strict, requests: requestedMeasures([pod]) },
    requirements: respectsPreferences ? preferredRequirements(pod.spec) : strict,
    ...{ volumes: attachedVolumes(pod, storage), alternatives: volumeAlternatives(pod, storage) },
  }
}

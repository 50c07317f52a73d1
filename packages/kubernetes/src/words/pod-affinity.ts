/**
 * Types and codecs of inter-pod affinity and anti-affinity. A term asks that the pod runs in the
 * same topology domain as the pods that a selector matches, or in a different domain.
 */
import { listOrEmpty, optional, text, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { LabelSelector } from './label-selector.js'

/** The pods that a term selects, and the node label whose values are the topology domains. */
export interface PodAffinityTerm {
  readonly labelSelector: LabelSelector | undefined
  readonly namespaces: readonly string[]
  readonly namespaceSelector: LabelSelector | undefined
  readonly topologyKey: string
  readonly matchLabelKeys: readonly string[]
  readonly mismatchLabelKeys: readonly string[]
}
const PodAffinityTerm: Codec<PodAffinityTerm> = t.type(
  {
    labelSelector: optional(LabelSelector),
    namespaces: listOrEmpty(text),
    namespaceSelector: optional(LabelSelector),
    topologyKey: text,
    matchLabelKeys: listOrEmpty(text),
    mismatchLabelKeys: listOrEmpty(text),
  },
  'an object',
)

/** A preferred term with its weight in the score. */
export interface WeightedPodAffinityTerm {
  readonly weight: number
  readonly podAffinityTerm: PodAffinityTerm
}
const WeightedPodAffinityTerm: Codec<WeightedPodAffinityTerm> = t.type(
  { weight: whole('a weight from 1 to 100', 1, 100), podAffinityTerm: PodAffinityTerm },
  'an object',
)

/** The terms of `podAffinity` or of `podAntiAffinity`. */
export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution: readonly PodAffinityTerm[]
  readonly preferredDuringSchedulingIgnoredDuringExecution: readonly WeightedPodAffinityTerm[]
}
export const PodAffinity: Codec<PodAffinity> = t.type(
  {
    requiredDuringSchedulingIgnoredDuringExecution: listOrEmpty(PodAffinityTerm),
    preferredDuringSchedulingIgnoredDuringExecution: listOrEmpty(WeightedPodAffinityTerm),
  },
  'an object',
)

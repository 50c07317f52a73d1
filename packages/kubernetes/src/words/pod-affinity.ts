/**
 * Defines the types and codecs of inter-pod affinity and anti-affinity. An affinity term states
 * that the pod runs in the same topology domain (such as a zone) as the pods that a selector
 * matches; an anti-affinity term states that it runs in a different domain.
 */
import { listOrEmpty, optional, record, text, whole, type Codec } from '@stowage/documents'
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
const PodAffinityTerm: Codec<PodAffinityTerm> = record<PodAffinityTerm>('an object', {
  labelSelector: optional(LabelSelector),
  namespaces: listOrEmpty(text),
  namespaceSelector: optional(LabelSelector),
  topologyKey: text,
  matchLabelKeys: listOrEmpty(text),
  mismatchLabelKeys: listOrEmpty(text),
})

/** A preferred term with its weight in the score. */
export interface WeightedPodAffinityTerm {
  readonly weight: number
  readonly podAffinityTerm: PodAffinityTerm
}
const WeightedPodAffinityTerm: Codec<WeightedPodAffinityTerm> = record<WeightedPodAffinityTerm>(
  'an object',
  { weight: whole('a weight from 1 to 100', 1, 100), podAffinityTerm: PodAffinityTerm },
)

/** The terms of `podAffinity` or of `podAntiAffinity`. */
export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution: readonly PodAffinityTerm[]
  readonly preferredDuringSchedulingIgnoredDuringExecution: readonly WeightedPodAffinityTerm[]
}
export const PodAffinity: Codec<PodAffinity> = record<PodAffinity>('an object', {
  requiredDuringSchedulingIgnoredDuringExecution: listOrEmpty(PodAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: listOrEmpty(WeightedPodAffinityTerm),
})

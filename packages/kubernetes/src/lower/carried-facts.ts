/**
 * Converts each inter-pod affinity term in a pod's spec to a fact of the pod (a text by which rules
 * count pods). For example, a pod whose anti-affinity keeps another pod away is found by the fact
 * of that term.
 */
import { internWord, type Draft, type WordId } from '@stowage/kernel'
import { carriedBy, type CarriedTerm } from '../surroundings/carried.js'
import type { PodLike } from '../surroundings/pod-like.js'

/** The facts of all affinity terms of a pod. */
export const carriedFacts = (draft: Draft, pod: PodLike): readonly WordId[] =>
  carriedBy(pod).map((term) => carriedFact(draft, term))

/** The fact of one affinity term. */
export const carriedFact = (draft: Draft, { text }: CarriedTerm): WordId =>
  internWord(draft, `carries ${text}`)

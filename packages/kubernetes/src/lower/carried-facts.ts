/**
 * Gives a pod one fact (a label-like word that rules count) for each inter-pod affinity term in its
 * spec. The rules of other pods count these facts to find the placed pods that have a given term,
 * such as an anti-affinity term that keeps others away.
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

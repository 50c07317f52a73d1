/**
 * Makes a pod's facts (label-like words that rules count) for its inter-pod affinity terms, one
 * fact per term. By a term's fact, the rules of another pod count the pods that have this term in
 * their spec.
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

/**
 * Gives a pod one fact (a text by which kernel rules count pods) for each inter-pod affinity term
 * in its spec. For example, an anti-affinity term keeps other pods away, so a rule of a new pod
 * counts the placed pods that have the fact of such a term.
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

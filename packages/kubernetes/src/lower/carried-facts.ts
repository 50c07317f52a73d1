/**
 * Gives a pod one fact (a label-like word that rules count) per affinity term that it carries. By
 * these facts, a rule of another pod counts the pods that carry a given term.
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

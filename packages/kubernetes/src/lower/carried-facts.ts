/**
 * Marks a pod with the inter-pod affinity terms in its own spec, so that the rules of later pods
 * can count the pods that have a term. For example, a new pod must not join a node whose pods have
 * an anti-affinity term that selects it. Each mark is a fact: a text on a pod by which the kernel
 * counts pods.
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

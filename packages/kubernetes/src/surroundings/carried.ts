/**
 * Lists the inter-pod affinity terms in a pod's spec (the terms that it carries), and decides
 * whether a term selects another pod. A term restricts its own pod and pods that are placed later.
 */
import { selectsAll, selects, type Labels } from '../words/label-selector.js'
import type { PodAffinityTerm } from '../words/pod-affinity.js'
import type { PodLike } from './pod-like.js'

/** An affinity term with its kind and the namespace of its pod. */
export interface CarriedTerm {
  readonly kind: 'required' | 'required anti' | 'preferred'
  /**
   * Negative for preferred anti-affinity, 0 for a required term; the profile has the weight of
   * those.
   */
  readonly weight: number
  readonly term: PodAffinityTerm
  /** The namespace of the pod that carries the term. */
  readonly namespace: string
  /**
   * Identifies the term: equal for pods with equal terms. A pod that carries a term twice has two
   * different texts.
   */
  readonly text: string
}

/** A term without the text that identifies it. */
type TermContent = Omit<CarriedTerm, 'text'>

/** All affinity terms of a pod, required ones first. */
export const carriedBy = ({ namespace, spec }: PodLike): readonly CarriedTerm[] => {
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {}
  if (podAffinity === undefined && podAntiAffinity === undefined) return []
  const required = (
    kind: TermContent['kind'],
    affinity: typeof podAffinity,
  ): readonly TermContent[] =>
    (affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => ({
      ...{ kind, weight: 0, term, namespace },
    }))
  const preferred = (sign: number, affinity: typeof podAffinity): readonly TermContent[] =>
    (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ weight, podAffinityTerm: term }) => ({
        ...{ kind: 'preferred', weight: sign * weight, term, namespace },
      }),
    )
  return numberedTerms([
    ...required('required', podAffinity),
    ...required('required anti', podAntiAffinity),
    ...preferred(1, podAffinity),
    ...preferred(-1, podAntiAffinity),
  ])
}

const numberedTerms = (terms: readonly TermContent[]): readonly CarriedTerm[] => {
  const seen = new Map<string, number>()
  return terms.map((one) => {
    const text = termText(one)
    const before = seen.get(text) ?? 0
    seen.set(text, before + 1)
    return { ...one, text: `${text} ${before}` }
  })
}

const termText = (one: TermContent): string =>
  JSON.stringify(one, (_, value: unknown) => (value instanceof Map ? [...value] : value))

/**
 * The namespaces in which a pod's own term selects pods. A selector is resolved among the
 * known namespaces, but an empty one means all namespaces. A term that names none
 * means the pod's own namespace.
 */
export const namespacesOf = (
  { term, namespace }: CarriedTerm,
  namespaces: ReadonlyMap<string, Labels>,
): readonly string[] | 'all' => {
  const { namespaceSelector } = term
  if (namespaceSelector === undefined)
    return term.namespaces.length === 0 ? [namespace] : term.namespaces
  if (selectsAll(namespaceSelector)) return 'all'
  const found = [...namespaces].filter(([, labels]) => selects(namespaceSelector, labels))
  return [...new Set([...term.namespaces, ...found.map(([name]) => name)])]
}

/** Whether a term that some pod carries selects this pod. */
export const speaksOf = (
  carried: CarriedTerm,
  pod: PodLike,
  namespaces: ReadonlyMap<string, Labels>,
): boolean => {
  const { term, namespace } = carried
  if (!selects(term.labelSelector, pod.labels)) return false
  if (term.namespaceSelector === undefined && term.namespaces.length === 0)
    return namespace === pod.namespace
  return (
    term.namespaces.includes(pod.namespace) ||
    selects(term.namespaceSelector, namespaces.get(pod.namespace) ?? new Map())
  )
}

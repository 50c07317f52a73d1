/**
 * The affinity terms that a pod carries: they ask something of the pod itself, and hold for every
 * pod that is placed near it later.
 */
import { isEmpty, selects, type Labels } from '../words/label-selector.js'
import type { PodAffinityTerm } from '../words/pod-affinity.js'
import type { PodLike } from './pod-like.js'

export interface CarriedTerm {
  readonly kind: 'required' | 'required anti' | 'preferred'
  /** Below 0 for preferred anti-affinity; for what is required the profile has one. */
  readonly weight: number
  readonly term: PodAffinityTerm
  /** That of the pod which carries it. */
  readonly namespace: string
  /**
   * The same for pods that carry the same; when one carries it twice, each has a text of its own.
   */
  readonly text: string
}

type Named = Omit<CarriedTerm, 'text'>

export const carriedBy = ({ namespace, spec }: PodLike): readonly CarriedTerm[] => {
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {}
  const required = (kind: Named['kind'], affinity: typeof podAffinity): readonly Named[] =>
    (affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => ({
      ...{ kind, weight: 0, term, namespace },
    }))
  const preferred = (sign: number, affinity: typeof podAffinity): readonly Named[] =>
    (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ weight, podAffinityTerm: term }) => ({
        ...{ kind: 'preferred', weight: sign * weight, term, namespace },
      }),
    )
  return numbered([
    ...required('required', podAffinity),
    ...required('required anti', podAntiAffinity),
    ...preferred(1, podAffinity),
    ...preferred(-1, podAntiAffinity),
  ])
}

const numbered = (terms: readonly Named[]): readonly CarriedTerm[] => {
  const seen = new Map<string, number>()
  return terms.map((one) => {
    const text = textOf(one)
    const before = seen.get(text) ?? 0
    seen.set(text, before + 1)
    return { ...one, text: `${text} ${before}` }
  })
}

const textOf = (one: Named): string =>
  JSON.stringify(one, (_, value: unknown) => (value instanceof Map ? [...value] : value))

/**
 * The namespaces that a pod's own term is about. A selector is resolved among the namespaces that
 * are objects, but an empty one takes all, objects or not; a term that names none at all is about
 * the pod's own.
 */
export const namespacesOf = (
  { term, namespace }: CarriedTerm,
  namespaces: ReadonlyMap<string, Labels>,
): readonly string[] | 'all' => {
  const { namespaceSelector } = term
  if (namespaceSelector === undefined)
    return term.namespaces.length === 0 ? [namespace] : term.namespaces
  if (isEmpty(namespaceSelector)) return 'all'
  const found = [...namespaces].filter(([, labels]) => selects(namespaceSelector, labels))
  return [...new Set([...term.namespaces, ...found.map(([name]) => name)])]
}

/** Whether a term that somebody carries speaks of this pod. */
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

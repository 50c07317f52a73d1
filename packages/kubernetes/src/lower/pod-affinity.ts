/**
 * Affinity between pods: what a pod asks of the pods around a node, and what those ask of it.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (inter-pod affinity and
 * anti-affinity, namespace selector).
 */
import { internWord, type Draft, type Filter, type Match, type Tally } from '@stowage/kernel'
import { selects } from '../words/label-selector.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { carriedBy, namespacesOf, speaksOf, type CarriedTerm } from '../surroundings/carried.js'
import { carriedFact } from './carried-facts.js'
import { inNamespaces, selected } from './labels.js'
import { said } from '../plugin/reason.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'

/** In upstream's order: affinity, anti-affinity of its own, that of the pods that are there. */
export const podAffinityFilters: FiltersOf = ({ draft, pod, around }) => {
  const own = carriedBy(pod)
  const against = around.carried.filter(
    (term) => term.kind === 'required anti' && speaksOf(term, pod, around.namespaces),
  )
  return [
    ...needed(
      draft,
      pod,
      own.filter(({ kind }) => kind === 'required'),
      around,
    ),
    ...own
      .filter(({ kind }) => kind === 'required anti')
      .map((term) => forbidden(draft, 'anti-affinity', term, matching(draft, term, around))),
    ...against.map((term) =>
      forbidden(draft, 'existing', term, { _tag: 'Fact', word: carriedFact(draft, term) }),
    ),
  ]
}

/** The pods that a term of the pod's own is about. */
const matching = (draft: Draft, term: CarriedTerm, { namespaces }: Surroundings): Match => ({
  _tag: 'Every',
  of: [
    inNamespaces(draft, namespacesOf(term, namespaces)),
    selected(draft, term.term.labelSelector),
  ],
})

/**
 * One pod must match all terms at once. A pod that matches them itself may be the first of its
 * group.
 */
const needed = (
  draft: Draft,
  pod: PodLike,
  terms: readonly CarriedTerm[],
  around: Surroundings,
): readonly Filter[] => {
  if (terms.length === 0) return []
  const isOwn = (term: CarriedTerm): boolean => {
    const namespaces = namespacesOf(term, around.namespaces)
    return (
      selects(term.term.labelSelector, pod.labels) &&
      (namespaces === 'all' || namespaces.includes(pod.namespace))
    )
  }
  return [
    {
      _tag: 'Need',
      ...said("node(s) didn't match pod affinity rules"),
      removable: false,
      facts: { _tag: 'Every', of: terms.map((term) => matching(draft, term, around)) },
      domains: [...new Set(terms.map(({ term }) => term.topologyKey))].map((key) =>
        internWord(draft, key),
      ),
      firstMayStart: terms.every(isOwn),
    },
  ]
}

const sentences = {
  'anti-affinity': "node(s) didn't match pod anti-affinity rules",
  existing: "node(s) didn't satisfy existing pods anti-affinity rules",
} as const

const forbidden = (
  draft: Draft,
  whose: keyof typeof sentences,
  term: CarriedTerm,
  facts: Match,
): Filter => ({
  _tag: 'Limit',
  ...said(sentences[whose]),
  removable: true,
  tally: tallyOf(draft, term, facts),
  self: 0,
  max: 0,
})

/** A node without the key is in no domain, and nothing is asked of it. */
const tallyOf = (draft: Draft, { term }: CarriedTerm, facts: Match): Tally => ({
  facts,
  domain: internWord(draft, term.topologyKey),
  absent: 'skip',
})

/**
 * What the pod prefers, and what those around it prefer or require of it; preferences that are
 * mutual count twice. A profile can have it that a pod without preferences has no such score at
 * all.
 */
export const podAffinityScore: ScoreOf = ({ draft, pod, around, args }) => {
  const { hardPodAffinityWeight, ignorePreferredTermsOfExistingPods } = args.podAffinity
  const own = carriedBy(pod).filter(({ kind }) => kind === 'preferred')
  if (own.length === 0 && ignorePreferredTermsOfExistingPods) return undefined
  const theirs = around.carried.filter(
    (term) => term.kind !== 'required anti' && speaksOf(term, pod, around.namespaces),
  )
  if (own.length + theirs.length === 0) return undefined
  const terms = [
    ...own.map(
      (term) => [tallyOf(draft, term, matching(draft, term, around)), term.weight] as const,
    ),
    ...theirs.map((term) => {
      const facts: Match = { _tag: 'Fact', word: carriedFact(draft, term) }
      const weight = term.kind === 'required' ? hardPodAffinityWeight : term.weight
      return [tallyOf(draft, term, facts), weight] as const
    }),
  ]
  return { raw: { _tag: 'Counts', terms }, normaliser: 'min-max' }
}

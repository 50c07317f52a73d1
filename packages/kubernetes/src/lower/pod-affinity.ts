/**
 * Translates the plugin InterPodAffinity to kernel rules: filters and a score by
 * 1. the affinity terms of the pod;
 * 2. the terms of other pods that select this pod.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (inter-pod affinity and
 * anti-affinity, namespace selector).
 */
import { internWord, type Draft, type Filter, type Match, type Tally } from '@stowage/kernel'
import { selects } from '../words/label-selector.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { carriedBy, namespacesOf, speaksOf, type CarriedTerm } from '../surroundings/carried.js'
import { carriedFact } from './carried-facts.js'
import { inNamespaces, selectorMatch } from './labels.js'
import { fixedReason } from '../plugin/reason.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'

/**
 * In kube-scheduler's order: the pod's affinity, its anti-affinity, the anti-affinity of existing
 * pods.
 */
export const podAffinityFilters: FiltersOf = ({ draft, pod, around }) => {
  const own = carriedBy(pod)
  const against = around.carried.filter(
    (term) => term.kind === 'required anti' && speaksOf(term, pod, around.namespaces),
  )
  return [
    ...affinityNeed(
      draft,
      pod,
      own.filter(({ kind }) => kind === 'required'),
      around,
    ),
    ...own
      .filter(({ kind }) => kind === 'required anti')
      .map((term) =>
        antiAffinityLimit(draft, 'anti-affinity', term, termMatch(draft, term, around)),
      ),
    ...against.map((term) =>
      antiAffinityLimit(draft, 'existing', term, { _tag: 'Fact', word: carriedFact(draft, term) }),
    ),
  ]
}

/** Matches the pods that a term of this pod selects. */
const termMatch = (draft: Draft, term: CarriedTerm, { namespaces }: Surroundings): Match => ({
  _tag: 'Every',
  of: [
    inNamespaces(draft, namespacesOf(term, namespaces)),
    selectorMatch(draft, term.term.labelSelector),
  ],
})

/**
 * One other pod must match all terms at once. A pod that matches its own terms may be the first of
 * its group.
 */
const affinityNeed = (
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
      ...fixedReason("node(s) didn't match pod affinity rules"),
      removable: false,
      facts: { _tag: 'Every', of: terms.map((term) => termMatch(draft, term, around)) },
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

const antiAffinityLimit = (
  draft: Draft,
  whose: keyof typeof sentences,
  term: CarriedTerm,
  facts: Match,
): Filter => ({
  _tag: 'Limit',
  ...fixedReason(sentences[whose]),
  removable: true,
  tally: tallyOf(draft, term, facts),
  self: 0,
  max: 0,
})

/** A node without the topology key is in no domain, so the term does not restrict it. */
const tallyOf = (draft: Draft, { term }: CarriedTerm, facts: Match): Tally => ({
  facts,
  domain: internWord(draft, term.topologyKey),
  absent: 'skip',
})

/**
 * Scores by the pod's own preferences and by what other pods prefer or require of it; a mutual
 * preference counts twice. A profile can turn the score off for pods without own preferences.
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
      (term) => [tallyOf(draft, term, termMatch(draft, term, around)), term.weight] as const,
    ),
    ...theirs.map((term) => {
      const facts: Match = { _tag: 'Fact', word: carriedFact(draft, term) }
      const weight = term.kind === 'required' ? hardPodAffinityWeight : term.weight
      return [tallyOf(draft, term, facts), weight] as const
    }),
  ]
  return { raw: { _tag: 'Counts', terms }, normaliser: 'min-max' }
}

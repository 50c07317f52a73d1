/**
 * Translates labels of pods to facts (short texts on a pod), and label selectors to conditions on
 * facts. The namespace of a pod is a fact, too. Labels that no selector reads are left out: the
 * kernel handles equal pods together, and this makes more pods equal.
 */
import { internWord, type Draft, type Match, type WordId } from '@stowage/kernel'
import {
  requirementsOf,
  type Labels,
  type LabelSelector,
  type LabelSelectorRequirement,
} from '../words/label-selector.js'

const namespaceFact = (draft: Draft, namespace: string): WordId =>
  internWord(draft, `namespace ${namespace}`)
const keyFact = (draft: Draft, key: string): WordId => internWord(draft, `label ${key}`)
const valueFact = (draft: Draft, key: string, value: string): WordId =>
  internWord(draft, `label ${key}=${value}`)

/** The facts of a pod: its namespace, and every label whose key some selector reads. */
export const labelFacts = (
  draft: Draft,
  namespace: string,
  labels: Labels,
  isAsked: (key: string) => boolean,
): readonly WordId[] => [
  namespaceFact(draft, namespace),
  ...[...labels]
    .filter(([key]) => isAsked(key))
    .flatMap(([key, value]) => [keyFact(draft, key), valueFact(draft, key, value)]),
]

const every = (of: readonly Match[]): Match => ({ _tag: 'Every', of })
const some = (of: readonly Match[]): Match => ({ _tag: 'Some', of })
const none = (of: Match): Match => ({ _tag: 'None', of })
const fact = (word: WordId): Match => ({ _tag: 'Fact', word })

/** Matches no pod. */
export const noPod: Match = some([])

/** Matches the pods in these namespaces, or in all. */
export const inNamespaces = (draft: Draft, namespaces: readonly string[] | 'all'): Match =>
  namespaces === 'all'
    ? every([])
    : some(namespaces.map((namespace) => fact(namespaceFact(draft, namespace))))

/** Matches the pods whose labels the selector matches; an absent selector matches none. */
export const selectorMatch = (draft: Draft, selector: LabelSelector | undefined): Match =>
  selector === undefined
    ? noPod
    : every(requirementsOf(selector).map((requirement) => requirementMatch(draft, requirement)))

const requirementMatch = (
  draft: Draft,
  { key, operator, values }: LabelSelectorRequirement,
): Match => {
  const among = some(values.map((value) => fact(valueFact(draft, key, value))))
  switch (operator) {
    case 'In':
      return among
    case 'NotIn':
      return none(among)
    case 'Exists':
      return fact(keyFact(draft, key))
    default:
      return none(fact(keyFact(draft, key)))
  }
}

/**
 * Translates labels and namespaces of pods to facts (texts on a pod by which the kernel counts
 * pods), and label selectors to conditions on facts. Labels that no selector reads are left out, so
 * that more pods are equal to the kernel, which handles equal pods together.
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
  isRead: (key: string) => boolean,
): readonly WordId[] => [
  namespaceFact(draft, namespace),
  ...[...labels]
    .filter(([key]) => isRead(key))
    .flatMap(([key, value]) => [keyFact(draft, key), valueFact(draft, key, value)]),
]

const matchEvery = (of: readonly Match[]): Match => ({ _tag: 'Every', of })
const matchSome = (of: readonly Match[]): Match => ({ _tag: 'Some', of })
const matchNone = (of: Match): Match => ({ _tag: 'None', of })
const fact = (word: WordId): Match => ({ _tag: 'Fact', word })

/** Matches no pod. */
export const noPod: Match = matchSome([])

/** Matches the pods in these namespaces, or in all. */
export const inNamespaces = (draft: Draft, namespaces: readonly string[] | 'all'): Match =>
  namespaces === 'all'
    ? matchEvery([])
    : matchSome(namespaces.map((namespace) => fact(namespaceFact(draft, namespace))))

/** Matches the pods whose labels the selector matches; an absent selector matches none. */
export const selectorMatch = (draft: Draft, selector: LabelSelector | undefined): Match =>
  selector === undefined
    ? noPod
    : matchEvery(
        requirementsOf(selector).map((requirement) => requirementMatch(draft, requirement)),
      )

const requirementMatch = (
  draft: Draft,
  { key, operator, values }: LabelSelectorRequirement,
): Match => {
  const among = matchSome(values.map((value) => fact(valueFact(draft, key, value))))
  switch (operator) {
    case 'In':
      return among
    case 'NotIn':
      return matchNone(among)
    case 'Exists':
      return fact(keyFact(draft, key))
    default:
      return matchNone(fact(keyFact(draft, key)))
  }
}

/**
 * Label selectors: which labels they take. No selector takes nothing, an empty one takes
 * everything.
 *
 * Source: Kubernetes documentation, "Labels and Selectors" (set-based requirements; a key that is
 * not there is in no set).
 */
import { dictionary, listOrEmpty, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'

/** The operator is one of In, NotIn, Exists and DoesNotExist, once admitted. */
export interface LabelSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>
  readonly matchExpressions: readonly LabelSelectorRequirement[]
}
export const LabelSelector: Codec<LabelSelector> = t.type(
  {
    matchLabels: dictionary(text),
    matchExpressions: listOrEmpty(
      t.type({ key: text, operator: text, values: listOrEmpty(text) }, 'an object'),
    ),
  },
  'an object',
)

export type Labels = ReadonlyMap<string, string>

/** All that a selector asks for, as requirements: `matchLabels` first, by key. */
export const requirementsOf = ({
  matchLabels,
  matchExpressions,
}: LabelSelector): readonly LabelSelectorRequirement[] => [
  ...[...matchLabels].map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ...matchExpressions,
]

/** A selector that also asks for these labels. */
export const alsoAsking = (selector: LabelSelector, labels: Labels): LabelSelector => ({
  ...selector,
  matchExpressions: [
    ...selector.matchExpressions,
    ...[...labels].map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ],
})

export const selectorOf = (matchLabels: Labels): LabelSelector => ({
  matchLabels,
  matchExpressions: [],
})

export const selectsAll = (selector: LabelSelector): boolean =>
  requirementsOf(selector).length === 0

/** Whether the labels are taken. */
export const selects = (selector: LabelSelector | undefined, labels: Labels): boolean =>
  selector !== undefined && requirementsOf(selector).every((asked) => isMet(asked, labels))

const isMet = ({ key, operator, values }: LabelSelectorRequirement, labels: Labels): boolean => {
  const value = labels.get(key)
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}

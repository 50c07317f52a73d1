/**
 * Defines the types and codec of label selectors, and the check whether a selector matches given
 * labels. An absent selector matches nothing, an empty one matches everything.
 *
 * Source: Kubernetes documentation, "Labels and Selectors" (set-based requirements; an absent key
 * is in no set).
 */
import { listOrEmpty, record, text, type Codec } from '@stowage/documents'
import { texts } from './label.js'

/**
 * A requirement on one label. After admission the operator is In, NotIn, Exists or DoesNotExist.
 */
export interface LabelSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

/** Requirements on labels, all of which must hold. */
export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>
  readonly matchExpressions: readonly LabelSelectorRequirement[]
}
export const LabelSelector: Codec<LabelSelector> = record<LabelSelector>('an object', {
  matchLabels: texts,
  matchExpressions: listOrEmpty(
    record('an object', { key: text, operator: text, values: listOrEmpty(text) }),
  ),
})

/** Label values by key. */
export type Labels = ReadonlyMap<string, string>

/**
 * All requirements of a selector: first those of `matchLabels`, by key, then `matchExpressions`.
 */
export const requirementsOf = ({
  matchLabels,
  matchExpressions,
}: LabelSelector): readonly LabelSelectorRequirement[] => [
  ...[...matchLabels].map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ...matchExpressions,
]

/** The selector with these labels as additional requirements. */
export const alsoAsking = (selector: LabelSelector, labels: Labels): LabelSelector => ({
  ...selector,
  matchExpressions: [
    ...selector.matchExpressions,
    ...[...labels].map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  ],
})

/** The selector that requires these labels. */
export const selectorOf = (matchLabels: Labels): LabelSelector => ({
  matchLabels,
  matchExpressions: [],
})

/** Whether the selector is empty, so that it matches any labels. */
export const selectsAll = (selector: LabelSelector): boolean =>
  requirementsOf(selector).length === 0

/** Whether the selector matches the labels. */
export const selects = (selector: LabelSelector | undefined, labels: Labels): boolean =>
  selector !== undefined &&
  requirementsOf(selector).every((requirement) => isMet(requirement, labels.get(requirement.key)))

/** Whether the value of a label, `undefined` without the label, meets a requirement of its key. */
export const isMet = (
  { operator, values }: Pick<LabelSelectorRequirement, 'operator' | 'values'>,
  value: string | undefined,
): boolean => {
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

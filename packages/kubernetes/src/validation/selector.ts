/**
 * Validates label selectors, and checks whether they match labels.
 *
 * Source: Kubernetes API reference, LabelSelector.
 */
import { isLabelKey, isLabelValue } from '../words/label.js'
import { isMet } from '../words/label-selector.js'
import type { Texts, WireRequirement, WireSelector } from '../wire/objects.js'
import { cause, unless, type Cause, type Place } from './cause.js'
import { wrongLabels } from './name.js'

/** Errors in a selector. */
export const wrongSelector = (selector: WireSelector | undefined, at: Place): readonly Cause[] => [
  ...wrongLabels(selector?.matchLabels, [...at, 'matchLabels']),
  ...(selector?.matchExpressions ?? []).flatMap((one, i) =>
    wrongRequirement(one, [...at, 'matchExpressions', i]),
  ),
]

const wrongRequirement = (
  { key = '', operator = '', values = [] }: WireRequirement,
  at: Place,
): readonly Cause[] => [
  ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
  ...wrongLabelOperator(operator, values, at),
  ...values.flatMap((value, i) =>
    unless(isLabelValue(value), [...at, 'values', i], value, "a label's value"),
  ),
]

const wrongLabelOperator = (
  operator: string,
  values: readonly string[],
  at: Place,
): readonly Cause[] => {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return unless(values.length > 0, [...at, 'values'], values, `values for ${operator}`)
    case 'Exists':
    case 'DoesNotExist':
      return unless(values.length === 0, [...at, 'values'], values, `no values for ${operator}`)
    default:
      return [cause([...at, 'operator'], operator, 'one of In, NotIn, Exists, DoesNotExist')]
  }
}

/** Whether a selector has no requirement at all. */
export const isEmptySelector = ({ matchLabels, matchExpressions }: WireSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0

/**
 * Whether the API server can match by the selector. It cannot by one with errors, nor by a
 * requirement with a wrong number of values.
 */
export const isUsableSelector = (selector: WireSelector): boolean =>
  wrongSelector(selector, []).length === 0

/** Whether a usable selector matches labels. */
export const matchesLabels = (selector: WireSelector, labels: Texts): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  ) &&
  (selector.matchExpressions ?? []).every(({ key = '', operator = '', values = [] }) =>
    isMet({ operator, values }, Object.hasOwn(labels, key) ? labels[key] : undefined),
  )

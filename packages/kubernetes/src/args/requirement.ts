/**
 * Checks the node affinity terms in the args of a scheduler plugin. Returns the error messages of
 * kube-scheduler.
 */
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../words/node-selector.js'
import { invalid, unsupportedValue, type SettingPath, type Wrong } from '../setting/wrong.js'
import { wrongLabelName, wrongLabelValue } from './label-name.js'

/** Errors in a term; `path` is where kube-scheduler reports the term. */
export const wrongAddedTerm = (
  term: NodeSelectorTerm,
  at: SettingPath,
  path: string,
): readonly Wrong[] => [
  ...term.matchExpressions.flatMap((one, i) =>
    wrongAddedExpression(one, [...at, 'matchExpressions', i], `${path}.matchExpressions[${i}]`),
  ),
  ...term.matchFields.flatMap((one, i) =>
    wrongAddedField(one, [...at, 'matchFields', i], `${path}.matchFields[${i}]`),
  ),
]

const addedOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']

const wrongAddedExpression = (
  requirement: NodeSelectorRequirement,
  at: SettingPath,
  path: string,
): readonly Wrong[] => {
  const { key, operator, values } = requirement
  if (!addedOperators.includes(operator))
    return [unsupportedValue([...at, 'operator'], operator, addedOperators, `${path}.operator`)]
  const inKey = wrongLabelName(key).join('; ')
  return [
    ...(inKey === '' ? [] : [invalid([...at, 'key'], key, "a label's key", inKey, `${path}.key`)]),
    ...wrongValues(requirement, [...at, 'values'], `${path}.values`),
    ...values.flatMap((value, i) => {
      const detail = wrongLabelValue(value).join('; ')
      const where = `${path}.values[${i}][${key}]`
      return detail === ''
        ? []
        : [invalid([...at, 'values', i], value, "a label's value", detail, where)]
    }),
  ]
}

/** The operator determines how many values are allowed. */
const wrongValues = (
  { operator, values }: NodeSelectorRequirement,
  at: SettingPath,
  path: string,
): readonly Wrong[] => {
  const fault = (expected: string, detail: string) => [invalid(at, values, expected, detail, path)]
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return []
      return fault(
        `values for ${operator}`,
        "for 'in', 'notin' operators, values set can't be empty",
      )
    case 'Gt':
    case 'Lt':
      if (values.length !== 1)
        return fault('one number', "for 'Gt', 'Lt' operators, exactly one value is required")
      return wrongNumbers(values, at, path)
    default:
      if (values.length === 0) return []
      return fault(
        `no values for ${operator}`,
        'values set must be empty for exists and does not exist',
      )
  }
}

const wrongNumbers = (values: readonly string[], at: SettingPath, path: string): readonly Wrong[] =>
  values.flatMap((value, i) =>
    isInt64(value)
      ? []
      : [
          invalid(
            [...at, i],
            value,
            'a whole number of 64 bits',
            "for 'Gt', 'Lt' operators, the value must be an integer",
            `${path}[${i}]`,
          ),
        ],
  )

const isInt64 = (text: string): boolean => {
  if (!/^[+-]?\d+$/.test(text)) return false
  const number = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, number) === number
}

const wrongAddedField = (
  { operator, values }: NodeSelectorRequirement,
  at: SettingPath,
  path: string,
): readonly Wrong[] => {
  const known = ['In', 'NotIn']
  if (!known.includes(operator))
    return [unsupportedValue([...at, 'operator'], operator, known, `${path}.operator`)]
  if (values.length === 1) return []
  return [
    invalid([...at, 'values'], values, 'one value', 'must have one element', `${path}.values`),
  ]
}

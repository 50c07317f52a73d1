/** Terms over a node's labels and fields that can not be parsed, in the scheduler's words. */
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../words/node-selector.js'
import { invalid, unsupported, type At, type Wrong } from '../setting/wrong.js'
import { wrongLabelName, wrongLabelValue } from './label-name.js'

/** `path` is where the scheduler says that the term is. */
export const wrongTerm = (term: NodeSelectorTerm, at: At, path: string): readonly Wrong[] => [
  ...term.matchExpressions.flatMap((one, i) =>
    wrongExpression(one, [...at, 'matchExpressions', i], `${path}.matchExpressions[${i}]`),
  ),
  ...term.matchFields.flatMap((one, i) =>
    wrongField(one, [...at, 'matchFields', i], `${path}.matchFields[${i}]`),
  ),
]

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']

const wrongExpression = (
  requirement: NodeSelectorRequirement,
  at: At,
  path: string,
): readonly Wrong[] => {
  const { key, operator, values } = requirement
  if (!operators.includes(operator))
    return [unsupported([...at, 'operator'], operator, operators, `${path}.operator`)]
  const inKey = wrongLabelName(key).join('; ')
  return [
    ...(inKey === '' ? [] : [invalid([...at, 'key'], key, "a label's key", inKey, `${path}.key`)]),
    ...wrongValues(requirement, [...at, 'values'], `${path}.values`),
    ...values.flatMap((value, i) => {
      const detail = wrongLabelValue(value).join('; ')
      const where = `${path}.values[${i}][${key}]`
      const said = (): Wrong =>
        invalid([...at, 'values', i], value, "a label's value", detail, where)
      return detail === '' ? [] : [said()]
    }),
  ]
}

/** As many values as the operator takes. */
const wrongValues = (
  { operator, values }: NodeSelectorRequirement,
  at: At,
  path: string,
): readonly Wrong[] => {
  const said = (expected: string, detail: string) => [invalid(at, values, expected, detail, path)]
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return []
      return said(
        `values for ${operator}`,
        "for 'in', 'notin' operators, values set can't be empty",
      )
    case 'Gt':
    case 'Lt':
      if (values.length !== 1)
        return said('one number', "for 'Gt', 'Lt' operators, exactly one value is required")
      return wrongNumbers(values, at, path)
    default:
      if (values.length === 0) return []
      return said(
        `no values for ${operator}`,
        'values set must be empty for exists and does not exist',
      )
  }
}

const wrongNumbers = (values: readonly string[], at: At, path: string): readonly Wrong[] =>
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

const wrongField = (
  { operator, values }: NodeSelectorRequirement,
  at: At,
  path: string,
): readonly Wrong[] => {
  const known = ['In', 'NotIn']
  if (!known.includes(operator))
    return [unsupported([...at, 'operator'], operator, known, `${path}.operator`)]
  if (values.length === 1) return []
  return [
    invalid([...at, 'values'], values, 'one value', 'must have one element', `${path}.values`),
  ]
}

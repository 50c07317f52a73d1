/**
 * Chooses how an expression of the cluster query language compares two values: as numbers, versions
 * or dates, or as plain text.
 */
import type { ValueType } from '@stowage/kernel'
import type { Operator, Subject } from './expression.js'
import type { QueryOptions } from './options.js'

/**
 * The type that both values are parsed as; `undefined` when they are compared as text, or not at
 * all.
 */
export const comparisonOf = (
  subject: Subject,
  operator: Operator,
  options: QueryOptions,
): ValueType | undefined => {
  if (operator === '==' || operator === '!=') return equalityOf(subject, options)
  if (operator !== '<' && operator !== '<=' && operator !== '>' && operator !== '>=')
    return undefined
  switch (subject) {
    case 'agentVersion':
      return 'version'
    case 'registeredAt':
      return 'instant'
    case 'runningTasksCount':
      return 'int64'
    default:
      return options.attributeOrder
  }
}

const equalityOf = (
  subject: Subject,
  { agentVersionEquality, registeredAtEquality }: QueryOptions,
): ValueType | undefined => {
  if (subject === 'runningTasksCount') return 'int64'
  if (subject === 'agentVersion' && agentVersionEquality === 'version') return 'version'
  return subject === 'registeredAt' && registeredAtEquality === 'instant' ? 'instant' : undefined
}

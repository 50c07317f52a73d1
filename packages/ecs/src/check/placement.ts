/**
 * What the API asks of placement constraints and strategies beyond their types.
 *
 * Source: Amazon ECS API Reference, PlacementConstraint and PlacementStrategy; Developer Guide,
 * task placement.
 */
import * as E from 'fp-ts/lib/Either.js'
import { faultInExpression } from '../query/caret.js'
import type { QueryOptions } from '../query/options.js'
import { expressionMax, parseQuery } from '../query/parse.js'
import type { Complaint } from '../words/complaint.js'
import type { PlacementConstraint, PlacementStrategy } from '../words/placement.js'

export const constraintsMax = 10
const strategiesMax = 5

/** The constraints of a service or of a task definition, whose field goes by the same name. */
export const checkConstraints = (
  constraints: readonly PlacementConstraint[],
  query?: QueryOptions,
): readonly Complaint[] => [
  ...checkLength('placementConstraints', constraints, constraintsMax),
  ...constraints.flatMap((constraint, i) => {
    const wrong = wrongExpression(constraint, query)
    return wrong === undefined ? [] : [{ at: ['placementConstraints', i, 'expression'], ...wrong }]
  }),
]

const wrongExpression = (
  { type, expression = '' }: PlacementConstraint,
  query?: QueryOptions,
): Omit<Complaint, 'at'> | undefined => {
  if (type === 'distinctInstance')
    return expression === '' ? undefined : { expected: 'no expression beside distinctInstance' }
  if (expression === '')
    return {
      expected: `an expression of the cluster query language, of at most ${expressionMax} characters`,
    }
  const parsed = parseQuery(expression, query)
  return E.isRight(parsed) ? undefined : faultInExpression(expression, parsed.left)
}

export const checkStrategies = (strategies: readonly PlacementStrategy[]): readonly Complaint[] => [
  ...checkLength('placementStrategy', strategies, strategiesMax),
  ...strategies.flatMap((strategy, i) => {
    const expected = expectedField(strategy)
    return expected === undefined ? [] : [{ at: ['placementStrategy', i, 'field'], expected }]
  }),
]

const expectedField = ({ type, field = '' }: PlacementStrategy): string | undefined => {
  switch (type) {
    case 'binpack':
      return /^(cpu|memory)$/i.test(field) ? undefined : 'cpu or memory'
    case 'spread':
      return /^(instanceId|host|attribute:.+)$/s.test(field)
        ? undefined
        : 'instanceId, host or attribute:NAME'
    case 'random':
      return undefined
  }
}

const checkLength = (
  field: string,
  items: readonly unknown[],
  most: number,
): readonly Complaint[] =>
  items.length > most ? [{ at: [field], expected: `at most ${most}` }] : []

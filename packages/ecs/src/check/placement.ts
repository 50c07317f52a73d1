/**
 * Validates placement constraints and placement strategies: at most 10 constraints and 5
 * strategies, expressions that parse, and fields that suit the type, such as `cpu` or `memory` for
 * `binpack`.
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

/** The API's limits of constraints and of strategies. */
export const constraintsMax = 10
const strategiesMax = 5

/**
 * All complaints about `placementConstraints`, the field of a service, a call or a task definition.
 */
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

/** All complaints about `placementStrategy`, the field of a service or a call. */
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
  max: number,
): readonly Complaint[] => (items.length > max ? [{ at: [field], expected: `at most ${max}` }] : [])

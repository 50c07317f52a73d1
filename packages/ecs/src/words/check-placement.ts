/**
 * What the API asks of placement constraints and strategies beyond their types.
 *
 * Source: Amazon ECS API Reference, PlacementConstraint and PlacementStrategy; Developer Guide, task placement.
 */
import type { Complaint } from './complaint.js'
import type { PlacementConstraint, PlacementStrategy } from './placement.js'

export const constraintsMost = 10
const strategiesMost = 5
const expressionMost = 2000

/** The constraints of a service or of a task definition, whose field goes by the same name. */
export const checkConstraints = (
  constraints: readonly PlacementConstraint[],
): readonly Complaint[] => [
  ...tooMany('placementConstraints', constraints, constraintsMost),
  ...constraints.flatMap((constraint, i) => {
    const expected = expectedExpression(constraint)
    return expected === undefined
      ? []
      : [{ at: ['placementConstraints', i, 'expression'], expected }]
  }),
]

const expectedExpression = ({ type, expression = '' }: PlacementConstraint): string | undefined => {
  if (type === 'distinctInstance')
    return expression === '' ? undefined : 'no expression beside distinctInstance'
  return expression === '' || expression.length > expressionMost
    ? `an expression of the cluster query language, of at most ${expressionMost} characters`
    : undefined
}

export const checkStrategies = (strategies: readonly PlacementStrategy[]): readonly Complaint[] => [
  ...tooMany('placementStrategy', strategies, strategiesMost),
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

const tooMany = (field: string, items: readonly unknown[], most: number): readonly Complaint[] =>
  items.length > most ? [{ at: [field], expected: `at most ${most}` }] : []

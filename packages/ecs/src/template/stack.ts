/**
 * What the stack of a template would be: the resources that it makes, with the calls in their
 * properties evaluated.
 */
import { isObject, own, type DocumentFault } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { conditionsOf } from './condition.js'
import { evaluate, type Scope } from './intrinsic.js'
import { parameterValues, type TemplateParameters } from './parameter.js'
import { bad, propertiesOf, typeOf, type Template } from './template.js'
import { isUnresolved, unresolvedText } from './unresolved.js'

export interface Stack {
  readonly from: string
  readonly name: string
  /** By their logical ids. */
  readonly made: ReadonlyMap<string, Made>
}

export interface Made {
  readonly id: string
  readonly type: string
  readonly properties: unknown
}

/** Nothing in the template may refer to what is not there, or go in a circle. */
export const stackOf = (
  template: Template,
  parameters: TemplateParameters,
): E.Either<readonly DocumentFault[], Stack> => {
  const values = parameterValues(template, parameters)
  const scope = { template, parameters: values, conditions: conditionsOf(template, values) }
  const { left, right } = RA.separate(
    [...template.resources].map(([id, resource]) => madeOf(scope, id, resource)),
  )
  if (left.length > 0) return E.left(left)
  return E.right({
    from: template.from,
    name: String(values.get('AWS::StackName')),
    made: new Map(right.flat().map((one) => [one.id, one])),
  })
}

/** None, where its condition does not hold. Whether there are tasks at all must be known. */
const madeOf = (
  scope: Scope,
  id: string,
  resource: unknown,
): E.Either<DocumentFault, readonly Made[]> => {
  const { template, conditions } = scope
  const type = typeOf(resource) ?? ''
  const condition = isObject(resource) ? own(resource, 'Condition') : undefined
  const holds = typeof condition === 'string' ? (conditions.get(condition) ?? true) : true
  if (holds === false) return E.right([])
  if (isUnresolved(holds) && type.startsWith('AWS::ECS::')) {
    const at = ['Resources', id, 'Condition']
    const expected = 'a condition of which it is known whether it holds'
    return E.left({ ...bad(template.from, at, condition, expected), found: unresolvedText(holds) })
  }
  return E.right([{ id, type, properties: evaluate(scope, propertiesOf(resource)) }])
}

export const propertyOf = (properties: unknown, name: string): unknown =>
  isObject(properties) && !isUnresolved(properties) ? own(properties, name) : undefined

/** The resource that a whole property refers to. */
export const referredTo = (properties: unknown, name: string): string | undefined => {
  const value = propertyOf(properties, name)
  return isUnresolved(value) ? value.resource : undefined
}

/**
 * Evaluates a CloudFormation template to the stack that it would create: the resources whose
 * condition is not false, with every function call in their properties evaluated.
 */
import { isObject, own, type DocumentFault } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { evaluate, type Scope } from './intrinsic.js'
import { bad, propertiesOf, typeOf } from './template.js'
import { isUnresolved, unresolvedText } from './unresolved.js'

/** The resources of a stack; `from` is the document of its template. */
export interface Stack {
  readonly key: string
  readonly from: string
  readonly name: string
  /** All stacks of the input, this one too, by their keys. */
  readonly stacks: ReadonlyMap<string, Stack>
  /** By logical id. */
  readonly resources: ReadonlyMap<string, StackResource>
}

/** One resource that the stack creates. */
export interface StackResource {
  readonly id: string
  readonly type: string
  readonly properties: unknown
  /** The properties as the template has them. */
  readonly written: unknown
}

/** Evaluates a template. It must have no undefined reference and no cycle. */
export const stackOf = (
  scope: Scope,
  stacks: ReadonlyMap<string, Stack>,
): E.Either<readonly DocumentFault[], Stack> => {
  const { key, template, parameters } = scope
  const { left, right } = RA.separate(
    [...template.resources].map(([id, resource]) => resourceOf(scope, id, resource)),
  )
  if (left.length > 0) return E.left(left)
  return E.right({
    ...{ key, from: template.from, stacks },
    name: String(parameters.get('AWS::StackName')),
    resources: new Map(right.flat().map((one) => [one.id, one])),
  })
}

/**
 * A resource whose condition is false is not created. For an ECS resource an unresolved condition
 * is a fault.
 */
const resourceOf = (
  scope: Scope,
  id: string,
  resource: unknown,
): E.Either<DocumentFault, readonly StackResource[]> => {
  const { template, conditions } = scope
  const type = typeOf(resource) ?? ''
  const condition = isObject(resource) ? own(resource, 'Condition') : undefined
  const holds = typeof condition === 'string' ? (conditions.get(condition) ?? true) : true
  if (holds === false) return E.right([])
  if (isUnresolved(holds) && type.startsWith('AWS::ECS::')) {
    const at = ['Resources', id, 'Condition']
    const expected =
      'a condition of which it is known whether it holds: --parameter NAME=VALUE gives a parameter its value'
    return E.left({ ...bad(template.from, at, condition, expected), found: unresolvedText(holds) })
  }
  const written = propertiesOf(resource)
  return E.right([{ id, type, written, properties: evaluate(scope, written) }])
}

/** A property of a resource; `undefined` when it is absent or all properties are unresolved. */
export const propertyOf = (properties: unknown, name: string): unknown =>
  isObject(properties) && !isUnresolved(properties) ? own(properties, name) : undefined

/** A resource that a value refers to, with its stack. */
export interface ReferredResource {
  readonly stack: Stack
  readonly resource: StackResource
}

/** The resource that a value is a reference to, in its own stack or in another one. */
export const referredResource = (stack: Stack, value: unknown): ReferredResource | undefined => {
  if (!isUnresolved(value) || value.resource === undefined) return undefined
  const owner = value.stack === undefined ? stack : stack.stacks.get(value.stack)
  const resource = owner?.resources.get(value.resource)
  return owner === undefined || resource === undefined ? undefined : { stack: owner, resource }
}

/** The resource that a whole property refers to. */
export const referredTo = (
  stack: Stack,
  properties: unknown,
  name: string,
): ReferredResource | undefined => referredResource(stack, propertyOf(properties, name))

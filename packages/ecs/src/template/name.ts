/**
 * The names of what a stack makes, as written, or as AWS makes one up: of the names of the stack
 * and of the resource, but for what it draws by lot.
 *
 * Source: AWS CloudFormation Template Reference, the name property of each type, and what `Ref`
 * gives for it.
 */
import { isObject } from '@stowage/documents'
import { propertyOf, type Made, type Stack } from './stack.js'
import { isUnresolved } from './unresolved.js'

const nameProperties: ReadonlyMap<string, string> = new Map([
  ['AWS::ECS::TaskDefinition', 'Family'],
  ['AWS::ECS::Service', 'ServiceName'],
  ['AWS::ECS::CapacityProvider', 'Name'],
])

/** By which others refer to it. */
const referredToByName: readonly string[] = [
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::CapacityProvider',
]

export const namePropertyOf = ({ type }: Made): string => nameProperties.get(type) ?? 'Name'

export const resourceName = (stack: Stack, one: Made): unknown =>
  propertyOf(one.properties, namePropertyOf(one)) ?? madeUp(stack, one)

const madeUp = ({ name }: Stack, { id }: Made): string => `${name}-${id}`

/**
 * A value in which each that is but a reference to a task definition or a capacity provider of the
 * stack is its name.
 */
export const withNames = (stack: Stack, value: unknown): unknown => {
  if (isUnresolved(value)) {
    const referred = stack.made.get(value.resource ?? '')
    return referred !== undefined && referredToByName.includes(referred.type)
      ? referenceTo(stack, referred)
      : value
  }
  if (Array.isArray(value)) return value.map((item) => withNames(stack, item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withNames(stack, member)]),
  )
}

/** Where its name is open, it is enough that the resource itself says so. */
const referenceTo = (stack: Stack, one: Made): unknown => {
  const name = resourceName(stack, one)
  return isUnresolved(name) ? madeUp(stack, one) : name
}

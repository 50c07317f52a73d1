/**
 * Assigns physical names to the resources of a stack, and replaces references to task definitions,
 * services, capacity providers and clusters by these names. A resource without a name in the
 * template gets the name of the stack, a hyphen and its logical id, without the random suffix that
 * AWS adds.
 *
 * Source: AWS CloudFormation Template Reference, the name property of each type, and what `Ref`
 * returns for it.
 */
import { isObject } from '@stowage/documents'
import {
  propertyOf,
  referredResource,
  referredTo,
  type StackResource,
  type Stack,
} from './stack.js'
import { isUnresolved } from './unresolved.js'

const nameProperties: ReadonlyMap<string, string> = new Map([
  ['AWS::ECS::TaskDefinition', 'Family'],
  ['AWS::ECS::Service', 'ServiceName'],
  ['AWS::ECS::CapacityProvider', 'Name'],
  ['AWS::ECS::Cluster', 'ClusterName'],
])

/** The types whose resources a service or a task set refers to by name. */
const referredToByName: readonly string[] = [
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::CapacityProvider',
  'AWS::ECS::Cluster',
]

/** The property that holds the name of a resource. */
export const namePropertyOf = ({ type }: StackResource): string =>
  nameProperties.get(type) ?? 'Name'

/** The name of a resource, which may be unresolved. */
export const resourceName = (stack: Stack, one: StackResource): unknown =>
  propertyOf(one.properties, namePropertyOf(one)) ?? madeUp(stack, one)

const madeUp = ({ name }: Stack, { id }: StackResource): string => `${name}-${id}`

/**
 * Replaces each reference to a task definition, a service, a capacity provider or a cluster, of
 * this stack or of another, by the name of that resource.
 */
export const withNames = (stack: Stack, value: unknown): unknown => {
  if (isUnresolved(value)) {
    const found = referredResource(stack, value)
    return found !== undefined && referredToByName.includes(found.resource.type)
      ? referenceTo(found.stack, found.resource)
      : value
  }
  if (Array.isArray(value)) return value.map((item) => withNames(stack, item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withNames(stack, member)]),
  )
}

/** A resource whose name is unresolved is called by its generated name. */
const referenceTo = (stack: Stack, one: StackResource): unknown => {
  const name = resourceName(stack, one)
  return isUnresolved(name) ? madeUp(stack, one) : name
}

/** True when a property refers to a resource, of any stack, whose name AWS makes up. */
export const isNameMadeUp = (stack: Stack, properties: unknown, property: string): boolean => {
  const one = referredTo(stack, properties, property)?.resource
  return one !== undefined && typeof propertyOf(one.properties, namePropertyOf(one)) !== 'string'
}

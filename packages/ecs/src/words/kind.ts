/**
 * The kinds of Amazon ECS words, told apart by what is in them, as nothing in the API's words says
 * its kind.
 */
import { isObject, own } from '@stowage/documents'
import { callFields } from './call-fields.js'

export type Kind =
  | 'task definition'
  | 'service'
  | 'call of RunTask'
  | 'call of StartTask'
  | 'call of StopTask'
  | 'container instance'
  | 'task'
  | 'subnet'
  | 'cluster'

export const kindOf = (value: unknown): Kind | undefined => {
  if (!isObject(value) || isKubernetes(value)) return undefined
  if (Object.hasOwn(value, 'containerDefinitions') || isMisspeltDefinition(value))
    return 'task definition'
  if (typeof own(value, 'taskDefinition') === 'string' && hasAnyField(value, serviceKeys))
    return 'service'
  if (Object.hasOwn(value, 'taskArn')) return 'task'
  const call = callIn(value)
  if (call !== undefined) return call
  if (hasAnyField(value, ['SubnetId']) && hasAnyField(value, ofSubnet)) return 'subnet'
  if (hasAnyField(value, ['clusterName', 'clusterArn']) && hasAnyField(value, ofCluster))
    return 'cluster'
  const ofInstance = ['containerInstanceArn', 'registeredResources']
  return ofInstance.some((key) => Object.hasOwn(value, key)) ? 'container instance' : undefined
}

/** Any of these beside its name makes a cluster, as other things name the one that they are in. */
const ofCluster: readonly string[] = [
  ...['capacityProviders', 'defaultCapacityProviderStrategy', 'registeredContainerInstancesCount'],
]

/**
 * Any of these beside `SubnetId` makes a subnet, as other things of EC2 name the one that they are
 * in.
 */
const ofSubnet: readonly string[] = ['CidrBlock', 'AvailableIpAddressCount', 'SubnetArn']

/**
 * Any of these beside `taskDefinition` makes a service, so that one without its name is missed by
 * nobody.
 */
const serviceKeys: readonly string[] = ['serviceName', 'desiredCount', 'schedulingStrategy']

/**
 * Any of these beside `taskDefinition` makes a call of RunTask, and so does nothing that is no
 * field of it; one that names instances is of StartTask.
 */
const runTaskKeys: readonly string[] = [
  ...['count', 'group', 'startedBy', 'overrides', 'networkConfiguration', 'launchType'],
  ...['capacityProviderStrategy', 'placementConstraints', 'placementStrategy'],
]

/**
 * A call of StopTask has no more than these; one with a task alone names it by an ARN or by an id
 * as they are given.
 */
const ofStop: readonly string[] = ['task', 'cluster', 'reason']

const callIn = (value: object): Kind | undefined => {
  if (typeof own(value, 'taskDefinition') === 'string') {
    if (hasAnyField(value, ['containerInstances'])) return 'call of StartTask'
    const hasNothingElse = Object.keys(value).every((key) => Object.hasOwn(callFields.RunTask, key))
    return hasNothingElse || hasAnyField(value, runTaskKeys) ? 'call of RunTask' : undefined
  }
  const task = own(value, 'task')
  const isStop =
    typeof task === 'string' &&
    Object.keys(value).every((key) => ofStop.includes(key)) &&
    (hasAnyField(value, ['cluster', 'reason']) || /^(arn:.*:task\/.*|[0-9a-f]{32})$/s.test(task))
  return isStop ? 'call of StopTask' : undefined
}

/**
 * Any of these beside `family` makes a task definition, so that one whose containers are misspelt
 * is missed by nobody.
 */
const ofDefinition: readonly string[] = [
  ...['cpu', 'memory', 'networkMode', 'requiresCompatibilities', 'containerDefinition'],
  ...['executionRoleArn', 'taskRoleArn', 'runtimePlatform'],
]

const isMisspeltDefinition = (value: object): boolean =>
  typeof own(value, 'family') === 'string' && hasAnyField(value, ofDefinition)

const hasAnyField = (value: object, keys: readonly string[]): boolean =>
  keys.some((key) => Object.hasOwn(value, key))

export const isKubernetes = (value: object): boolean =>
  typeof own(value, 'apiVersion') === 'string' && typeof own(value, 'kind') === 'string'

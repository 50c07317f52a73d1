/**
 * Detects the kind of a JSON value, such as a service or a call of RunTask, from its fields. The
 * API's documents carry no field that names their kind.
 */
import { isObject, own } from '@stowage/documents'
import { callFields } from './call-fields.js'

/** The kinds of documents that this adapter reads. */
export type Kind =
  | 'task definition'
  | 'service'
  | 'task set'
  | 'call of RunTask'
  | 'call of StartTask'
  | 'call of StopTask'
  | 'container instance'
  | 'task'
  | 'subnet'
  | 'cluster'
  | 'capacity provider'
  | 'Auto Scaling group'
  | 'asset list'
  | 'assembly manifest'
  | 'resource properties'

/** The kind of a value; `undefined` for a foreign object and for anything unknown. */
export const kindOf = (value: unknown): Kind | undefined => {
  if (!isObject(value) || isForeignObject(value)) return undefined
  if (isAssetList(value)) return 'asset list'
  if (isAssemblyManifest(value)) return 'assembly manifest'
  if (Object.hasOwn(value, 'containerDefinitions') || isMisspeltDefinition(value))
    return 'task definition'
  if (Object.hasOwn(value, 'taskSetArn')) return 'task set'
  if (typeof own(value, 'taskDefinition') === 'string' && hasAnyField(value, serviceKeys))
    return 'service'
  if (isServiceOfTaskSets(value)) return 'service'
  if (Object.hasOwn(value, 'taskArn')) return 'task'
  const call = callIn(value)
  if (call !== undefined) return call
  if (hasAnyField(value, ['SubnetId']) && hasAnyField(value, ofSubnet)) return 'subnet'
  if (hasAnyField(value, ['clusterName', 'clusterArn']) && hasAnyField(value, ofCluster))
    return 'cluster'
  if (hasAnyField(value, ofProvider)) return 'capacity provider'
  if (hasAnyField(value, ['AutoScalingGroupName']) && hasAnyField(value, ofGroup))
    return 'Auto Scaling group'
  const ofInstance = ['containerInstanceArn', 'registeredResources']
  if (ofInstance.some((key) => Object.hasOwn(value, key))) return 'container instance'
  return isOfTemplate(value) ? 'resource properties' : undefined
}

/** A service or a task definition in the spelling of CloudFormation, outside of a template. */
const isOfTemplate = (value: object): boolean =>
  Array.isArray(own(value, 'ContainerDefinitions')) ||
  (Object.hasOwn(value, 'TaskDefinition') &&
    hasAnyField(value, ['ServiceName', 'DesiredCount', 'SchedulingStrategy']))

/**
 * The list of the assets of a stack, in a cloud assembly of the AWS CDK: it leads from the object
 * in S3 that is the template of a nested stack to a file. It may have files or images alone.
 */
const isAssetList = (value: object): boolean => {
  const { version, ...lists } = value as Readonly<Record<string, unknown>>
  const names = Object.keys(lists)
  return (
    typeof version === 'string' &&
    names.length > 0 &&
    names.every((name) => assetLists.includes(name) && isObject(lists[name]))
  )
}
const assetLists: readonly string[] = ['files', 'dockerImages']

/**
 * The manifest of a cloud assembly of the AWS CDK: it has the name of each stack and the values of
 * its parameters.
 */
const isAssemblyManifest = (value: object): boolean =>
  typeof own(value, 'version') === 'string' && isObject(own(value, 'artifacts'))

/**
 * One of these fields beside the name or ARN of a cluster makes a cluster; other documents only
 * refer to one.
 */
const ofCluster: readonly string[] = [
  ...['capacityProviders', 'defaultCapacityProviderStrategy', 'registeredContainerInstancesCount'],
]

/**
 * A service that names no task definition, because its task sets do or because it is gone: it has a
 * name, and a field that only services have.
 */
const isServiceOfTaskSets = (value: object): boolean =>
  (own(value, 'taskDefinition') ?? undefined) === undefined &&
  hasAnyField(value, ['serviceName']) &&
  hasAnyField(value, ['taskSets', 'deploymentController', 'deployments', 'desiredCount'])

/** One of these fields makes a capacity provider. */
const ofProvider: readonly string[] = [
  ...['capacityProviderArn', 'autoScalingGroupProvider', 'managedInstancesProvider'],
]

/** One of these fields beside `AutoScalingGroupName` makes a group; other objects only name one. */
const ofGroup: readonly string[] = ['MinSize', 'MaxSize', 'AutoScalingGroupARN']

/** One of these fields beside `SubnetId` makes a subnet; other EC2 documents only refer to one. */
const ofSubnet: readonly string[] = ['CidrBlock', 'AvailableIpAddressCount', 'SubnetArn']

/**
 * One of these fields beside `taskDefinition` makes a service, so that a service without a name is
 * refused and not ignored.
 */
const serviceKeys: readonly string[] = ['serviceName', 'desiredCount', 'schedulingStrategy']

/**
 * An object with `taskDefinition` is a RunTask call if it has one of these fields or only fields of
 * RunTask, and a StartTask call if it has `containerInstances`.
 */
const runTaskKeys: readonly string[] = [
  ...['count', 'group', 'startedBy', 'overrides', 'networkConfiguration', 'launchType'],
  ...['capacityProviderStrategy', 'placementConstraints', 'placementStrategy'],
]

/**
 * A StopTask call has only these fields. If it has `task` alone, that must look like the ARN or the
 * id of a task.
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
 * One of these fields beside `family` makes a task definition, so that misspelt
 * `containerDefinitions` are refused and not ignored.
 */
const ofDefinition: readonly string[] = [
  ...['cpu', 'memory', 'networkMode', 'requiresCompatibilities', 'containerDefinition'],
  ...['executionRoleArn', 'taskRoleArn', 'runtimePlatform'],
]

const isMisspeltDefinition = (value: object): boolean =>
  typeof own(value, 'family') === 'string' && hasAnyField(value, ofDefinition)

const hasAnyField = (value: object, keys: readonly string[]): boolean =>
  keys.some((key) => Object.hasOwn(value, key))

/** True for an object with `apiVersion` and `kind`, which no ECS document has. */
export const isForeignObject = (value: object): boolean =>
  typeof own(value, 'apiVersion') === 'string' && typeof own(value, 'kind') === 'string'

/**
 * Defines the types and codecs of a container instance, as `describe-container-instances` prints
 * it, and of its resources and attributes. `remainingResources` gives the free amount of each
 * resource; only `PORTS` and `PORTS_UDP` list the ports in use.
 *
 * Source: Amazon ECS API Reference, ContainerInstance, Resource and Attribute.
 */
import {
  flag,
  int32Max,
  list,
  nonEmptyText,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import { Timestamp } from './instant.js'
import { CapacityProviderName } from './placement.js'

/** The types that the API gives to a resource. */
export const resourceTypes = ['INTEGER', 'DOUBLE', 'LONG', 'STRINGSET'] as const
export type ResourceType = (typeof resourceTypes)[number]

/** A resource of an instance, such as CPU, with its amount or its members. */
export interface Resource {
  readonly name: string
  /**
   * Selects the field that holds the value. The default is a `stringSetValue` that is not empty,
   * else `integerValue`.
   */
  readonly type?: ResourceType | undefined
  readonly integerValue?: number | undefined
  readonly longValue?: number | undefined
  readonly doubleValue?: number | undefined
  readonly stringSetValue?: readonly string[] | undefined
}
/** Amounts of resources are whole numbers in every field. */
const long = whole('a whole number', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
export const Resource: Codec<Resource> = record<Resource>('a resource', {
  name: nonEmptyText('the name of a resource'),
  type: optional(oneOf(resourceTypes)),
  integerValue: optional(whole('a whole number', -int32Max - 1)),
  longValue: optional(long),
  doubleValue: optional(long),
  stringSetValue: optional(list('a list of strings', text)),
})

/** An attribute of an instance: a name with an optional value. */
export interface Attribute {
  readonly name: string
  readonly value?: string | undefined
}
export const Attribute: Codec<Attribute> = record<Attribute>('an attribute', {
  name: nonEmptyText('the name of an attribute'),
  value: optional(text),
})

/** The versions that an agent reports; only its own is read. */
export interface VersionInfo {
  readonly agentVersion?: string | undefined
}
export const VersionInfo: Codec<VersionInfo> = record<VersionInfo>('the versions of an agent', {
  agentVersion: optional(text),
})

/** A container instance, as DescribeContainerInstances prints it. */
export interface ContainerInstance {
  readonly containerInstanceArn?: string | undefined
  /** The name of its cluster, as RegisterContainerInstance takes it; an ARN has it too. */
  readonly cluster?: string | undefined
  readonly ec2InstanceId?: string | undefined
  /** `ACTIVE` by default. */
  readonly status?: string | undefined
  /** True by default. */
  readonly agentConnected?: boolean | undefined
  readonly versionInfo?: VersionInfo | undefined
  /** A date with a time, in UTC when it has no offset. */
  readonly registeredAt?: string | undefined
  /** Tasks whose desired status is RUNNING. */
  readonly runningTasksCount?: number | undefined
  /** Tasks whose last status is PENDING. */
  readonly pendingTasksCount?: number | undefined
  readonly registeredResources: readonly Resource[]
  readonly remainingResources?: readonly Resource[] | undefined
  readonly attributes?: readonly Attribute[] | undefined
  readonly capacityProviderName?: string | undefined
  /** Rises with each change of the record. */
  readonly version?: number | undefined
}

const resourceList = list('a list of resources', Resource)

/** More tasks than any instance runs, and few enough to add them to a node one by one. */
const tasksOnInstanceMax = 10_000
const tasksCount = whole(`a number of tasks, at most ${tasksOnInstanceMax}`, 0, tasksOnInstanceMax)

export const ContainerInstance: Codec<ContainerInstance> = record<ContainerInstance>(
  'a container instance',
  {
    containerInstanceArn: optional(nonEmptyText('an ARN')),
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    ec2InstanceId: optional(nonEmptyText('the id of an instance')),
    status: optional(nonEmptyText('a status, such as ACTIVE')),
    agentConnected: optional(flag),
    versionInfo: optional(VersionInfo),
    registeredAt: optional(Timestamp),
    runningTasksCount: optional(tasksCount),
    pendingTasksCount: optional(tasksCount),
    registeredResources: resourceList,
    remainingResources: optional(resourceList),
    attributes: optional(list('a list of attributes', Attribute)),
    capacityProviderName: optional(CapacityProviderName),
    version: optional(whole('a version, 0 or more', 0, Number.MAX_SAFE_INTEGER)),
  },
)

/**
 * The name of an instance in a plan: its EC2 id, else the last part of its ARN, else an empty text.
 */
export const instanceName = ({ ec2InstanceId, containerInstanceArn }: ContainerInstance): string =>
  ec2InstanceId ?? containerInstanceArn?.split('/').at(-1) ?? ''

/** The resource of this name, or `undefined`. */
export const resourceNamed = (all: readonly Resource[], name: string): Resource | undefined =>
  all.find((resource) => resource.name === name)

/** Finds an instance by its EC2 id, its ARN, or the id in its ARN. */
export const instanceNamed = (
  all: readonly ContainerInstance[],
  name: string,
): ContainerInstance | undefined => {
  const id = name.slice(name.lastIndexOf('/') + 1)
  return all.find(
    (one) => instanceName(one) === id || one.containerInstanceArn?.split('/').at(-1) === id,
  )
}

/**
 * The amount of a resource, for a set the number of its members (the API lists GPUs by id);
 * `undefined` when the list does not have it.
 */
export const amountOf = (all: readonly Resource[], name: string): number | undefined => {
  const resource = resourceNamed(all, name)
  if (resource === undefined) return undefined
  const { stringSetValue = [] } = resource
  const field = fieldOf(resource)
  return field === 'stringSetValue' ? stringSetValue.length : (resource[field] ?? 0)
}

const valueFields = {
  INTEGER: 'integerValue',
  LONG: 'longValue',
  DOUBLE: 'doubleValue',
  STRINGSET: 'stringSetValue',
} as const satisfies Readonly<Record<ResourceType, keyof Resource>>

const fieldOf = ({ type, stringSetValue = [] }: Resource) =>
  type === undefined
    ? stringSetValue.length > 0
      ? 'stringSetValue'
      : 'integerValue'
    : valueFields[type]

/** The resource with the amount `left`, in the same field; a set keeps its last `left` members. */
export const remainder = (whole: Resource, left: number): Resource => {
  const { stringSetValue = [] } = whole
  const field = fieldOf(whole)
  return field === 'stringSetValue'
    ? { ...whole, stringSetValue: stringSetValue.slice(stringSetValue.length - left) }
    : { ...whole, [field]: left }
}

/** The members of a resource that is a set; empty when the list does not have it. */
export const setOf = (all: readonly Resource[], name: string): readonly string[] =>
  resourceNamed(all, name)?.stringSetValue ?? []

/** The value of an attribute, or `undefined`. */
export const attributeOf = (
  { attributes = [] }: ContainerInstance,
  named: string,
): string | undefined => attributes.find(({ name }) => name === named)?.value

/** The EC2 instance type, from the attribute `ecs.instance-type`; `undefined` without one. */
export const instanceTypeOf = (instance: ContainerInstance): string | undefined =>
  attributeOf(instance, 'ecs.instance-type')

/**
 * True for an instance with Windows. Agents 1.51.1 to 1.52.2 report its family in `ecs.os-type`,
 * such as `WINDOWS_SERVER_2004_CORE`, where all others report `windows`.
 */
export const isOnWindows = (instance: ContainerInstance): boolean =>
  /^windows/i.test(attributeOf(instance, 'ecs.os-type') ?? '')

/**
 * Container instances, as `describe-container-instances` prints them.
 *
 * In the sets of ports, both those registered and those remaining, stand the ports that are taken.
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

export const resourceTypes = ['INTEGER', 'DOUBLE', 'LONG', 'STRINGSET'] as const
export type ResourceType = (typeof resourceTypes)[number]

export interface Resource {
  readonly name: string
  /**
   * Which of the values counts; where it is not written, a set that is not empty, else the integer.
   */
  readonly type?: ResourceType | undefined
  readonly integerValue?: number | undefined
  readonly longValue?: number | undefined
  readonly doubleValue?: number | undefined
  readonly stringSetValue?: readonly string[] | undefined
}
/** Amounts of resources are whole, whatever they are written as. */
const long = whole('a whole number', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
export const Resource: Codec<Resource> = record<Resource>('a resource', {
  name: nonEmptyText('the name of a resource'),
  type: optional(oneOf(resourceTypes)),
  integerValue: optional(whole('a whole number', -int32Max - 1)),
  longValue: optional(long),
  doubleValue: optional(long),
  stringSetValue: optional(list('a list of strings', text)),
})

export interface Attribute {
  readonly name: string
  readonly value?: string | undefined
}
export const Attribute: Codec<Attribute> = record<Attribute>('an attribute', {
  name: nonEmptyText('the name of an attribute'),
  value: optional(text),
})

export interface VersionInfo {
  readonly agentVersion?: string | undefined
}
export const VersionInfo: Codec<VersionInfo> = record<VersionInfo>('the versions of an agent', {
  agentVersion: optional(text),
})

/** A container instance, as DescribeContainerInstances prints it. */
export interface ContainerInstance {
  readonly containerInstanceArn?: string | undefined
  readonly ec2InstanceId?: string | undefined
  /** Taken for `ACTIVE` where it is not written. */
  readonly status?: string | undefined
  /** Taken for true where it is not written. */
  readonly agentConnected?: boolean | undefined
  readonly versionInfo?: VersionInfo | undefined
  /** A date and a time, in UTC where no offset is written. */
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

/** More than any instance has, and few enough to be counted one by one. */
const tasksOnInstanceMax = 10_000
const tasksCount = whole(`a number of tasks, at most ${tasksOnInstanceMax}`, 0, tasksOnInstanceMax)

export const ContainerInstance: Codec<ContainerInstance> = record<ContainerInstance>(
  'a container instance',
  {
    containerInstanceArn: optional(nonEmptyText('an ARN')),
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
    capacityProviderName: optional(text),
    version: optional(whole('a version, 0 or more', 0, Number.MAX_SAFE_INTEGER)),
  },
)

/**
 * By which an instance goes in a plan: its EC2 id, or the last part of its ARN; empty when it has
 * neither.
 */
export const instanceName = ({ ec2InstanceId, containerInstanceArn }: ContainerInstance): string =>
  ec2InstanceId ?? containerInstanceArn?.split('/').at(-1) ?? ''

export const resourceNamed = (all: readonly Resource[], name: string): Resource | undefined =>
  all.find((resource) => resource.name === name)

/** By its EC2 id, its ARN, or the id in its ARN. */
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
 * How much there is of a resource; the API lists GPUs by their ids. Nothing when it is not in the
 * list.
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

/** As much of a resource as is left, written as the whole of it was: of a set, the last of it. */
export const remainder = (whole: Resource, left: number): Resource => {
  const { stringSetValue = [] } = whole
  const field = fieldOf(whole)
  return field === 'stringSetValue'
    ? { ...whole, stringSetValue: stringSetValue.slice(stringSetValue.length - left) }
    : { ...whole, [field]: left }
}

export const setOf = (all: readonly Resource[], name: string): readonly string[] =>
  resourceNamed(all, name)?.stringSetValue ?? []

export const attributeOf = (
  { attributes = [] }: ContainerInstance,
  named: string,
): string | undefined => attributes.find(({ name }) => name === named)?.value

/** The EC2 instance type, from the attribute `ecs.instance-type`; `undefined` without one. */
export const instanceTypeOf = (instance: ContainerInstance): string | undefined =>
  attributeOf(instance, 'ecs.instance-type')

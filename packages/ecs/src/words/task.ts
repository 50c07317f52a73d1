/**
 * Defines the type and codec of a task, as `describe-tasks` prints it and as the calls that start
 * and stop tasks return it.
 *
 * Source: Amazon ECS API Reference, Task; Developer Guide, task life cycle.
 */
import {
  list,
  nonEmptyText,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import type { CpuUnits, MiB } from '@stowage/fargate'
import { Timestamp } from './instant.js'
import { CapacityProviderName } from './placement.js'
import { compatibilities, type Compatibility } from './task-definition.js'
import { CpuSum, MemorySum } from './task-size.js'

/** The values of lastStatus in life cycle order. A task only moves forward, and may skip some. */
export const taskStatuses = [
  ...(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'] as const),
  ...(['DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'STOPPED'] as const),
] as const
/** The status that DescribeTasks reports for a stopped task whose record is about to be deleted. */
export const afterStopped = 'DELETED'
/** All values of lastStatus. */
export const lastStatuses = [...taskStatuses, afterStopped] as const
export type TaskStatus = (typeof lastStatuses)[number]

/** The values of desiredStatus. */
export const desiredStatuses = ['RUNNING', 'PENDING', 'STOPPED'] as const
export type DesiredStatus = (typeof desiredStatuses)[number]

/** Why a task stopped. */
export const stopCodes = [
  'TaskFailedToStart',
  'EssentialContainerExited',
  'UserInitiated',
  'ServiceSchedulerInitiated',
  'SpotInterruption',
  'TerminationNotice',
  'InfrastructureHealth',
] as const
export type StopCode = (typeof stopCodes)[number]

/** A network interface of the task; `details` name its subnet. */
export interface Attachment {
  readonly type: string
  readonly details?: readonly KeyValuePair[] | undefined
}
interface KeyValuePair {
  readonly name: string
  readonly value?: string | undefined
}
const KeyValuePair: Codec<KeyValuePair> = record<KeyValuePair>('a detail', {
  name: nonEmptyText('a name'),
  value: optional(text),
})
const Attachment: Codec<Attachment> = record<Attachment>('an attachment', {
  type: nonEmptyText('a type'),
  details: optional(list('a list of details', KeyValuePair)),
})

/** A task, as DescribeTasks prints it. Source: Amazon ECS API Reference, Task. */
export interface Task {
  readonly taskArn: string
  readonly taskDefinitionArn: string
  readonly clusterArn?: string | undefined
  /** Absent on Fargate, and while a task waits for capacity. */
  readonly containerInstanceArn?: string | undefined
  readonly group?: string | undefined
  readonly startedBy?: string | undefined
  readonly launchType?: Compatibility | undefined
  readonly capacityProviderName?: string | undefined
  readonly platformVersion?: string | undefined
  readonly attachments?: readonly Attachment[] | undefined
  readonly lastStatus: TaskStatus
  readonly desiredStatus: DesiredStatus
  /** Rises by 1 with each change of the record. */
  readonly version?: number | undefined
  /** This and the next are the sums of its containers where its definition has no size. */
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  /** This and the next three are timestamps as texts. */
  readonly createdAt?: string | undefined
  readonly startedAt?: string | undefined
  readonly stoppingAt?: string | undefined
  readonly stoppedAt?: string | undefined
  readonly stopCode?: StopCode | undefined
  readonly stoppedReason?: string | undefined
}

export const Task: Codec<Task> = record<Task>('a task', {
  taskArn: nonEmptyText('the ARN of a task'),
  taskDefinitionArn: nonEmptyText('the ARN of a task definition'),
  clusterArn: optional(nonEmptyText('the ARN of a cluster')),
  containerInstanceArn: optional(nonEmptyText('the ARN of an instance')),
  group: optional(nonEmptyText('the name of a group')),
  startedBy: optional(text),
  launchType: optional(oneOf(compatibilities)),
  capacityProviderName: optional(CapacityProviderName),
  platformVersion: optional(text),
  attachments: optional(list('a list of attachments', Attachment)),
  lastStatus: oneOf<TaskStatus>(lastStatuses),
  desiredStatus: oneOf<DesiredStatus>(desiredStatuses),
  version: optional(whole('a version, 0 or more', 0, Number.MAX_SAFE_INTEGER)),
  cpu: optional(CpuSum),
  memory: optional(MemorySum),
  createdAt: optional(Timestamp),
  startedAt: optional(Timestamp),
  stoppingAt: optional(Timestamp),
  stoppedAt: optional(Timestamp),
  stopCode: optional(oneOf<StopCode>(stopCodes)),
  stoppedReason: optional(text),
})

/** The last part of an ARN, or the text itself. */
export const idIn = (arnOrId: string): string => arnOrId.slice(arnOrId.lastIndexOf('/') + 1)

/** Finds a task by its ARN or its id. */
export const taskNamed = (tasks: readonly Task[], name: string): Task | undefined =>
  tasks.find(({ taskArn }) => taskArn === name || idIn(taskArn) === name)

/** True when the task holds no resources any more. */
export const hasStopped = ({ lastStatus }: Task): boolean =>
  lastStatus === 'STOPPED' || lastStatus === afterStopped

/** True for a task that occupies Fargate capacity. */
export const isOnFargate = (task: Task): boolean =>
  task.launchType === 'FARGATE' && !hasStopped(task)

const interfaceType = 'ElasticNetworkInterface'

/** The attachment of a task with a network interface in this subnet. */
export const attachedIn = (subnet: string): readonly Attachment[] => [
  { type: interfaceType, details: [{ name: 'subnetId', value: subnet }] },
]

/** The subnet of the task's network interface; `undefined` when no attachment names it. */
export const subnetOf = ({ attachments = [] }: Task): string | undefined =>
  attachments
    .flatMap(({ type, details = [] }) => (type === interfaceType ? details : []))
    .find(({ name }) => name === 'subnetId')?.value

/**
 * Tasks, as `describe-tasks` prints them and as the calls that start and stop them answer.
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
import { compatibilities, type Compatibility } from './task-definition.js'
import { TaskCpu, TaskMemory } from './task-size.js'

/** In their order: a task goes forward only, and may leave some out. */
export const taskStatuses = [
  ...(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'] as const),
  ...(['DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'STOPPED'] as const),
] as const
/** What DescribeTasks alone tells of a task whose record is about to go. */
export const afterStopped = 'DELETED'
export const lastStatuses = [...taskStatuses, afterStopped] as const
export type TaskStatus = (typeof lastStatuses)[number]

export const desiredStatuses = ['RUNNING', 'PENDING', 'STOPPED'] as const
export type DesiredStatus = (typeof desiredStatuses)[number]

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

/** A network interface of its own; `details` say in which subnet. */
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
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  /** Moments, as texts. */
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
  containerInstanceArn: optional(nonEmptyText('the ARN of an instance')),
  group: optional(nonEmptyText('the name of a group')),
  startedBy: optional(text),
  launchType: optional(oneOf(compatibilities)),
  capacityProviderName: optional(text),
  platformVersion: optional(text),
  attachments: optional(list('a list of attachments', Attachment)),
  lastStatus: oneOf<TaskStatus>(lastStatuses),
  desiredStatus: oneOf<DesiredStatus>(desiredStatuses),
  version: optional(whole('a version, 0 or more', 0, Number.MAX_SAFE_INTEGER)),
  cpu: optional(TaskCpu),
  memory: optional(TaskMemory),
  createdAt: optional(Timestamp),
  startedAt: optional(Timestamp),
  stoppingAt: optional(Timestamp),
  stoppedAt: optional(Timestamp),
  stopCode: optional(oneOf<StopCode>(stopCodes)),
  stoppedReason: optional(text),
})

/** The last part of an ARN, or the text itself. */
export const idIn = (arnOrId: string): string => arnOrId.slice(arnOrId.lastIndexOf('/') + 1)

/** By its ARN or its id. */
export const taskNamed = (tasks: readonly Task[], name: string): Task | undefined =>
  tasks.find(({ taskArn }) => taskArn === name || idIn(taskArn) === name)

/** Whether it takes nothing any more. */
export const hasStopped = ({ lastStatus }: Task): boolean =>
  lastStatus === 'STOPPED' || lastStatus === afterStopped

export const isOnFargate = (task: Task): boolean =>
  task.launchType === 'FARGATE' && !hasStopped(task)

const interfaceType = 'ElasticNetworkInterface'

export const attachedIn = (subnet: string): readonly Attachment[] => [
  { type: interfaceType, details: [{ name: 'subnetId', value: subnet }] },
]

/** The subnet that a task has an interface in, where it is told. */
export const subnetOf = ({ attachments = [] }: Task): string | undefined =>
  attachments
    .flatMap(({ type, details = [] }) => (type === interfaceType ? details : []))
    .find(({ name }) => name === 'subnetId')?.value

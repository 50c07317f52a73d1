/**
 * Defines the types and codecs of the requests of RunTask, StartTask and StopTask, in the API's
 * spelling.
 *
 * Source: Amazon ECS API Reference, RunTask, StartTask and StopTask.
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
import * as t from 'io-ts'
import type { CpuUnits, MiB } from '@stowage/fargate'
import { anyWholeNumber } from './host-setting.js'
import { NetworkConfiguration } from './network-configuration.js'
import {
  CapacityProviderStrategyItem,
  PlacementConstraint,
  PlacementStrategy,
} from './placement.js'
import { ResourceRequirement } from './resource-requirement.js'
import { compatibilities, EphemeralStorage, type Compatibility } from './task-definition.js'
import { mebibytesMax, TaskCpu, TaskMemory } from './task-size.js'

/** What a call changes in one container, found by its name. */
export interface ContainerOverride {
  readonly name: string
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  readonly memoryReservation?: MiB | undefined
  readonly resourceRequirements?: readonly ResourceRequirement[] | undefined
}
const overrideMemory = whole<MiB>('a whole number of MiB', 0, mebibytesMax)
const ContainerOverride: Codec<ContainerOverride> = record<ContainerOverride>('an override', {
  name: nonEmptyText('the name of a container'),
  cpu: optional(whole<CpuUnits>('a whole number of CPU units, 0 or more', 0)),
  memory: optional(overrideMemory),
  memoryReservation: optional(overrideMemory),
  resourceRequirements: optional(list('a list of resource requirements', ResourceRequirement)),
})

/**
 * What a call changes in the task definition for its own tasks: the fields that placement reads.
 */
export interface TaskOverride {
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  readonly ephemeralStorage?: EphemeralStorage | undefined
  readonly containerOverrides?: readonly ContainerOverride[] | undefined
}
const TaskOverride: Codec<TaskOverride> = record<TaskOverride>('overrides', {
  cpu: optional(TaskCpu),
  memory: optional(TaskMemory),
  ephemeralStorage: optional(EphemeralStorage),
  containerOverrides: optional(list('a list of overrides', ContainerOverride)),
})

interface Common {
  readonly cluster?: string | undefined
  /** A family, `family:revision`, or an ARN of either. */
  readonly taskDefinition: string
  readonly group?: string | undefined
  readonly startedBy?: string | undefined
  readonly networkConfiguration?: NetworkConfiguration | undefined
  readonly overrides?: TaskOverride | undefined
  readonly propagateTags?: 'TASK_DEFINITION' | 'SERVICE' | 'NONE' | undefined
}
const commonFields = {
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
  taskDefinition: nonEmptyText('the name of a task definition'),
  group: optional(nonEmptyText('the name of a group')),
  startedBy: optional(text),
  networkConfiguration: optional(NetworkConfiguration),
  overrides: optional(TaskOverride),
  propagateTags: optional(
    oneOf<'TASK_DEFINITION' | 'SERVICE' | 'NONE'>(['TASK_DEFINITION', 'SERVICE', 'NONE']),
  ),
}

/** A call of RunTask: so many tasks, placed by the scheduler. */
export interface RunTaskRequest extends Common {
  readonly count?: number | undefined
  readonly clientToken?: string | undefined
  readonly launchType?: Compatibility | undefined
  /** On Fargate: `LATEST`, or a version such as `1.4.0`. */
  readonly platformVersion?: string | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
}
export const RunTaskRequest: Codec<RunTaskRequest> = record<RunTaskRequest>('a call of RunTask', {
  ...commonFields,
  count: optional(anyWholeNumber),
  clientToken: optional(text),
  launchType: optional(oneOf(compatibilities)),
  platformVersion: optional(nonEmptyText('a platform version')),
  capacityProviderStrategy: optional(
    list('a list of capacity providers', CapacityProviderStrategyItem),
  ),
  placementConstraints: optional(list('a list of placement constraints', PlacementConstraint)),
  placementStrategy: optional(list('a list of placement strategies', PlacementStrategy)),
})

/**
 * A call of StartTask: one task on each named instance. Fields that only RunTask has are read, so
 * that they can be refused by name.
 */
export interface StartTaskRequest extends Common {
  readonly containerInstances: readonly string[]
  readonly launchType?: unknown
  readonly capacityProviderStrategy?: unknown
  readonly placementConstraints?: unknown
  readonly placementStrategy?: unknown
}
export const StartTaskRequest: Codec<StartTaskRequest> = record<StartTaskRequest>(
  'a call of StartTask',
  {
    ...commonFields,
    containerInstances: list(
      'a list of container instances',
      nonEmptyText('the id or the ARN of an instance'),
    ),
    launchType: optional(t.unknown),
    capacityProviderStrategy: optional(t.unknown),
    placementConstraints: optional(t.unknown),
    placementStrategy: optional(t.unknown),
  },
)

/** A call of StopTask. */
export interface StopTaskRequest {
  readonly cluster?: string | undefined
  /** The id or the ARN of a task. */
  readonly task: string
  readonly reason?: string | undefined
}
export const StopTaskRequest: Codec<StopTaskRequest> = record<StopTaskRequest>(
  'a call of StopTask',
  {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    task: nonEmptyText('the id or the ARN of a task'),
    reason: optional(text),
  },
)

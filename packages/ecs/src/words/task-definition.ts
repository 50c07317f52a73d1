/**
 * Defines the type and codec of a task definition, as `register-task-definition` takes it and
 * `describe-task-definition` prints it.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition and TaskDefinition.
 */
import * as t from 'io-ts'
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
import {
  cpuUnits,
  mebibytes,
  type CpuUnits,
  type MiB,
  type OperatingSystem,
  type TaskSize,
} from '@stowage/fargate'
import { Attribute } from './container-instance.js'
import { ContainerDefinition, memoryOf, stopTimeoutAbsent } from './container-definition.js'
import { Volume } from './host-setting.js'
import { PlacementConstraint } from './placement.js'
import { gpusIn, type Gpus, type ResourceRequirement } from './resource-requirement.js'
import { RuntimePlatform } from './runtime-platform.js'
import { TaskCpu, TaskMemory } from './task-size.js'

/** The Docker network mode of a task; `awsvpc` gives it a network interface of its own. */
export type NetworkMode = 'bridge' | 'host' | 'awsvpc' | 'none'
/** A launch type: the kind of capacity that a task can run on. */
export type Compatibility = 'EC2' | 'FARGATE' | 'EXTERNAL' | 'MANAGED_INSTANCES'
/** All launch types. */
export const compatibilities: readonly Compatibility[] = [
  'EC2',
  'FARGATE',
  'EXTERNAL',
  'MANAGED_INSTANCES',
]

/** The disk of a task on Fargate. */
export interface EphemeralStorage {
  readonly sizeInGiB: number
}
export const EphemeralStorage: Codec<EphemeralStorage> = record<EphemeralStorage>(
  'ephemeral storage',
  { sizeInGiB: whole('a whole number of GiB', 0) },
)

/** The fields of a task definition, as registration takes and the describe calls print them. */
interface TaskDefinitionFields {
  readonly family: string
  readonly revision?: number | undefined
  /** `ACTIVE` by default. */
  readonly status?: string | undefined
  readonly networkMode?: NetworkMode | undefined
  /** The launch types that registration validated it against. */
  readonly requiresCompatibilities?: readonly Compatibility[] | undefined
  /** The launch types that it supports, computed at registration; the describe calls print them. */
  readonly compatibilities?: readonly string[] | undefined
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  readonly runtimePlatform?: RuntimePlatform | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly inferenceAccelerators?: readonly unknown[] | undefined
  /**
   * The attributes that an instance must have, computed at registration and printed by the describe
   * calls.
   */
  readonly requiresAttributes?: readonly Attribute[] | undefined
  readonly ephemeralStorage?: EphemeralStorage | undefined
  /** Read to tell whether it is there. */
  readonly executionRoleArn?: unknown
  /** This and the next two fields are read to tell which capabilities the agent needs. */
  readonly taskRoleArn?: unknown
  readonly proxyConfiguration?: unknown
  readonly enableFaultInjection?: unknown
  /** This and the next two fields are read to tell whether registration and Fargate take them. */
  readonly volumes?: readonly Volume[] | undefined
  readonly ipcMode?: 'host' | 'task' | 'none' | undefined
  readonly pidMode?: 'host' | 'task' | undefined
  readonly containerDefinitions: readonly ContainerDefinition[]
}

/** A task definition, as RegisterTaskDefinition takes it and DescribeTaskDefinition prints it. */
export interface TaskDefinition extends TaskDefinitionFields {
  /** The attributes that registration would compute, for one that was not registered. */
  readonly derivedAttributes?: readonly Attribute[]
}

export const TaskDefinition: Codec<TaskDefinition> = record<TaskDefinitionFields>(
  'a task definition',
  {
    family: nonEmptyText('the name of a family'),
    revision: optional(whole('a revision, 1 or more', 1)),
    status: optional(nonEmptyText('a status, such as ACTIVE')),
    networkMode: optional(oneOf<NetworkMode>(['bridge', 'host', 'awsvpc', 'none'])),
    requiresCompatibilities: optional(list('a list of launch types', oneOf(compatibilities))),
    compatibilities: optional(list('a list of launch types', text)),
    cpu: optional(TaskCpu),
    memory: optional(TaskMemory),
    runtimePlatform: optional(RuntimePlatform),
    placementConstraints: optional(list('a list of placement constraints', PlacementConstraint)),
    requiresAttributes: optional(list('a list of attributes', Attribute)),
    inferenceAccelerators: optional(list('a list of inference accelerators', t.unknown)),
    containerDefinitions: list(
      'a list of container definitions, at least one',
      ContainerDefinition,
      1,
    ),
    ephemeralStorage: optional(EphemeralStorage),
    executionRoleArn: optional(t.unknown),
    taskRoleArn: optional(t.unknown),
    proxyConfiguration: optional(t.unknown),
    enableFaultInjection: optional(t.unknown),
    volumes: optional(list('a list of volumes', Volume)),
    ipcMode: optional(oneOf(['host', 'task', 'none'] as const)),
    pidMode: optional(oneOf(['host', 'task'] as const)),
  },
)

/**
 * True when new tasks can be started from it. Existing tasks and services keep an inactive
 * definition.
 */
export const isActive = ({ status = 'ACTIVE' }: TaskDefinition): boolean => status === 'ACTIVE'

/** The CPU units and the MiB of all containers together. */
export const containersSize = ({ containerDefinitions }: TaskDefinition): TaskSize => ({
  cpu: cpuUnits(containerDefinitions.reduce((sum, { cpu }) => sum + (cpu ?? 0), 0)),
  memory: mebibytes(containerDefinitions.reduce((sum, each) => sum + memoryOf(each), 0)),
})

/** The devices that all containers require. */
export const requirementsIn = ({
  containerDefinitions,
}: TaskDefinition): readonly ResourceRequirement[] =>
  containerDefinitions.flatMap(({ resourceRequirements = [] }) => resourceRequirements)

/** The GPUs of all containers together; `ALL` when one of them takes all. */
export const gpusOf = (definition: TaskDefinition): Gpus =>
  requirementsIn(definition)
    .map((requirement) => gpusIn(requirement) ?? 0)
    .reduce<Gpus>((sum, gpus) => (sum === 'ALL' || gpus === 'ALL' ? 'ALL' : sum + gpus), 0)

/**
 * The longest time in milliseconds from the stop signal until the last container of a task is
 * killed.
 */
export const stopTimeoutOf = ({ containerDefinitions }: TaskDefinition): number =>
  1000 *
  containerDefinitions.reduce(
    (most, { stopTimeout = stopTimeoutAbsent }) => Math.max(most, stopTimeout),
    0,
  )

/** The operating system of a task, Linux by default. */
export const systemOf = ({ runtimePlatform }: TaskDefinition): OperatingSystem =>
  runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') === true ? 'windows' : 'linux'

/** True when `requiresCompatibilities` lists the launch type. */
export const isFor = (
  { requiresCompatibilities }: TaskDefinition,
  compatibility: Compatibility,
): boolean => requiresCompatibilities?.includes(compatibility) === true

/**
 * True when nothing that the definition says of launch types keeps its tasks from this one. Where
 * `compatibilities` are printed, they decide, beside `requiresCompatibilities`, and what is made
 * for Fargate runs on EC2 too. Where neither lists any, registration computes `compatibilities`
 * from the parameters, so that these decide, also about Fargate; `fargateVerdict` checks them.
 *
 * Sources: API Reference, RegisterTaskDefinition, `requiresCompatibilities`; public output of
 * DescribeTaskDefinition with `requiresCompatibilities` empty and `compatibilities` EC2 and FARGATE
 * (awsvpc, 1024 CPU units, 3072 MiB, registered in January 2025). No source was found for a list
 * without FARGATE: it is taken at its word, as "Task definition does not support launch_type
 * FARGATE" has it (sil-org/ecs-deploy pull request 129, aws/aws-cli issue 3983).
 */
export const canRunOn = (definition: TaskDefinition, launchType: Compatibility): boolean => {
  const { compatibilities: supported = [], requiresCompatibilities = [] } = definition
  if (isFor(definition, launchType) || supported.includes(launchType)) return true
  if (supported.length > 0 && launchType !== 'MANAGED_INSTANCES') return false
  return (
    requiresCompatibilities.length === 0 || (launchType === 'EC2' && isFor(definition, 'FARGATE'))
  )
}

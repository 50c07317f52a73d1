/**
 * Defines the type and codec of a container definition, with only the fields that placement reads,
 * that registration checks or that Fargate refuses.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition, ContainerDependency and HealthCheck.
 */
import * as t from 'io-ts'
import {
  flag,
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
import {
  anyList,
  anyWholeNumber,
  LinuxParameters,
  MountPoint,
  Ulimit,
  VolumesFrom,
} from './host-setting.js'
import { PortMapping } from './port-mapping.js'
import { ResourceRequirement } from './resource-requirement.js'
import { mebibytesMax } from './task-size.js'

/** What a container waits for before it starts: another container, in a condition. */
export interface ContainerDependency {
  readonly containerName?: string | undefined
  readonly condition?: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY' | undefined
}
const ContainerDependency: Codec<ContainerDependency> = record<ContainerDependency>(
  'a dependency on a container',
  {
    containerName: optional(text),
    condition: optional(oneOf(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'] as const)),
  },
)

/** How often a container is asked whether it is healthy, in seconds; `retries` is a count. */
export interface HealthCheck {
  readonly interval?: number | undefined
  readonly timeout?: number | undefined
  readonly retries?: number | undefined
  readonly startPeriod?: number | undefined
}
const HealthCheck: Codec<HealthCheck> = record<HealthCheck>('a health check', {
  interval: optional(anyWholeNumber),
  timeout: optional(anyWholeNumber),
  retries: optional(anyWholeNumber),
  startPeriod: optional(anyWholeNumber),
})

/** One container of a task definition. */
export interface ContainerDefinition {
  readonly name: string
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  readonly memoryReservation?: MiB | undefined
  readonly portMappings?: readonly PortMapping[] | undefined
  readonly resourceRequirements?: readonly ResourceRequirement[] | undefined
  readonly privileged?: boolean | undefined
  /** True by default. When an essential container ends, its task stops. */
  readonly essential?: boolean | undefined
  /** In seconds, for what the container waits for. */
  readonly startTimeout?: number | undefined
  /** In seconds, from the stop signal until the container is killed. */
  readonly stopTimeout?: number | undefined
  readonly dependsOn?: readonly ContainerDependency[] | undefined
  readonly mountPoints?: readonly MountPoint[] | undefined
  readonly volumesFrom?: readonly VolumesFrom[] | undefined
  readonly healthCheck?: HealthCheck | undefined
  readonly ulimits?: readonly Ulimit[] | undefined
  /** Present on the container that routes the logs of the task. */
  readonly firelensConfiguration?: unknown
  /** Each is `NAME` or `NAME:ALIAS` of another container. */
  readonly links?: readonly unknown[] | undefined
  /** This and the rest are read only to tell whether a network mode or Fargate takes them. */
  readonly hostname?: string | undefined
  readonly dnsServers?: readonly unknown[] | undefined
  readonly dnsSearchDomains?: readonly unknown[] | undefined
  readonly extraHosts?: readonly unknown[] | undefined
  readonly dockerSecurityOptions?: readonly unknown[] | undefined
  readonly disableNetworking?: boolean | undefined
  readonly linuxParameters?: LinuxParameters | undefined
  readonly logConfiguration?: LogConfiguration | undefined
  /** This and the next are read to tell whether the task needs an execution role. */
  readonly image?: unknown
  readonly secrets?: unknown
  /** This and the rest are read to tell which capabilities the agent needs. */
  readonly repositoryCredentials?: unknown
  readonly environmentFiles?: unknown
  readonly restartPolicy?: unknown
  readonly dockerLabels?: unknown
}

/** Where the logs of a container go. */
export interface LogConfiguration {
  readonly logDriver?: string | undefined
  readonly options?: unknown
  readonly secretOptions?: unknown
}
const LogConfiguration: Codec<LogConfiguration> = record<LogConfiguration>('a log configuration', {
  logDriver: optional(text),
  options: optional(t.unknown),
  secretOptions: optional(t.unknown),
})

/** The minimum is checked outside the codec, because it depends on the version of Docker. */
const memory = whole<MiB>('a whole number of MiB', 0, mebibytesMax)

export const ContainerDefinition: Codec<ContainerDefinition> = record<ContainerDefinition>(
  'a container definition',
  {
    name: nonEmptyText('a name'),
    cpu: optional(whole<CpuUnits>('a whole number of CPU units, 0 or more', 0)),
    memory: optional(memory),
    memoryReservation: optional(memory),
    portMappings: optional(list('a list of port mappings', PortMapping)),
    resourceRequirements: optional(list('a list of resource requirements', ResourceRequirement)),
    privileged: optional(flag),
    essential: optional(flag),
    startTimeout: optional(whole('a whole number of seconds, 0 or more', 0)),
    stopTimeout: optional(whole('a whole number of seconds, 0 or more', 0)),
    dependsOn: optional(list('a list of dependencies', ContainerDependency)),
    mountPoints: optional(list('a list of mount points', MountPoint)),
    volumesFrom: optional(list('a list of containers with volumes', VolumesFrom)),
    healthCheck: optional(HealthCheck),
    ulimits: optional(list('a list of ulimits', Ulimit)),
    firelensConfiguration: optional(t.unknown),
    links: optional(anyList),
    hostname: optional(text),
    dnsServers: optional(anyList),
    dnsSearchDomains: optional(anyList),
    extraHosts: optional(anyList),
    dockerSecurityOptions: optional(anyList),
    disableNetworking: optional(flag),
    linuxParameters: optional(LinuxParameters),
    logConfiguration: optional(LogConfiguration),
    image: optional(t.unknown),
    secrets: optional(t.unknown),
    repositoryCredentials: optional(t.unknown),
    environmentFiles: optional(t.unknown),
    restartPolicy: optional(t.unknown),
    dockerLabels: optional(t.unknown),
  },
)

/** An image of Amazon ECR, such as `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1`. */
export const isPrivateImage = (image: string): boolean =>
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\//.test(image)

/**
 * The memory in MiB that placement reserves for a container: its reservation, or else its limit.
 */
export const memoryOf = ({ memory: limit, memoryReservation }: ContainerDefinition): number =>
  memoryReservation ?? limit ?? 0

/**
 * The least memory of a container in MiB, which Docker keeps for it: 6 from Docker 20.10.0 on, 4
 * before.
 */
export const memoryMin = { modern: 6, older: 4 } as const

/** True unless the container is marked as not essential. */
export const isEssential = ({ essential = true }: ContainerDefinition): boolean => essential

/** In seconds: the default, and below it the most that Fargate waits. */
export const stopTimeoutAbsent = 30
export const stopTimeoutOnFargateMax = 120

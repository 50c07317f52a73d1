/**
 * Container definitions, as far as placement and Fargate look at them.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition.
 */
import { flag, list, nonEmptyText, optional, record, whole, type Codec } from '@stowage/documents'
import type { CpuUnits, MiB } from '@stowage/fargate'
import { PortMapping } from './port-mapping.js'
import { ResourceRequirement } from './resource-requirement.js'
import { mebibytesMax } from './task-size.js'

export interface ContainerDefinition {
  readonly name: string
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  readonly memoryReservation?: MiB | undefined
  readonly portMappings?: readonly PortMapping[] | undefined
  readonly resourceRequirements?: readonly ResourceRequirement[] | undefined
  readonly privileged?: boolean | undefined
  /** Taken for true where it is not written: when such a container ends, the task does. */
  readonly essential?: boolean | undefined
  /** In seconds, from the signal to stop until the container is killed. */
  readonly stopTimeout?: number | undefined
}

/** How little it may be is asked beside the codec, as it depends on the version of Docker. */
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
    stopTimeout: optional(whole('a whole number of seconds, 0 or more', 0)),
  },
)

/**
 * What is set aside for a container when it is placed: the reservation where there is one, else the
 * limit.
 */
export const memoryOf = ({ memory: limit, memoryReservation }: ContainerDefinition): number =>
  memoryReservation ?? limit ?? 0

/**
 * MiB that Docker keeps for a container, so that none may have less: from version 20.10.0 on, and
 * before.
 */
export const memoryMin = { modern: 6, older: 4 } as const

export const isEssential = ({ essential = true }: ContainerDefinition): boolean => essential

/** In seconds: where nothing is written, and the most that Fargate waits. */
export const stopTimeoutAbsent = 30
export const stopTimeoutMostOnFargate = 120

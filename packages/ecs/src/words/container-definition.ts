/**
 * Container definitions, as far as placement and Fargate look at them.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition.
 */
import type { CpuUnits, MiB } from '@stowage/fargate'
import { flag, list, optional, text, wholeNumber, type Codec } from './codec.js'
import { PortMapping } from './port-mapping.js'
import { record } from './record.js'
import { ResourceRequirement } from './resource-requirement.js'
import { mebibytesMost } from './task-size.js'

export interface ContainerDefinition {
  readonly name: string
  readonly cpu?: CpuUnits | undefined
  readonly memory?: MiB | undefined
  readonly memoryReservation?: MiB | undefined
  readonly portMappings?: readonly PortMapping[] | undefined
  readonly resourceRequirements?: readonly ResourceRequirement[] | undefined
  readonly privileged?: boolean | undefined
}

/** Docker reserves 6 MiB for a container, so the API takes no less. */
const memory = wholeNumber<MiB>('a whole number of MiB, 6 or more', 6, mebibytesMost)

export const ContainerDefinition: Codec<ContainerDefinition> = record<ContainerDefinition>(
  'a container definition',
  {
    name: text('a name'),
    cpu: optional(wholeNumber<CpuUnits>('a whole number of CPU units, 0 or more', 0)),
    memory: optional(memory),
    memoryReservation: optional(memory),
    portMappings: optional(list('a list of port mappings', PortMapping)),
    resourceRequirements: optional(list('a list of resource requirements', ResourceRequirement)),
    privileged: optional(flag),
  },
)

/** What is set aside for a container when it is placed: the reservation where there is one, else the limit. */
export const memoryOf = ({ memory: limit, memoryReservation }: ContainerDefinition): number =>
  memoryReservation ?? limit ?? 0

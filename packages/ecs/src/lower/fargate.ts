/**
 * Checks whether Fargate can run a workload. If so, computes the size that the workload requests
 * and the Fargate size that it gets. If not, lists all needs that Fargate cannot meet.
 */
import type { Bytes } from '@stowage/kernel'
import {
  bytesFromMiB,
  isSize,
  mebibytes,
  nearestSizes,
  smallestSize,
  ticksFromCpuUnits,
  type SizedRequest,
  type TaskSize,
} from '@stowage/fargate'
import type { ContainerDefinition } from '../words/container-definition.js'
import { canRunOn, systemOf, type TaskDefinition } from '../words/task-definition.js'
import { taskSizeOf } from './demand.js'
import { fieldsRefusedByFargate, type FargateFieldOptions } from './fargate-field.js'
import type { FargateObjection, FargateRefusal } from './fargate-reason.js'
import { constraintsOf, countOf, isDaemonWorkload, type Workload } from '../workload/workload.js'

/** What Fargate objects to, and the request that it would vend unless it refuses the workload. */
export interface FargateVerdict {
  /** The needs that Fargate cannot meet. */
  readonly refusals: readonly FargateRefusal[]
  readonly objections: readonly FargateObjection[]
  /** `undefined` when there are refusals. */
  readonly request: SizedRequest | undefined
}

/**
 * Whether Fargate can run the workload, and at which size. Placement strategies are ignored
 * silently: Fargate accepts none, and none is needed where each task has capacity of its own.
 */
export const fargateVerdict = (
  workload: Workload,
  options: FargateFieldOptions = {},
): FargateVerdict => {
  const sized = sizeFor(workload.definition)
  const refusals = [...needsOf(workload, options), ...('_tag' in sized ? [sized] : [])]
  const objections = objectionsTo(workload)
  if ('_tag' in sized || refusals.length > 0) return { refusals, objections, request: undefined }
  const demand = requestedSize(workload.definition)
  return {
    ...{ refusals, objections },
    request: {
      name: workload.name,
      count: countOf(workload),
      demand: { cpu: ticksFromCpuUnits(demand.cpu), memory: bytesFromMiB(demand.memory) },
      overhead: 0 as Bytes,
      size: sized,
    },
  }
}

/**
 * The task-level size, or else the sum of the containers, but at least the largest memory limit of
 * a container: AWS refuses a container that is larger than its task.
 */
const requestedSize = (definition: TaskDefinition): TaskSize => {
  const { cpu, memory } = taskSizeOf(definition)
  if (definition.memory !== undefined) return { cpu, memory }
  const limits = definition.containerDefinitions.map((container) => container.memory ?? 0)
  return {
    cpu,
    memory: mebibytes(limits.reduce<number>((most, limit) => Math.max(most, limit), memory)),
  }
}

/**
 * The written size if Fargate has it. When cpu or memory is missing, the smallest Fargate size that
 * covers the request.
 */
const sizeFor = (definition: TaskDefinition): TaskSize | FargateRefusal => {
  const { cpu, memory } = definition
  const [os, size] = [systemOf(definition), requestedSize(definition)]
  if (cpu !== undefined && memory !== undefined)
    return isSize(os, size) ? size : { _tag: 'NotASize', size, nearest: nearestSizes(os, size) }
  const smallest = smallestSize(os, ticksFromCpuUnits(size.cpu), bytesFromMiB(size.memory))
  return smallest ?? { _tag: 'TooLarge', size, os }
}

/** The needs that Fargate cannot meet, in the order of the containers. */
const needsOf = (workload: Workload, options: FargateFieldOptions): readonly FargateRefusal[] => [
  ...(isDaemonWorkload(workload) ? [{ _tag: 'Daemon' } as const] : []),
  ...workload.definition.containerDefinitions.flatMap(needsOfContainer),
  ...refusedFieldsOf(workload.definition, options),
]

/** One refusal for the fields of the task, and one for those of each container. */
const refusedFieldsOf = (
  definition: TaskDefinition,
  options: FargateFieldOptions,
): readonly FargateRefusal[] => {
  const all = fieldsRefusedByFargate(definition, options)
  const containers = [...new Set(all.map(({ container }) => container))]
  return containers.map((container) => ({
    _tag: 'Fields',
    container,
    fields: all.filter((field) => field.container === container),
  }))
}

const needsOfContainer = (container: ContainerDefinition): readonly FargateRefusal[] => {
  const { name, privileged, resourceRequirements = [], portMappings = [] } = container
  return [
    ...(privileged === true ? [{ _tag: 'Privileged', container: name } as const] : []),
    ...resourceRequirements.map(({ type }) => ({
      _tag: 'Device' as const,
      container: name,
      device: type,
    })),
    ...portMappings
      .filter(({ hostPort = 0, containerPort }) => hostPort > 0 && hostPort !== containerPort)
      .map(({ hostPort = 0, containerPort }) => ({
        _tag: 'HostPort' as const,
        container: name,
        hostPort,
        containerPort,
      })),
  ]
}

const objectionsTo = (workload: Workload): readonly FargateObjection[] => {
  const { definition } = workload
  const strategies = (workload.service ?? workload.request)?.placementStrategy ?? []
  const missing = (['cpu', 'memory'] as const).filter((half) => definition[half] === undefined)
  const containers = definition.containerDefinitions
    .filter(({ memory, memoryReservation }) => (memory ?? 0) > (memoryReservation ?? Infinity))
    .map(({ name }) => name)
  const all: readonly (readonly [boolean, FargateObjection])[] = [
    [missing.length > 0, { _tag: 'NoTaskSize', missing }],
    [definition.networkMode !== 'awsvpc', { _tag: 'NetworkMode' }],
    [!canRunOn(definition, 'FARGATE'), { _tag: 'Compatibility' }],
    [constraintsOf(workload).length > 0, { _tag: 'Constraints' }],
    [strategies.length > 0, { _tag: 'Strategies' }],
    [containers.length > 0, { _tag: 'Reservation', containers }],
  ]
  return all.flatMap(([holds, objection]) => (holds ? [objection] : []))
}

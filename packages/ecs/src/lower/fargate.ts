/**
 * A workload as a request to Fargate: what it asked for, the size that is vended for it, and what
 * Fargate has against it. Strategies are left out without a word: Fargate takes none, and none is
 * needed where each task has capacity of its own.
 */
import type { Bytes } from '@stowage/kernel'
import {
  bytesFromMiB,
  isSize,
  mebibytes,
  nearestSizes,
  smallestSize,
  ticksFromCpuUnits,
  type FargateRequest,
  type TaskSize,
} from '@stowage/fargate'
import type { ContainerDefinition } from '../words/container-definition.js'
import { isFor, systemOf, type TaskDefinition } from '../words/task-definition.js'
import { taskSizeOf } from './demand.js'
import type { FargateObjection, FargateRefusal } from './fargate-reason.js'
import { constraintsOf, countOf, isDaemonWorkload, type Workload } from '../workload/workload.js'

export type FargateVerdict =
  | { readonly _tag: 'Refused'; readonly refusals: readonly FargateRefusal[] }
  | {
      readonly _tag: 'Vended'
      readonly request: FargateRequest
      readonly objections: readonly FargateObjection[]
    }

export const fargateVerdict = (workload: Workload): FargateVerdict => {
  const sized = sizeFor(workload.definition)
  const refusals = [...needsOf(workload), ...('_tag' in sized ? [sized] : [])]
  if ('_tag' in sized || refusals.length > 0) return { _tag: 'Refused', refusals }
  const asked = askedOf(workload.definition)
  return {
    _tag: 'Vended',
    request: {
      name: workload.name,
      count: countOf(workload),
      asked: { cpu: ticksFromCpuUnits(asked.cpu), memory: bytesFromMiB(asked.memory) },
      overhead: 0 as Bytes,
      size: sized,
    },
    objections: objectionsTo(workload),
  }
}

/**
 * The task-level size, else what the containers ask for together; but never less memory than the
 * hard limit of one of them, as a task has no more than its size and AWS refuses a container that
 * is larger than its task.
 */
const askedOf = (definition: TaskDefinition): TaskSize => {
  const { cpu, memory } = taskSizeOf(definition)
  if (definition.memory !== undefined) return { cpu, memory }
  const limits = definition.containerDefinitions.map((container) => container.memory ?? 0)
  return { cpu, memory: mebibytes(Math.max(memory, ...limits)) }
}

/** The size as written when it is one, else the smallest that covers what is asked. */
const sizeFor = (definition: TaskDefinition): TaskSize | FargateRefusal => {
  const { cpu, memory } = definition
  const [os, size] = [systemOf(definition), askedOf(definition)]
  if (cpu !== undefined && memory !== undefined)
    return isSize(os, size) ? size : { _tag: 'NotASize', size, nearest: nearestSizes(os, size) }
  const smallest = smallestSize(os, ticksFromCpuUnits(size.cpu), bytesFromMiB(size.memory))
  return smallest ?? { _tag: 'TooLarge', size, os }
}

/** What can not be met, in the order of the containers. */
const needsOf = (workload: Workload): readonly FargateRefusal[] => [
  ...(isDaemonWorkload(workload) ? [{ _tag: 'Daemon' } as const] : []),
  ...workload.definition.containerDefinitions.flatMap(needsOfContainer),
]

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
  const missing = (['cpu', 'memory'] as const).filter((half) => definition[half] === undefined)
  const containers = definition.containerDefinitions
    .filter(({ memory, memoryReservation }) => (memory ?? 0) > (memoryReservation ?? Infinity))
    .map(({ name }) => name)
  const all: readonly (readonly [boolean, FargateObjection])[] = [
    [missing.length > 0, { _tag: 'NoTaskSize', missing }],
    [definition.networkMode !== 'awsvpc', { _tag: 'NetworkMode' }],
    [!isFor(definition, 'FARGATE'), { _tag: 'Compatibility' }],
    [constraintsOf(workload).length > 0, { _tag: 'Constraints' }],
    [containers.length > 0, { _tag: 'Reservation', containers }],
  ]
  return all.flatMap(([holds, objection]) => (holds ? [objection] : []))
}

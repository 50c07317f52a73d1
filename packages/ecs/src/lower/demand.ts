/**
 * Computes what one task occupies on an instance, in the kernel's units. CPU and memory are the
 * sizes in the task definition, or else the sums over its containers. On Windows both are always
 * sums, because Windows instances ignore the sizes of the task.
 *
 * Source: Amazon ECS Developer Guide, task size. The guide does not state that placement reserves
 * the size of the task. That is assumed here, because the containers together may use all of it,
 * and no more.
 */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { bytesFromMiB, ticksFromCpuUnits, type TaskSize } from '@stowage/fargate'
import type { Gpus } from '../words/resource-requirement.js'
import { containersSize, gpusOf, systemOf, type TaskDefinition } from '../words/task-definition.js'

/** What one task occupies on an instance. */
export interface Demand {
  readonly cpu: CpuTicks
  readonly memory: Bytes
  readonly gpus: Gpus
  /** Network interfaces: one for a task in awsvpc mode, else none. */
  readonly interfaces: number
}

/** The demand of a task of this definition. */
export const demandOf = (definition: TaskDefinition): Demand => {
  const isWindows = systemOf(definition) === 'windows'
  const { cpu, memory } = isWindows ? containersSize(definition) : taskSizeOf(definition)
  return {
    cpu: ticksFromCpuUnits(cpu),
    memory: bytesFromMiB(memory),
    gpus: gpusOf(definition),
    interfaces: definition.networkMode === 'awsvpc' ? 1 : 0,
  }
}

/** The task-level size; a missing cpu or memory is the sum of the containers. */
export const taskSizeOf = (definition: TaskDefinition): TaskSize => {
  const { cpu, memory } = containersSize(definition)
  return { cpu: definition.cpu ?? cpu, memory: definition.memory ?? memory }
}

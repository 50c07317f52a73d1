/**
 * What one task takes of an instance, in the kernel's units. The task-level size is set aside where
 * there is one, else what the containers ask for together; on Windows instances the task-level size
 * is ignored.
 *
 * Source: Amazon ECS Developer Guide, task size; the guide does not say in so many words that the
 * task-level size is what is set aside. Chosen because containers can not use more than it, and the
 * rest of it is promised to the task.
 */
import type { Bytes, CpuTicks } from '@stowage/kernel'
import { bytesFromMiB, ticksFromCpuUnits, type TaskSize } from '@stowage/fargate'
import type { Gpus } from '../words/resource-requirement.js'
import { containersSize, gpusOf, systemOf, type TaskDefinition } from '../words/task-definition.js'

export interface Demand {
  readonly cpu: CpuTicks
  readonly memory: Bytes
  readonly gpus: Gpus
  /** Network interfaces: a task in awsvpc mode has one of its own. */
  readonly interfaces: number
}

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

/** The task-level size, each half of it from the containers where it is not written. */
export const taskSizeOf = (definition: TaskDefinition): TaskSize => {
  const { cpu, memory } = containersSize(definition)
  return { cpu: definition.cpu ?? cpu, memory: definition.memory ?? memory }
}

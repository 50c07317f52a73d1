/**
 * Fills an empty kernel cluster: instances join as nodes in the order of their names, each with the
 * tasks that are known to run on it.
 */
import { bind, byCodeUnit, define, findNode, getOrThrow, join, type Draft } from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { nodeSpecOf, residentsOf, type ResidentTask } from '../lower/instance.js'
import type { TaskInterfaces } from '../lower/interface.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { instanceTasksIn, knownOn, seat, type ClusterContent, type SeatedTask } from './resident.js'

/** Adds the instances and their known tasks; returns the tasks with their replicas. */
export const populate = (
  draft: Draft,
  content: ClusterContent,
  taskInterfaces: TaskInterfaces = {},
): readonly SeatedTask[] => {
  const tasks = instanceTasksIn(draft, content)
  joinInstances(draft, content.instances, taskInterfaces, knownOn(tasks))
  return tasks.map((one) => ({ ...one, replica: seat(draft, one) }))
}

/**
 * Adds the instances in the order of their names, with the load of unknown tasks. Throws when two
 * instances have the same name, which documents that were read cannot contain.
 */
export const joinInstances = (
  draft: Draft,
  instances: readonly ContainerInstance[],
  taskInterfaces: TaskInterfaces = {},
  knownOn: (name: string) => readonly ResidentTask[] = () => [],
): void => {
  for (const instance of byName(instances)) {
    const spec = nodeSpecOf(draft, instance, taskInterfaces)
    if (isSome(findNode(draft, spec.name)))
      throw new Error(`stowage: two instances are called ${spec.name}`)
    const node = getOrThrow(join(draft, spec))
    for (const resident of residentsOf(draft, instance, knownOn(spec.name), taskInterfaces))
      getOrThrow(bind(draft, getOrThrow(define(draft, resident)), node, 'running'))
  }
}

const byName = (instances: readonly ContainerInstance[]): readonly ContainerInstance[] =>
  [...instances].sort((a, b) => byCodeUnit(instanceName(a), instanceName(b)))

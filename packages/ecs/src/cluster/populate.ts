/**
 * Fills an empty kernel cluster: instances join in the order of their names, each with the tasks
 * that are known to be on it.
 */
import { bind, byCodeUnit, define, findNode, getOrThrow, join, type Draft } from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { nodeSpecOf, residentsOf, type Known } from '../lower/instance.js'
import type { TaskInterfaces } from '../lower/interface.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { instanceTasksIn, knownOn, seat, type ClusterContent, type SeatedTask } from './resident.js'

/** Lets instances join, with the tasks that are known to be on them. */
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
 * Lets instances join by their names, with what is on them. Throws when two instances have one
 * name: documents that were read cannot contain such a pair.
 */
export const joinInstances = (
  draft: Draft,
  instances: readonly ContainerInstance[],
  taskInterfaces: TaskInterfaces = {},
  knownOn: (name: string) => readonly Known[] = () => [],
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

/**
 * Binds existing tasks to their instances when a cluster is made from documents. Each task becomes
 * a replica (a placed task) of the kernel, with its task group and the resources that it occupies.
 */
import { bind, getOrThrow, define, findNode, type Draft, type ReplicaId } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { isSome } from 'fp-ts/lib/Option.js'
import type { ResidentTask } from '../lower/instance.js'
import { placementOptions } from '../lower/options.js'
import { classOf } from '../lower/task.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { hasStopped, idIn, type Task } from '../words/task.js'
import type { Families } from '../workload/family.js'
import { resolve } from '../workload/reference.js'

/** The instances, tasks and task definitions that a cluster is filled with. */
export interface ClusterContent {
  readonly instances: readonly ContainerInstance[]
  readonly tasks: readonly Task[]
  readonly families: Families
}

/** A task on an instance; it has not stopped. */
export interface InstanceTask {
  readonly task: Task
  /** The name of the instance. */
  readonly on: string
  readonly known: ResidentTask
}

/**
 * The tasks that occupy an instance, so not those that are STOPPED. A task of an unknown definition
 * has a group and no resources: its instance reports these as taken.
 */
export const instanceTasksIn = (draft: Draft, input: ClusterContent): readonly InstanceTask[] => {
  const names = new Map(
    input.instances.flatMap((each) =>
      [instanceName(each), idIn(each.containerInstanceArn ?? instanceName(each))].map(
        (id) => [id, instanceName(each)] as const,
      ),
    ),
  )
  return input.tasks.flatMap((task) => {
    const on = names.get(idIn(task.containerInstanceArn ?? ''))
    return hasStopped(task) || on === undefined
      ? []
      : [{ task, on, known: knownOf(draft, input, task) }]
  })
}

const knownOf = (
  draft: Draft,
  { families }: Pick<ClusterContent, 'families'>,
  task: Task,
): ResidentTask => {
  const found = resolve(families, task.taskDefinitionArn)
  const definition = E.isRight(found)
    ? found.right.value
    : { family: idIn(task.taskDefinitionArn).replace(/:\d+$/, ''), containerDefinitions: [] }
  const request = { group: task.group }
  const workload = { name: '', subject: '', from: '', definition, request }
  const described = classOf(
    draft,
    workload,
    { scores: [], groups: [] },
    { ...placementOptions, seed: 0 },
  )
  return { class: { ...described, filters: [] }, isNeeded: task.desiredStatus !== 'STOPPED' }
}

/** Looks up the known tasks of an instance by its name. */
export const knownOn = (
  all: readonly InstanceTask[],
): ((name: string) => readonly ResidentTask[]) => {
  const tasks = new Map<string, ResidentTask[]>()
  for (const { on, known } of all) {
    const here = tasks.get(on)
    if (here === undefined) tasks.set(on, [known])
    else here.push(known)
  }
  return (name) => tasks.get(name) ?? []
}

/** An existing task with its replica in the kernel. */
export interface SeatedTask extends InstanceTask {
  readonly replica: ReplicaId
}

/** Binds the task to its instance, in the phase that follows from its status. */
export const seat = (draft: Draft, { task, on, known }: InstanceTask): ReplicaId => {
  const node = findNode(draft, on)
  if (!isSome(node)) throw new Error(`stowage: ${on} has not joined`)
  const livePhase = task.lastStatus === 'RUNNING' ? 'running' : 'assumed'
  const phase = known.isNeeded ? livePhase : 'leaving'
  return getOrThrow(bind(draft, getOrThrow(define(draft, known.class)), node.value, phase))
}

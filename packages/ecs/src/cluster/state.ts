/**
 * A cluster as the calls see it: a value. A call takes it and gives the next one with its answer;
 * the old one stays usable.
 *
 * Tasks that hold something of an instance stand as replicas in `placed`, until they are STOPPED;
 * those on Fargate, and those that wait for capacity, stand in `tasks` alone. The former have their
 * nodes in `machine`, by ARN.
 */
import type { Cluster, ReplicaId } from '@stowage/kernel'
import type { Machine } from '@stowage/fargate'
import type { Meant } from '../api/decode.js'
import type { Families } from '../workload/family.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { idIn, type Task } from '../words/task.js'
import { changed } from './layered-map.js'
import { arnOf, type ClusterOptions } from './options.js'

/** What a client token stands for, until the moment `at` and the option's lifetime. */
export interface Token {
  /** The call in canonical JSON. */
  readonly call: string
  readonly tasks: readonly string[]
  readonly at: number
}

export interface ClusterState {
  readonly options: ClusterOptions
  readonly families: Families
  /** By name. */
  readonly instances: ReadonlyMap<string, ContainerInstance>
  /** By ARN, in the order in which they were started. */
  readonly tasks: ReadonlyMap<string, Task>
  readonly replicas: ReadonlyMap<string, ReplicaId>
  /** What those tasks are that wait for capacity, by ARN. */
  readonly waiting: ReadonlyMap<string, Meant>
  readonly tokens: ReadonlyMap<string, Token>
  /** How many tasks the calls have started. */
  readonly started: number
  /** The moment of the last call, in seconds since 1970. */
  readonly at: number
  readonly placed: Cluster
  readonly machine: Machine
}

/** By its ARN or its id, in this cluster. */
export const taskOf = ({ tasks, options }: ClusterState, name: string): Task | undefined =>
  tasks.get(name) ??
  tasks.get(arnOf(options, 'task', idIn(name))) ??
  [...tasks.values()].find(({ taskArn }) => idIn(taskArn) === name)

/** An instance by its EC2 id, its ARN, or the id in its ARN. */
export const instanceOf = (
  { instances }: ClusterState,
  name: string,
): readonly [name: string, instance: ContainerInstance] | undefined => {
  const found = instances.get(idIn(name))
  if (found !== undefined) return [idIn(name), found]
  return [...instances].find(
    ([, { containerInstanceArn }]) =>
      containerInstanceArn !== undefined && idIn(containerInstanceArn) === idIn(name),
  )
}

export const instanceArnOf = (
  options: ClusterOptions,
  name: string,
  instance: ContainerInstance | undefined,
): string => instance?.containerInstanceArn ?? arnOf(options, 'container-instance', name)

/** The name of the instance that a task is on. */
export const holderOf = (state: ClusterState, task: Task): string | undefined =>
  task.containerInstanceArn === undefined
    ? undefined
    : instanceOf(state, task.containerInstanceArn)?.[0]

/** A change of records, with the version of each that changed one higher. */
export const withTask = (state: ClusterState, task: Task): ClusterState => ({
  ...state,
  tasks: changed(state.tasks, [
    [task.taskArn, { ...task, version: (state.tasks.get(task.taskArn)?.version ?? 0) + 1 }],
  ]),
})

export const withInstances = (
  state: ClusterState,
  all: readonly (readonly [name: string, instance: ContainerInstance])[],
): ClusterState => {
  const instances = changed(
    state.instances,
    all.map(([name, instance]) => [
      name,
      { ...instance, version: (state.instances.get(name)?.version ?? 0) + 1 },
    ]),
  )
  return { ...state, instances }
}

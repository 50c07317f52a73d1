/**
 * A cluster as the calls see it: a value. A call takes it and gives the next one with its answer;
 * the old one stays usable.
 *
 * Tasks that hold something of an instance stand as replicas in `placed`, until they are STOPPED;
 * those on Fargate, and those that wait for capacity, stand in `tasks` alone. The former have their
 * nodes in `machine`, by ARN.
 */
import type { Cluster, Instant, ReplicaId } from '@stowage/kernel'
import type { Machine } from '@stowage/fargate'
import type * as E from 'fp-ts/lib/Either.js'
import type { Families } from '../workload/family.js'
import type { ApiException } from '../words/exception.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { idIn, type Task } from '../words/task.js'
import { withChanges } from './layered-map.js'
import { arnOf, type ClusterOptions } from './options.js'
import type { ResolvedTask } from '../workload/workload.js'

/** What a client token stands for, until the moment `at` and the option's lifetime. */
export interface ClientToken {
  /** The call in canonical JSON. */
  readonly call: string
  readonly tasks: readonly string[]
  readonly at: Instant
}

/** The outcome of a call: the exception that the API throws, or the next state and the answer. */
export type CallResult<Answer> = E.Either<ApiException, readonly [EcsState, Answer]>

export interface EcsState {
  readonly options: ClusterOptions
  readonly families: Families
  /** By name. */
  readonly instances: ReadonlyMap<string, ContainerInstance>
  /** By ARN, in the order in which they were started. */
  readonly tasks: ReadonlyMap<string, Task>
  readonly replicas: ReadonlyMap<string, ReplicaId>
  /** What those tasks are that wait for capacity, by ARN. */
  readonly waiting: ReadonlyMap<string, ResolvedTask>
  readonly tokens: ReadonlyMap<string, ClientToken>
  /** How many tasks the calls have started. */
  readonly started: number
  /** The moment of the last call. */
  readonly at: Instant
  readonly placed: Cluster
  readonly machine: Machine
}

/** By its ARN or its id, in this cluster. */
export const findTask = ({ tasks, options }: EcsState, name: string): Task | undefined =>
  tasks.get(name) ??
  tasks.get(arnOf(options, 'task', idIn(name))) ??
  [...tasks.values()].find(({ taskArn }) => idIn(taskArn) === name)

/** An instance by its EC2 id, its ARN, or the id in its ARN. */
export const findInstance = (
  { instances }: EcsState,
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
export const holderName = (state: EcsState, task: Task): string | undefined =>
  task.containerInstanceArn === undefined
    ? undefined
    : findInstance(state, task.containerInstanceArn)?.[0]

/** A change of records, with the version of each that changed one higher. */
export const withTask = (state: EcsState, task: Task): EcsState => ({
  ...state,
  tasks: withChanges(state.tasks, [
    [task.taskArn, { ...task, version: (state.tasks.get(task.taskArn)?.version ?? 0) + 1 }],
  ]),
})

export const withInstances = (
  state: EcsState,
  all: readonly (readonly [name: string, instance: ContainerInstance])[],
): EcsState => {
  const instances = withChanges(
    state.instances,
    all.map(([name, instance]) => [
      name,
      { ...instance, version: (state.instances.get(name)?.version ?? 0) + 1 },
    ]),
  )
  return { ...state, instances }
}

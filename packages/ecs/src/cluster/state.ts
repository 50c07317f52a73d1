/**
 * Defines the type of the state of an ECS cluster, an immutable value: a call takes a state and
 * returns the next one with its answer. Also finds tasks and instances in a state, and replaces
 * their records.
 */
import { withChanges } from '@stowage/kernel'
import type { Cluster, Instant, ReplicaId } from '@stowage/kernel'
import type { VendingMachine } from '@stowage/fargate'
import type * as E from 'fp-ts/lib/Either.js'
import type { Families } from '../workload/family.js'
import type { ApiException } from '../words/exception.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { idIn, type Task } from '../words/task.js'
import { arnOf, type ClusterOptions } from './options.js'
import type { ResolvedTask } from '../workload/workload.js'

/**
 * The call that a client token identifies, remembered from `at` for the lifetime in the options.
 */
export interface ClientToken {
  /** The call in canonical JSON. */
  readonly call: string
  readonly tasks: readonly string[]
  readonly at: Instant
}

/** The outcome of a call: the exception that the API throws, or the next state and the answer. */
export type CallResult<Answer> = E.Either<ApiException, readonly [EcsState, Answer]>

/**
 * A cluster as an immutable value. `clusterOf` opens one; calls and reports return the next.
 *
 * A task on an instance is also a replica in `placed`, the kernel's cluster, until the task is
 * STOPPED. A task on Fargate also has a node in `machine`, the model of Fargate, by its ARN. A task
 * that waits for capacity is also in `waiting`.
 */
export interface EcsState {
  readonly options: ClusterOptions
  readonly families: Families
  /** By name: the EC2 id, else the id in the ARN. */
  readonly instances: ReadonlyMap<string, ContainerInstance>
  /** By ARN, in the order in which the tasks were started. */
  readonly tasks: ReadonlyMap<string, Task>
  /** The replicas of tasks on instances, by the ARN of the task. */
  readonly replicas: ReadonlyMap<string, ReplicaId>
  /** The tasks that wait for capacity, by ARN. */
  readonly waiting: ReadonlyMap<string, ResolvedTask>
  readonly tokens: ReadonlyMap<string, ClientToken>
  /** How many tasks the calls have started. */
  readonly started: number
  /** The time of the last call. */
  readonly at: Instant
  readonly placed: Cluster
  readonly machine: VendingMachine
}

/** Finds a task by its ARN or its id. */
export const findTask = ({ tasks, options }: EcsState, name: string): Task | undefined =>
  tasks.get(name) ??
  tasks.get(arnOf(options, 'task', idIn(name))) ??
  [...tasks.values()].find(({ taskArn }) => idIn(taskArn) === name)

/** Finds an instance by its EC2 id, its ARN, or the id in its ARN. */
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

/** The ARN of an instance, made from its name when its record has none. */
export const instanceArnOf = (
  options: ClusterOptions,
  name: string,
  instance: ContainerInstance | undefined,
): string => instance?.containerInstanceArn ?? arnOf(options, 'container-instance', name)

/** The name of the instance that a task is on; `undefined` when it is on none. */
export const holderName = (state: EcsState, task: Task): string | undefined =>
  task.containerInstanceArn === undefined
    ? undefined
    : findInstance(state, task.containerInstanceArn)?.[0]

/** Stores the record of a task and raises its version by one. */
export const withTask = (state: EcsState, task: Task): EcsState => ({
  ...state,
  tasks: withChanges(state.tasks, [
    [task.taskArn, { ...task, version: (state.tasks.get(task.taskArn)?.version ?? 0) + 1 }],
  ]),
})

/** Stores the records of instances and raises the version of each by one. */
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

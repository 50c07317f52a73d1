/**
 * Changes the status of a container instance: drains it, makes it ACTIVE again, or deregisters it.
 * When an instance drains, the PENDING tasks of services on the instance stop.
 *
 * Source: Amazon ECS API Reference, UpdateContainerInstancesState and DeregisterContainerInstance;
 * Developer Guide, draining container instances. AWS does not document what happens to the tasks on
 * an instance that is deregistered by force. Here these tasks become STOPPED, as no agent reports
 * them any more.
 */
import type { ContainerInstance } from '../words/container-instance.js'
import { idIn, type Task } from '../words/task.js'
import { describeInstances } from './describe.js'
import { replaceNode } from './node.js'
import { arnOf } from './options.js'
import type { Failure } from './refusal.js'
import { commitTask, stoppedAt } from './settle.js'
import { findInstance, holderName, instanceArnOf, type EcsState } from './state.js'
import { hasStopped } from '../words/task.js'

/** An answer about one instance. */
export interface OneInstance {
  readonly containerInstance: ContainerInstance
}

/** A status that UpdateContainerInstancesState can set. */
export type DrainStatus = 'ACTIVE' | 'DRAINING'

/** The next state with the name of the instance, or the failure. */
export type StatusChange = Failure | { readonly state: EcsState; readonly name: string }

/**
 * Drains an ACTIVE instance, or makes a DRAINING one ACTIVE. A DRAINING instance keeps its tasks
 * and gets no new ones; tasks of services that are PENDING there stop at once.
 */
export const setDrainStatus = (
  state: EcsState,
  named: string,
  status: DrainStatus,
): StatusChange => {
  const found = findInstance(state, named)
  if (found === undefined)
    return { arn: arnOf(state.options, 'container-instance', idIn(named)), reason: 'MISSING' }
  const [name, instance] = found
  const { status: before = 'ACTIVE' } = instance
  if (before !== 'ACTIVE' && before !== 'DRAINING')
    return { arn: instanceArnOf(state.options, name, instance), reason: before }
  if (before === status) return { state, name }
  const updated = replaceNode(state, name, { ...instance, status })
  return { state: status === 'DRAINING' ? withoutPending(updated, name) : updated, name }
}

const withoutPending = (state: EcsState, name: string): EcsState =>
  [...state.tasks.values()]
    .filter((task) => isPendingOfService(task) && holderName(state, task) === name)
    .reduce(
      (before, task) => commitTask(before, stoppedAt({ ...task, ...stoppedByDrain }, state.at)),
      state,
    )

const isPendingOfService = ({ group = '', lastStatus }: Task): boolean =>
  group.startsWith('service:') && lastStatus === 'PENDING'

const stoppedByDrain = {
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: 'The container instance is DRAINING',
} as const

/** True when an instance has tasks, including tasks that have no record but occupy its node. */
export const hasTasks = (state: EcsState, name: string): boolean =>
  tasksOn(state, name).length > 0 || runningTasks(state, name) > 0

const tasksOn = (state: EcsState, name: string): readonly Task[] =>
  [...state.tasks.values()].filter((task) => !hasStopped(task) && holderName(state, task) === name)

const runningTasks = (state: EcsState, name: string): number =>
  describeInstances(state)[[...state.instances.keys()].indexOf(name)]?.runningTasksCount ?? 0

/** Stops the tasks of an instance and makes it INACTIVE. */
export const deregister = (state: EcsState, name: string): readonly [EcsState, OneInstance] => {
  const orphaned = tasksOn(state, name).reduce(
    (before, task) => commitTask(before, stoppedAt({ ...task, ...stoppedByForce }, state.at)),
    state,
  )
  const instance = state.instances.get(name)!
  const inactive: ContainerInstance = { ...instance, status: 'INACTIVE', agentConnected: false }
  const next = replaceNode(orphaned, name, inactive, 'emptied')
  return [next, { containerInstance: next.instances.get(name)! }]
}

const stoppedByForce = {
  stopCode: 'UserInitiated',
  stoppedReason: 'The container instance was deregistered by force',
} as const

/**
 * Changes the status of a task along its life cycle, and updates its replica (its placement in the
 * kernel) and the record of its instance. A status only goes forward:
 *
 * 1. PROVISIONING, PENDING, ACTIVATING: the replica is assumed (placed, and not running yet).
 * 2. RUNNING: the replica runs.
 * 3. DEACTIVATING, STOPPING, DEPROVISIONING: the replica is leaving, and keeps its resources. A
 *    task that was told to stop (desired status STOPPED) counts here too.
 * 4. STOPPED: the resources of the task are free.
 * 5. DELETED: the record of the task will soon be removed.
 *
 * Source: Amazon ECS Developer Guide, task life cycle; API Reference, Task.
 */
import { releaseNode as stopNode } from '@stowage/fargate'
import { batch, getOrThrow, setPhase, evict, type Instant, withChanges } from '@stowage/kernel'
import { instantText } from '../words/instant.js'
import { afterStopped, hasStopped, lastStatuses, taskStatuses } from '../words/task.js'
import type { Task, TaskStatus } from '../words/task.js'
import { holderName, withInstances, withTask, type EcsState } from './state.js'

/**
 * Stores the changed task, updates or frees its replica in the kernel, and raises the version of
 * its instance.
 */
export const commitTask = (state: EcsState, task: Task): EcsState => {
  const holder = holderName(state, task)
  const next = withTask(withReplica(withoutWaiting(state, task), task), task)
  return holder === undefined ? next : withInstances(next, [[holder, next.instances.get(holder)!]])
}

/** A task that is STOPPED no longer waits for capacity. */
const withoutWaiting = (state: EcsState, { taskArn, lastStatus }: Task): EcsState => {
  if (lastStatus !== 'STOPPED' || !state.waiting.has(taskArn)) return state
  return { ...state, waiting: withChanges(state.waiting, [[taskArn, undefined]]) }
}

const withReplica = (state: EcsState, task: Task): EcsState => {
  const replica = state.replicas.get(task.taskArn)
  if (replica === undefined)
    return task.lastStatus === 'STOPPED'
      ? { ...state, machine: stopNode(state.machine, task.taskArn)[0] }
      : state
  if (task.lastStatus === 'STOPPED') {
    const [placed] = batch(state.placed, (draft) => getOrThrow(evict(draft, replica)))
    return { ...state, placed, replicas: withChanges(state.replicas, [[task.taskArn, undefined]]) }
  }
  const running = task.lastStatus === 'RUNNING' ? 'running' : 'assumed'
  const phase = task.desiredStatus === 'STOPPED' ? 'leaving' : running
  const [placed] = batch(state.placed, (draft) => getOrThrow(setPhase(draft, replica, phase)))
  return { ...state, placed }
}

/**
 * The statuses that may follow. A task that waits for capacity can only stop, as no agent has it.
 */
export const nextStatuses = (state: EcsState, task: Task): readonly TaskStatus[] => {
  if (hasStopped(task)) return task.lastStatus === afterStopped ? [] : [afterStopped]
  return isWaiting(state, task) ? ['STOPPED'] : taskStatuses.slice(orderOf(task.lastStatus) + 1)
}

/** True when a task waits for capacity. */
export const isWaiting = ({ waiting }: EcsState, { taskArn }: Task): boolean => waiting.has(taskArn)

const orderOf = (status: TaskStatus): number => lastStatuses.indexOf(status)

/** Returns the record of a task after it has reached a status. */
export const inStatus = (task: Task, lastStatus: TaskStatus, at: Instant): Task => {
  if (lastStatus === 'STOPPED') return stoppedAt(task, at)
  const isFirst = lastStatus === 'RUNNING' && task.startedAt === undefined
  const isLeaving = orderOf(lastStatus) > orderOf('RUNNING')
  return {
    ...task,
    lastStatus,
    ...(isFirst ? { startedAt: instantText(at) } : {}),
    ...(isLeaving
      ? { desiredStatus: 'STOPPED' as const, stoppingAt: task.stoppingAt ?? instantText(at) }
      : {}),
  }
}

/**
 * Returns the record of a task after it stopped. The default stop code of a task that ran says that
 * an essential container exited, otherwise that the task failed to start.
 */
export const stoppedAt = (task: Task, at: Instant): Task => ({
  ...task,
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stoppedAt: instantText(at),
  stopCode: task.stopCode ?? (hasRun(task) ? 'EssentialContainerExited' : 'TaskFailedToStart'),
})

const hasRun = ({ startedAt, lastStatus }: Task): boolean =>
  startedAt !== undefined || orderOf(lastStatus) >= orderOf('RUNNING')

/** An answer about one task. */
export interface OneTask {
  readonly task: Task
}

/** The answer about one task, with the state that holds its record. */
export const withAnswer = (state: EcsState, { taskArn }: Task): readonly [EcsState, OneTask] => [
  state,
  { task: state.tasks.get(taskArn)! },
]

/**
 * What becomes of a task: its own reports, StopTask, and how its record follows. A status goes
 * forward only; what the task holds of its instance is free when it is STOPPED and not before.
 *
 * Source: Amazon ECS Developer Guide, task life cycle; API Reference, Task and StopTask.
 */
import { stopTask as stopNode } from '@stowage/fargate'
import { batch, getOrThrow, setPhase, evict } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { changed } from '../cluster/changed.js'
import { holderOf, taskOf, withInstances, withTask, type ClusterState } from '../cluster/state.js'
import { asked } from '../request/asked.js'
import { refusing } from '../request/exception.js'
import type { Called } from '../request/run-task.js'
import { anyText, oneOf, optional, text, type Codec } from '../words/codec.js'
import { instantText } from '../words/instant.js'
import { record } from '../words/record.js'
import {
  afterStopped,
  hasStopped,
  lastStatuses,
  stopCodes,
  taskStatuses,
  type StopCode,
  type Task,
  type TaskStatus,
} from '../words/task.js'
import { StopTaskRequest } from '../words/task-request.js'

export interface OneTask {
  readonly task: Task
}

/** A report about a task, by whoever runs it: what its status has become, and why it stopped. */
export interface TaskReport {
  readonly cluster?: string | undefined
  readonly task: string
  readonly lastStatus: TaskStatus
  readonly stopCode?: StopCode | undefined
  readonly stoppedReason?: string | undefined
}
const TaskReport: Codec<TaskReport> = record<TaskReport>('a report about a task', {
  cluster: optional(text('the name or the ARN of a cluster')),
  task: text('the id or the ARN of a task'),
  lastStatus: oneOf<TaskStatus>(lastStatuses),
  stopCode: optional(oneOf<StopCode>(stopCodes)),
  stoppedReason: optional(anyText),
})

/**
 * Stopping a task that was stopped already changes nothing. A task that waits for capacity has
 * nothing to stop, and is STOPPED at once.
 */
export const stopTask = (state: ClusterState, raw: unknown, at: number): Called<OneTask> => {
  const read = asked(state, raw, at, StopTaskRequest, () => [])
  if (E.isLeft(read)) return read
  const task = taskOf(state, read.right.task)
  if (task === undefined) return E.left(unknownTask(raw))
  const now = { ...state, at }
  if (task.desiredStatus === 'STOPPED') return E.right([now, { task }])
  const stopping: Task = {
    ...task,
    desiredStatus: 'STOPPED',
    stoppingAt: instantText(at),
    stopCode: 'UserInitiated',
    ...(read.right.reason === undefined ? {} : { stoppedReason: read.right.reason }),
  }
  return E.right(
    answered(moved(now, isWaiting(now, task) ? stoppedAt(stopping, at) : stopping), task),
  )
}

export const reportTask = (state: ClusterState, raw: unknown, at: number): Called<OneTask> => {
  const read = asked(state, raw, at, TaskReport, () => [])
  if (E.isLeft(read)) return read
  const { lastStatus } = read.right
  const task = taskOf(state, read.right.task)
  if (task === undefined) return E.left(unknownTask(raw))
  const now = { ...state, at }
  if (lastStatus === task.lastStatus) return E.right([now, { task }])
  const expected = nextStatuses(now, task)
  if (!expected.includes(lastStatus)) {
    const then = expected.length === 0 ? 'nothing more' : `one of ${expected.join(', ')}`
    const complaint = { at: ['lastStatus'], expected: `${then}, as the task is ${task.lastStatus}` }
    return E.left(refusing(raw, [complaint]))
  }
  const { stopCode, stoppedReason } = read.right
  const told = {
    ...task,
    ...(stopCode === undefined ? {} : { stopCode }),
    ...(stoppedReason === undefined ? {} : { stoppedReason }),
  }
  return E.right(answered(moved(now, inStatus(told, lastStatus, at)), task))
}

const unknownTask = (raw: unknown) =>
  refusing(raw, [{ at: ['task'], expected: 'a task of the cluster' }])

const isWaiting = ({ waiting }: ClusterState, { taskArn }: Task): boolean => waiting.has(taskArn)

/** What waits has no agent that could take it any further. */
const nextStatuses = (state: ClusterState, task: Task): readonly TaskStatus[] => {
  if (hasStopped(task)) return task.lastStatus === afterStopped ? [] : [afterStopped]
  return isWaiting(state, task) ? ['STOPPED'] : taskStatuses.slice(orderOf(task.lastStatus) + 1)
}

const orderOf = (status: TaskStatus): number => lastStatuses.indexOf(status)

const inStatus = (task: Task, lastStatus: TaskStatus, at: number): Task => {
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
 * Where nobody said why: a task that ran has lost a container that it can not do without, one that
 * did not has failed to start.
 */
export const stoppedAt = (task: Task, at: number): Task => ({
  ...task,
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stoppedAt: instantText(at),
  stopCode: task.stopCode ?? (hasRun(task) ? 'EssentialContainerExited' : 'TaskFailedToStart'),
})

const hasRun = ({ startedAt, lastStatus }: Task): boolean =>
  startedAt !== undefined || orderOf(lastStatus) >= orderOf('RUNNING')

/** The record, what the task holds, and the version of the instance that holds it. */
export const moved = (state: ClusterState, task: Task): ClusterState => {
  const holder = holderOf(state, task)
  const next = withTask(rebooked(noLonger(state, task), task), task)
  return holder === undefined ? next : withInstances(next, [[holder, next.instances.get(holder)!]])
}

/** A task that is STOPPED waits for nothing. */
const noLonger = (state: ClusterState, { taskArn, lastStatus }: Task): ClusterState => {
  if (lastStatus !== 'STOPPED' || !state.waiting.has(taskArn)) return state
  return { ...state, waiting: changed(state.waiting, [[taskArn, undefined]]) }
}

const rebooked = (state: ClusterState, task: Task): ClusterState => {
  const replica = state.replicas.get(task.taskArn)
  if (replica === undefined)
    return task.lastStatus === 'STOPPED'
      ? { ...state, machine: stopNode(state.machine, task.taskArn)[0] }
      : state
  if (task.lastStatus === 'STOPPED') {
    const [placed] = batch(state.placed, (draft) => getOrThrow(evict(draft, replica)))
    return { ...state, placed, replicas: changed(state.replicas, [[task.taskArn, undefined]]) }
  }
  const running = task.lastStatus === 'RUNNING' ? 'running' : 'assumed'
  const phase = task.desiredStatus === 'STOPPED' ? 'leaving' : running
  const [placed] = batch(state.placed, (draft) => getOrThrow(setPhase(draft, replica, phase)))
  return { ...state, placed }
}

const answered = (state: ClusterState, { taskArn }: Task): readonly [ClusterState, OneTask] => [
  state,
  { task: state.tasks.get(taskArn)! },
]

/**
 * Tasks that found no place, of a capacity provider, or kept by constraints where the option lets
 * them wait: they wait until there is one, or until whoever waits gives up.
 *
 * Source: Amazon ECS Developer Guide, API failure reasons and stopped task errors. When AWS gives
 * up is not told in a number that always holds; here the caller does.
 */
import * as E from 'fp-ts/lib/Either.js'
import { changed } from './layered-map.js'
import { instanceArnOf, taskOf, withInstances, withTask, type ClusterState } from './state.js'
import { asked } from '../api/decode.js'
import { refusing } from '../words/exception.js'
import { seatTasks, type Seated } from './place.js'
import { failuresOf } from './refusal.js'
import { offeredIn, type Called } from '../api/run-task.js'
import type { Task } from '../words/task.js'
import { StopTaskRequest } from '../words/task-request.js'
import { moved, stoppedAt, type OneTask } from '../agent/task-report.js'
import { firstStatus } from './task.js'

export interface PlacedWaiting {
  /** Those that have a place now, in the order in which they were started. */
  readonly tasks: readonly Task[]
}

/** Tries every task that waits, the oldest first. What has no place waits on. */
export const placeWaiting = (state: ClusterState, at: number): Called<PlacedWaiting> => {
  const read = asked(state, { task: 'any' }, at, StopTaskRequest, () => [])
  if (E.isLeft(read)) return read
  let next: ClusterState = { ...state, at }
  const tasks: string[] = []
  for (const arn of state.waiting.keys()) {
    const seated = seatOf(next, next.tasks.get(arn)!)
    if (seated === undefined || seated.seats.length === 0) continue
    next = takenIn(next, arn, seated)
    tasks.push(arn)
  }
  return E.right([next, { tasks: tasks.map((arn) => next.tasks.get(arn)!) }])
}

const seatOf = (state: ClusterState, task: Task): Seated | undefined => {
  const meant = state.waiting.get(task.taskArn)
  const { capacityProviderName: provider, launchType = 'EC2' } = task
  if (meant === undefined) return undefined
  const only = offeredIn(state, { launchType, ...(provider === undefined ? {} : { provider }) })
  return seatTasks(state, meant.workload, 1, only)
}

const takenIn = (state: ClusterState, arn: string, { placed, seats }: Seated): ClusterState => {
  const { name, replica } = seats[0]!
  const task = state.tasks.get(arn)!
  const waiting = changed(state.waiting, [[arn, undefined]])
  const replicas = changed(state.replicas, [[arn, replica]])
  const instance = state.instances.get(name)!
  const next = withTask(
    { ...state, placed, waiting, replicas },
    {
      ...task,
      lastStatus: firstStatus(state.waiting.get(arn)!),
      containerInstanceArn: instanceArnOf(state.options, name, instance),
    },
  )
  return withInstances(next, [[name, instance]])
}

/**
 * The task stops as one that failed to start, for the reason that its provider has no instance,
 * none that is ACTIVE, or none that takes it.
 */
export const giveUpWaiting = (state: ClusterState, raw: unknown, at: number): Called<OneTask> => {
  const read = asked(state, raw, at, StopTaskRequest, () => [])
  if (E.isLeft(read)) return read
  const task = taskOf(state, read.right.task)
  const seated = task === undefined ? undefined : seatOf(state, task)
  if (task === undefined || seated === undefined)
    return E.left(refusing(raw, [{ at: ['task'], expected: 'a task that waits for capacity' }]))
  const stoppedReason = read.right.reason ?? reasonOf(state, task, seated)
  const stopped = stoppedAt({ ...task, stopCode: 'TaskFailedToStart', stoppedReason }, at)
  const next = moved({ ...state, at }, stopped)
  return E.right([next, { task: next.tasks.get(task.taskArn)! }])
}

const reasonOf = ({ instances }: ClusterState, task: Task, { refused }: Seated): string => {
  const { capacityProviderName } = task
  if (capacityProviderName === undefined) return firstReason(refused)
  const own = [...instances.values()].filter(
    (each) => each.capacityProviderName === capacityProviderName && each.status !== 'INACTIVE',
  )
  if (own.length === 0) return 'EMPTY CAPACITY PROVIDER'
  if (own.every(({ status = 'ACTIVE' }) => status !== 'ACTIVE')) return 'NO ACTIVE INSTANCES'
  return firstReason(refused)
}

const firstReason = (refused: Seated['refused']): string =>
  failuresOf(refused)[0]?.reason ?? 'there is room for it now'

/**
 * Handles tasks that wait for capacity, when the caller asks for it: tries to place them again, or
 * stops one of them. A task waits when its capacity provider has no room, or when constraints block
 * it and the option `constraintBlocked` allows waiting.
 *
 * Source: Amazon ECS Developer Guide, API failure reasons and stopped task errors. AWS documents no
 * fixed time after which it stops a waiting task.
 */
import { withChanges } from '@stowage/kernel'
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { offeredNames } from '../supply/share.js'
import { exceptionFor } from '../words/exception.js'
import type { Task } from '../words/task.js'
import { checkInstant } from './clock.js'
import { seatTasks, type SeatAssignment } from './place.js'
import { failuresOf } from './refusal.js'
import { commitTask, stoppedAt } from './settle.js'
import { instanceArnOf, withInstances, withTask, type CallResult, type EcsState } from './state.js'
import { firstStatus } from './task.js'

/** The answer of `placeWaiting`. */
export interface PlacedWaiting {
  /** The tasks that found a place, in the order in which they were started. */
  readonly tasks: readonly Task[]
}

/** Tries to place every waiting task, the oldest first. A task without a place waits on. */
export const placeWaiting = (state: EcsState, at: Instant): CallResult<PlacedWaiting> => {
  const complaints = checkInstant(state, at)
  if (complaints.length > 0) return E.left(exceptionFor({}, complaints))
  let next: EcsState = { ...state, at }
  const tasks: string[] = []
  for (const arn of state.waiting.keys()) {
    const seating = seatingOf(next, next.tasks.get(arn)!)
    if (seating === undefined || seating.seats.length === 0) continue
    next = withSeat(next, arn, seating)
    tasks.push(arn)
  }
  return E.right([next, { tasks: tasks.map((arn) => next.tasks.get(arn)!) }])
}

/** Where a waiting task can be placed now; `undefined` when the task does not wait. */
const seatingOf = (state: EcsState, task: Task): SeatAssignment | undefined => {
  const resolved = state.waiting.get(task.taskArn)
  const { capacityProviderName: provider, launchType = 'EC2' } = task
  if (resolved === undefined) return undefined
  const only = offeredNames(state, { launchType, ...(provider === undefined ? {} : { provider }) })
  return seatTasks(state, resolved.workload, 1, only)
}

const withSeat = (state: EcsState, arn: string, { placed, seats }: SeatAssignment): EcsState => {
  const { name, replica } = seats[0]!
  const task = state.tasks.get(arn)!
  const waiting = withChanges(state.waiting, [[arn, undefined]])
  const replicas = withChanges(state.replicas, [[arn, replica]])
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
 * The state in which a waiting task is STOPPED as one that failed to start; `undefined` for a task
 * that does not wait. Without a `reason`, the record says that its provider has no instance, no
 * ACTIVE instance, or no instance that accepts the task.
 */
export const giveUp = (state: EcsState, task: Task, reason?: string): EcsState | undefined => {
  const seating = seatingOf(state, task)
  if (seating === undefined) return undefined
  const stoppedReason = reason ?? reasonOf(state, task, seating)
  const stopped = { ...task, stopCode: 'TaskFailedToStart', stoppedReason } as const
  return commitTask(state, stoppedAt(stopped, state.at))
}

const reasonOf = ({ instances }: EcsState, task: Task, { refused }: SeatAssignment): string => {
  const { capacityProviderName } = task
  if (capacityProviderName === undefined) return firstReason(refused)
  const own = [...instances.values()].filter(
    (each) => each.capacityProviderName === capacityProviderName && each.status !== 'INACTIVE',
  )
  if (own.length === 0) return 'EMPTY CAPACITY PROVIDER'
  if (own.every(({ status = 'ACTIVE' }) => status !== 'ACTIVE')) return 'NO ACTIVE INSTANCES'
  return firstReason(refused)
}

const firstReason = (refused: SeatAssignment['refused']): string =>
  failuresOf(refused)[0]?.reason ?? 'there is room for it now'

/**
 * Interrupts a task on Fargate Spot, as AWS does when it takes the capacity back: sets the desired
 * status of the task to STOPPED, and returns the time at which the task will be gone. The caller
 * then reports the task STOPPED.
 *
 * Source: Amazon ECS Developer Guide, Fargate capacity providers.
 */
import type { Instant } from '@stowage/kernel'
import { interruptionOf } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { refusing } from '../words/exception.js'
import { instantText } from '../words/instant.js'
import { checkInstant } from './clock.js'
import { commitTask, type OneTask } from './settle.js'
import { findTask, type CallResult, type EcsState } from './state.js'

/** Names a task by its ARN or its id. */
export interface TaskName {
  readonly task: string
}

/** The answer to an interruption: the record of the stopping task, and when it is gone. */
export interface TaskInterruption extends OneTask {
  /** When the task is gone: the caller then reports it STOPPED. */
  readonly gone: Instant
}

/** Interrupts a task on Fargate Spot. A task whose desired status is STOPPED is refused. */
export const interruptTask = (
  state: EcsState,
  event: TaskName,
  at: Instant,
): CallResult<TaskInterruption> => {
  const complaints = checkInstant(state, at)
  if (complaints.length > 0) return E.left(refusing(event, complaints))
  const task = findTask(state, event.task)
  const interruption = task && interruptionOf(state.machine, task.taskArn, at)
  if (task === undefined || interruption === undefined || task.desiredStatus === 'STOPPED')
    return E.left(
      refusing(event, [{ at: ['task'], expected: 'a task on Fargate Spot that is to run' }]),
    )
  const { stopCode, stoppedReason, gone } = interruption
  const stopping = { desiredStatus: 'STOPPED', stoppingAt: instantText(at) } as const
  const next = commitTask({ ...state, at }, { ...task, ...stopping, stopCode, stoppedReason })
  return E.right([next, { task: next.tasks.get(task.taskArn)!, gone }])
}

/**
 * Interrupts a task on Fargate Spot, as AWS does when it takes the capacity back: sets the desired
 * status of the task to STOPPED, and says at which time the task will be gone.
 *
 * Source: Amazon ECS Developer Guide, Fargate capacity providers.
 */
import type { Instant } from '@stowage/kernel'
import { interruptionOf } from '@stowage/fargate'
import { instantText } from '../words/instant.js'
import type { Task } from '../words/task.js'
import { commitTask, type OneTask } from './settle.js'
import type { EcsState } from './state.js'

/** The answer to an interruption: the record of the stopping task, and when it is gone. */
export interface TaskInterruption extends OneTask {
  /** When the task is gone: the caller then reports it STOPPED. */
  readonly gone: Instant
}

/** The next state and the answer; `undefined` for a task that cannot be interrupted. */
export const interrupt = (
  state: EcsState,
  task: Task,
): readonly [after: EcsState, answer: TaskInterruption] | undefined => {
  const interruption = interruptionOf(state.machine, task.taskArn, state.at)
  if (interruption === undefined || task.desiredStatus === 'STOPPED') return undefined
  const { stopCode, stoppedReason, gone } = interruption
  const stopping = { desiredStatus: 'STOPPED', stoppingAt: instantText(state.at) } as const
  const next = commitTask(state, { ...task, ...stopping, stopCode, stoppedReason })
  return [next, { task: next.tasks.get(task.taskArn)!, gone }]
}

/**
 * Stops a task on request: its desired status becomes STOPPED, and it keeps its resources until its
 * agent reports that it has stopped.
 *
 * Source: Amazon ECS API Reference, StopTask.
 */
import { instantText } from '../words/instant.js'
import type { Task } from '../words/task.js'
import { commitTask, isWaiting, stoppedAt, withAnswer, type OneTask } from './settle.js'
import type { EcsState } from './state.js'

/**
 * Stops a task, unless its desired status is already STOPPED. A task that waits for capacity is
 * STOPPED at once, as no agent has it.
 */
export const stopByUser = (
  state: EcsState,
  task: Task,
  reason: string | undefined,
): readonly [EcsState, OneTask] => {
  if (task.desiredStatus === 'STOPPED') return [state, { task }]
  const stopping: Task = {
    ...task,
    desiredStatus: 'STOPPED',
    stoppingAt: instantText(state.at),
    stopCode: 'UserInitiated',
    ...(reason === undefined ? {} : { stoppedReason: reason }),
  }
  const next = isWaiting(state, task) ? stoppedAt(stopping, state.at) : stopping
  return withAnswer(commitTask(state, next), task)
}

/**
 * What AWS does to a task on Fargate Spot when it takes back its capacity: the task is told to
 * stop, and is gone some time later.
 *
 * Source: Amazon ECS Developer Guide, Fargate capacity providers.
 */
import { interrupt } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { taskOf, type ClusterState } from './state.js'
import { asked } from '../api/decode.js'
import { refusing } from '../words/exception.js'
import type { Called } from '../api/run-task.js'
import { instantText } from '../words/instant.js'
import { StopTaskRequest } from '../words/task-request.js'
import { moved, type OneTask } from '../agent/task-report.js'

export interface Interrupted extends OneTask {
  /** When the task is gone, and to be reported STOPPED; in seconds since 1970. */
  readonly gone: number
}

export const interruptTask = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<Interrupted> => {
  const read = asked(state, raw, at, StopTaskRequest, () => [])
  if (E.isLeft(read)) return read
  const task = taskOf(state, read.right.task)
  const told = task && interrupt(state.machine, task.taskArn, Math.round(at * 1000))
  if (task === undefined || told === undefined || task.desiredStatus === 'STOPPED')
    return E.left(
      refusing(raw, [{ at: ['task'], expected: 'a task on Fargate Spot that is to run' }]),
    )
  const { stopCode, stoppedReason, gone } = told
  const stopping = { desiredStatus: 'STOPPED', stoppingAt: instantText(at) } as const
  const next = moved({ ...state, at }, { ...task, ...stopping, stopCode, stoppedReason })
  return E.right([next, { task: next.tasks.get(task.taskArn)!, gone: gone / 1000 }])
}

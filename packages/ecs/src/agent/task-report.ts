/**
 * Applies a report of the container agent about a task: moves the task to the status that it has
 * reached, and records why it stopped.
 *
 * Source: Amazon ECS Developer Guide, task life cycle; API Reference, SubmitTaskStateChange.
 */
import { nonEmptyText, oneOf, optional, record, text, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { perform, refuse, noComplaints, type ApiAction, type Call } from '../api/action.js'
import { resolveTaskName } from '../api/resolve.js'
import { commitTask, inStatus, nextStatuses, withAnswer, type OneTask } from '../cluster/settle.js'
import type { CallResult } from '../cluster/state.js'
import {
  lastStatuses,
  stopCodes,
  type StopCode,
  type Task,
  type TaskStatus,
} from '../words/task.js'

/** The status that a task has reached, and why it stopped. */
export interface TaskReport {
  readonly cluster?: string | undefined
  readonly task: string
  readonly lastStatus: TaskStatus
  readonly stopCode?: StopCode | undefined
  readonly stoppedReason?: string | undefined
}
const TaskReport: Codec<TaskReport> = record<TaskReport>('a report about a task', {
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
  task: nonEmptyText('the id or the ARN of a task'),
  lastStatus: oneOf<TaskStatus>(lastStatuses),
  stopCode: optional(oneOf<StopCode>(stopCodes)),
  stoppedReason: optional(text),
})

const taskReport: ApiAction<TaskReport, OneTask> = {
  codec: TaskReport,
  check: noComplaints,
  apply: (call) =>
    pipe(
      resolveTaskName(call),
      E.chain((task) => move(call, task)),
    ),
}

/**
 * Moves the task to the reported status. The current status changes nothing; an earlier one is
 * refused.
 */
const move = (call: Call<TaskReport>, task: Task): CallResult<OneTask> => {
  const { state, request, at } = call
  const { lastStatus, stopCode, stoppedReason } = request
  if (lastStatus === task.lastStatus) return E.right([state, { task }])
  const expected = nextStatuses(state, task)
  if (!expected.includes(lastStatus)) {
    const then = expected.length === 0 ? 'nothing more' : `one of ${expected.join(', ')}`
    return refuse(call, [
      { at: ['lastStatus'], expected: `${then}, as the task is ${task.lastStatus}` },
    ])
  }
  const withReason = {
    ...task,
    ...(stopCode === undefined ? {} : { stopCode }),
    ...(stoppedReason === undefined ? {} : { stoppedReason }),
  }
  return E.right(withAnswer(commitTask(state, inStatus(withReason, lastStatus, at)), task))
}

/** Applies a report about a task: returns the next state and the record of the task. */
export const reportTask = perform(taskReport)

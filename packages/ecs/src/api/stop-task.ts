/**
 * StopTask: sets the desired status of a task to STOPPED.
 *
 * Source: Amazon ECS API Reference, StopTask.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { OneTask } from '../cluster/settle.js'
import { stopByUser } from '../cluster/stop.js'
import { StopTaskRequest } from '../words/task-request.js'
import { perform, noComplaints, type ApiAction } from './action.js'
import { resolveTaskName } from './resolve.js'

export const stopTaskAction: ApiAction<StopTaskRequest, OneTask> = {
  codec: StopTaskRequest,
  check: noComplaints,
  apply: (call) =>
    pipe(
      resolveTaskName(call),
      E.map((task) => stopByUser(call.state, task, call.request.reason)),
    ),
}

/** Performs StopTask. */
export const stopTask = perform(stopTaskAction)

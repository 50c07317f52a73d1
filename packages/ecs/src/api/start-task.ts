/**
 * StartTask: starts one task on each instance that the call names. No placement strategy applies,
 * but the instance must have room for the task.
 *
 * Source: Amazon ECS API Reference, StartTask; Developer Guide, API failure reasons. AWS does not
 * document whether the constraints of the definition apply; here they do.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { checkStartTask } from '../check/call.js'
import { checkStart } from '../check/capacity.js'
import { checkOverrides } from '../check/override.js'
import type { StartedTasks } from '../cluster/start-result.js'
import { startOnEach } from '../cluster/start.js'
import type { CallResult } from '../cluster/state.js'
import { StartTaskRequest } from '../words/task-request.js'
import type { ResolvedTask } from '../workload/workload.js'
import { perform, refusedFor, type ApiAction, type Call } from './action.js'
import { resolveTask } from './resolve.js'

export const startTaskAction: ApiAction<StartTaskRequest, StartedTasks> = {
  codec: StartTaskRequest,
  check: ({ request, raw }) => checkStartTask(request, raw),
  apply: (call) =>
    pipe(
      resolveTask(call, {}),
      E.chain((resolved) => startOnNamed(call, resolved)),
    ),
}

const startOnNamed = (
  call: Call<StartTaskRequest>,
  resolved: ResolvedTask,
): CallResult<StartedTasks> => {
  const { state, request, at } = call
  const { definition, workload } = resolved
  const { containerInstances, startedBy, networkConfiguration } = request
  const launchType = request.launchType === 'EXTERNAL' ? 'EXTERNAL' : 'EC2'
  return pipe(
    refusedFor(call, [
      ...checkOverrides(request, definition, workload, state.options),
      ...checkStart({ networkConfiguration }, definition, workload, launchType),
    ]),
    E.map(() => startOnEach(state, { resolved, startedBy, at }, containerInstances, launchType)),
  )
}

/** Performs StartTask. */
export const startTask = perform(startTaskAction)

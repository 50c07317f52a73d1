/**
 * RunTask: places tasks where the cluster has room for them. A task that finds no room waits when
 * its capacity provider may add an instance; otherwise the answer lists the task as a failure.
 *
 * Source: Amazon ECS API Reference, RunTask; Developer Guide, how Amazon ECS places tasks.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { checkRunTask } from '../check/call.js'
import { checkOverrides } from '../check/override.js'
import type { StartedTasks } from '../cluster/start-result.js'
import { startShares } from '../cluster/start.js'
import type { CallResult } from '../cluster/state.js'
import { checkDefaultWeights, checkProvidersExist, sharesFor } from '../supply/share.js'
import { RunTaskRequest } from '../words/task-request.js'
import type { ResolvedTask } from '../workload/workload.js'
import { perform, refusedFor, type ApiAction, type Call } from './action.js'
import { checkShares, resolveTask } from './resolve.js'
import { raiseStart } from './start-fault.js'
import { answerOfToken, withToken } from './token.js'

export const runTaskAction: ApiAction<RunTaskRequest, StartedTasks> = {
  codec: RunTaskRequest,
  check: ({ state, request, raw }) => checkRunTask(request, raw, state.options),
  apply: (call) =>
    answerOfToken(call) ??
    pipe(
      resolveTask(call, call.request),
      E.chain((resolved) => startResolved(call, resolved)),
      E.map(([next, answer]) => [withToken(next, call, answer.tasks), answer] as const),
    ),
}

const startResolved = (
  call: Call<RunTaskRequest>,
  resolved: ResolvedTask,
): CallResult<StartedTasks> => {
  const { state, request, raw, at } = call
  const shares = sharesFor(state, request, request.count ?? 1)
  return pipe(
    refusedFor(call, [
      ...checkProvidersExist(state, request),
      ...checkDefaultWeights(state, request),
      ...checkOverrides(request, resolved.definition, resolved.workload, state.options),
      ...checkShares(state, request, resolved, shares),
    ]),
    E.chain(() => {
      const { startedBy } = request
      return raiseStart(raw, startShares(state, { resolved, startedBy, at }, shares))
    }),
  )
}

/** Performs RunTask. */
export const runTask = perform(runTaskAction)

/**
 * Makes RunTask idempotent by client tokens: answers a repeated call with the tasks of the first
 * call, and refuses a different call with the same token. A call that started no task is not
 * remembered, so that it can be tried again.
 *
 * Source: Amazon ECS API Reference, RunTask, `clientToken`; Developer Guide, idempotency. How long
 * a token is remembered is not documented.
 */
import { withChanges } from '@stowage/kernel'
import { isObject } from '@stowage/documents'
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { EcsState, ClientToken, CallResult } from '../cluster/state.js'
import { canonical } from '../words/canonical.js'
import type { Task } from '../words/task.js'
import type { RunTaskRequest } from '../words/task-request.js'
import { complaintAbout, exceptionFor } from '../words/exception.js'
import type { Call } from './action.js'
import type { StartedTasks } from '../cluster/start-result.js'

/**
 * The whole call in canonical JSON, including fields without effect on placement. A field that is
 * null counts as absent.
 */
const callOf = (raw: unknown): string => canonical(withoutNulls(raw))

const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]: [string, unknown]) =>
      field === null ? [] : [[key, withoutNulls(field)]],
    ),
  )
}

/** The answer for a token that is remembered; `undefined` when the call has none. */
export const answerOfToken = ({
  state,
  request: { clientToken },
  raw,
  at,
}: Call<RunTaskRequest>): CallResult<StartedTasks> | undefined => {
  const token = clientToken === undefined ? undefined : state.tokens.get(clientToken)
  if (token === undefined || isForgotten(state, token, at)) return undefined
  if (token.call !== callOf(raw)) {
    const expected = 'a token of its own, as it stands for a call with other parameters'
    const wrong = complaintAbout(['clientToken'], clientToken, expected)
    const conflict = exceptionFor(raw, [wrong], 'ConflictException')
    return E.left({ ...conflict, resourceIds: token.tasks })
  }
  const tasks = token.tasks.map((arn) => state.tasks.get(arn)!)
  return E.right([state, { tasks, failures: [], refusals: [] }])
}

const isForgotten = ({ options }: EcsState, token: ClientToken, at: Instant): boolean =>
  options.clientTokenLifetime !== 'for ever' && at >= token.at + options.clientTokenLifetime

/** Remembers the tasks of a call by its token. A call that started no task is not remembered. */
export const withToken = (
  state: EcsState,
  { request: { clientToken }, raw, at }: Call<RunTaskRequest>,
  tasks: readonly Task[],
): EcsState => {
  if (clientToken === undefined || tasks.length === 0) return state
  const token = { call: callOf(raw), tasks: tasks.map(({ taskArn }) => taskArn), at }
  return { ...state, tokens: withChanges(state.tokens, [[clientToken, token]]) }
}

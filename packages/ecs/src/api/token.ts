/**
 * Client tokens: the same call again has the original tasks, another call with the same token is
 * refused. Nothing is remembered of a call that started no task, so that it can be tried again.
 *
 * Source: Amazon ECS API Reference, RunTask, `clientToken`; Developer Guide, idempotency. How long
 * a token is remembered is not documented.
 */
import * as E from 'fp-ts/lib/Either.js'
import { changed } from '../cluster/layered-map.js'
import type { ClusterState, Token } from '../cluster/state.js'
import { canonical } from '../words/canonical.js'
import { isObject } from '../words/record.js'
import type { Task } from '../words/task.js'
import type { RunTaskRequest } from '../words/task-request.js'
import { complaining, refusing } from '../words/exception.js'
import type { Called, StartedTasks } from './run-task.js'

/**
 * All that the call was given, what has no say in placement included; a field that is null is none.
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

/** What is to be answered for a token that is known; nothing for one that is not. */
export const remembered = (
  state: ClusterState,
  raw: unknown,
  { clientToken }: Pick<RunTaskRequest, 'clientToken'>,
  at: number,
): Called<StartedTasks> | undefined => {
  const token = clientToken === undefined ? undefined : state.tokens.get(clientToken)
  if (token === undefined || isForgotten(state, token, at)) return undefined
  if (token.call !== callOf(raw)) {
    const expected = 'a token of its own, as it stands for a call with other parameters'
    const wrong = complaining(['clientToken'], clientToken, expected)
    const conflict = refusing(raw, [wrong], 'ConflictException')
    return E.left({ ...conflict, resourceIds: token.tasks })
  }
  const tasks = token.tasks.map((arn) => state.tasks.get(arn)!)
  return E.right([
    { ...state, at },
    { tasks, failures: [], refusals: [] },
  ])
}

const isForgotten = ({ options }: ClusterState, token: Token, at: number): boolean =>
  options.clientTokenLifetime !== 'for ever' && at >= token.at + options.clientTokenLifetime

export const remember = (
  state: ClusterState,
  raw: unknown,
  { clientToken }: Pick<RunTaskRequest, 'clientToken'>,
  tasks: readonly Task[],
): ClusterState => {
  if (clientToken === undefined || tasks.length === 0) return state
  const token = { call: callOf(raw), tasks: tasks.map(({ taskArn }) => taskArn), at: state.at }
  return { ...state, tokens: changed(state.tokens, [[clientToken, token]]) }
}

/**
 * Client tokens: the same call again has the original tasks, another call with the same token is refused. Nothing is remembered of a call
 * that started no task, so that it can be tried again.
 *
 * Source: Amazon ECS API Reference, RunTask, `clientToken`; Developer Guide, idempotency. How long a token is remembered is not documented.
 */
import * as E from 'fp-ts/lib/Either.js'
import { changed } from '../cluster/changed.js'
import type { ClusterState, Token } from '../cluster/state.js'
import { canonical } from '../read/canonical.js'
import type { Task } from '../words/task.js'
import type { RunTaskRequest } from '../words/task-request.js'
import { complaining, refusing } from './exception.js'
import type { Called, StartedTasks } from './run-task.js'

/** Fields that this package does not read are no part of what is compared. */
const callOf = (request: RunTaskRequest): string => canonical(request)

/** What is to be answered for a token that is known; nothing for one that is not. */
export const remembered = (
  state: ClusterState,
  raw: unknown,
  request: RunTaskRequest,
  at: number,
): Called<StartedTasks> | undefined => {
  const { clientToken } = request
  const token = clientToken === undefined ? undefined : state.tokens.get(clientToken)
  if (token === undefined || isForgotten(state, token, at)) return undefined
  if (token.call !== callOf(request)) {
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
  request: RunTaskRequest,
  tasks: readonly Task[],
): ClusterState => {
  const { clientToken } = request
  if (clientToken === undefined || tasks.length === 0) return state
  const token = { call: callOf(request), tasks: tasks.map(({ taskArn }) => taskArn), at: state.at }
  return { ...state, tokens: changed(state.tokens, [[clientToken, token]]) }
}

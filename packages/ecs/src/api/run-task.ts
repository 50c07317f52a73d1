/**
 * RunTask: starts tasks where the cluster has room for them, and tells why not of those for which
 * it has none.
 *
 * Source: Amazon ECS API Reference, RunTask; Developer Guide, how Amazon ECS places tasks.
 */
import * as E from 'fp-ts/lib/Either.js'
import { changed } from '../cluster/layered-map.js'
import type { ClusterState } from '../cluster/state.js'
import type { Task, TaskStatus } from '../words/task.js'
import { startedTask, type Beginning } from '../cluster/task.js'
import { RunTaskRequest } from '../words/task-request.js'
import { asked, meant, type Meant } from './decode.js'
import { checkCompatibility, checkFargate, checkWithDefinition } from '../check/with-definition.js'
import { checkRunTask } from '../check/call.js'
import { refusing, type ApiException } from '../words/exception.js'
import { begin, placeTasks } from '../cluster/place.js'
import { launchTasks, refusedByFargate } from '../cluster/launch.js'
import {
  failuresOf,
  isByConstraints,
  type Failure,
  type InstanceRefusals,
} from '../cluster/refusal.js'
import { checkProvidersKnown, isOffered, sharesFor, type Share } from '../supply/share.js'
import { remember, remembered } from './token.js'

export interface StartedTasks {
  /** As the API answers: the tasks that were started, and for those that were not, why. */
  readonly tasks: readonly Task[]
  readonly failures: readonly Failure[]
  /**
   * All that each instance has against a task that found no place, which the API does not tell;
   * empty when all found one.
   */
  readonly refusals: readonly InstanceRefusals[]
}

/**
 * What a call comes to: the exception, or the next state and the answer. `at` is in seconds since
 * 1970.
 */
export type Called<Answer> = E.Either<ApiException, readonly [ClusterState, Answer]>

export const runTask = (state: ClusterState, raw: unknown, at: number): Called<StartedTasks> => {
  const read = asked(state, raw, at, RunTaskRequest, (request) =>
    checkRunTask(request, raw, state.options),
  )
  if (E.isLeft(read)) return read
  const request = read.right
  const known = remembered(state, raw, request, at)
  if (known !== undefined) return known
  const found = meant(state, raw, request, request)
  if (E.isLeft(found)) return found
  const shares = sharesFor(state, request, request.count ?? 1)
  const complaints = [
    ...checkProvidersKnown(state, request),
    ...checkWithDefinition(request, found.right.definition, found.right.workload, state.options),
    ...shares.slice(0, 1).flatMap((share) => checkShare(state, request, found.right, share)),
  ]
  if (complaints.length > 0) return E.left(refusing(raw, complaints))
  const now = { ...state, at }
  const called = started(now, raw, { meant: found.right, startedBy: request.startedBy, at }, shares)
  if (E.isLeft(called)) return called
  const [next, answer] = called.right
  return E.right([remember(next, raw, request, answer.tasks), answer])
}

/** The shares of one call are of one kind. */
export const checkShare = (
  state: ClusterState,
  request: Pick<RunTaskRequest, 'placementConstraints' | 'placementStrategy' | 'platformVersion'>,
  { definition, workload }: Meant,
  { launchType, provider }: Share,
) => {
  if (launchType === 'FARGATE') return checkFargate(request, definition, workload)
  const isVersioned = request.platformVersion !== undefined
  const isEmpty = provider === undefined && !isAnyOffered(state, { launchType })
  return [
    ...checkCompatibility(definition, launchType),
    ...(isVersioned ? [{ at: ['platformVersion'], expected: 'nothing, but on Fargate' }] : []),
    ...(launchType === 'MANAGED_INSTANCES' && (request.placementStrategy ?? []).length > 0
      ? [{ at: ['placementStrategy'], expected: 'no strategies, as managed instances take none' }]
      : []),
    ...(isEmpty
      ? [{ at: ['cluster'], found: 'no container instances', expected: 'a cluster that has some' }]
      : []),
  ]
}

/**
 * Starts the shares one after the other: all of them, or none where a call is refused as a whole.
 */
export const started = (
  state: ClusterState,
  raw: unknown,
  beginning: Beginning,
  shares: readonly Share[],
): Called<StartedTasks> => {
  let next = state
  const tasks: Task[] = []
  const refused: InstanceRefusals[] = []
  const failures: Failure[] = []
  for (const share of shares) {
    const called = startShare(next, raw, beginning, share)
    if (E.isLeft(called)) return called
    const [after, answer] = called.right
    next = after
    tasks.push(...answer.tasks)
    refused.push(...answer.refusals)
    failures.push(...answer.failures)
  }
  return E.right([next, { tasks, failures, refusals: refused }])
}

/**
 * On instances what finds no place waits, if a provider may yet bring one or the option says so, or
 * else fails.
 */
const startShare = (
  state: ClusterState,
  raw: unknown,
  beginning: Beginning,
  share: Share,
): Called<StartedTasks> => {
  const { launchType, provider, count } = share
  const more =
    provider === undefined ? { launchType } : { launchType, capacityProviderName: provider }
  if (launchType === 'FARGATE') {
    const refused = refusedByFargate(state, raw, beginning.meant, share)
    return refused === undefined ? launchTasks(state, beginning, share, more) : E.left(refused)
  }
  const [next, { tasks, refused }] = placeTasks(
    state,
    beginning,
    count,
    more,
    offeredIn(state, share),
  )
  const none = { tasks, failures: failuresOf(refused), refusals: refused }
  const lastStatus = statusOfWaiting(state, share, refused)
  if (lastStatus === undefined || tasks.length === count) return E.right([next, none])
  const [after, left] = waiting(next, beginning, count - tasks.length, { ...more, lastStatus })
  return E.right([
    withWaiting(after, left.tasks, beginning.meant),
    { tasks: [...tasks, ...left.tasks], failures: [], refusals: refused },
  ])
}

/** Nothing, where what finds no place fails. */
const statusOfWaiting = (
  { options }: ClusterState,
  { provider }: Share,
  refused: readonly InstanceRefusals[],
): TaskStatus | undefined => {
  if (provider !== undefined) return options.unplaceable
  const { constraintBlocked } = options
  return constraintBlocked !== 'fails' && refused.some(isByConstraints)
    ? constraintBlocked
    : undefined
}

const waiting = (
  state: ClusterState,
  beginning: Beginning,
  count: number,
  more: Partial<Task>,
): readonly [ClusterState, StartedTasks] => {
  const tasks = Array.from({ length: count }, (_, i) =>
    startedTask(state, state.started + i + 1, beginning, more),
  )
  const begun = begin(state, tasks)
  return [begun, { tasks, failures: [], refusals: [] }]
}

const withWaiting = (state: ClusterState, tasks: readonly Task[], what: Meant): ClusterState => ({
  ...state,
  waiting: changed(
    state.waiting,
    tasks.map(({ taskArn }) => [taskArn, what]),
  ),
})

const isAnyOffered = (
  { instances }: ClusterState,
  share: Pick<Share, 'launchType' | 'provider'>,
): boolean => {
  for (const one of instances.values()) if (isOffered(one, share)) return true
  return false
}

/** The names of the instances that are looked at; nothing, where these are all. */
export const offeredIn = (
  { instances }: ClusterState,
  share: Pick<Share, 'launchType' | 'provider'>,
): readonly string[] | undefined => {
  const names: string[] = []
  for (const [name, one] of instances) if (isOffered(one, share)) names.push(name)
  return names.length === instances.size ? undefined : names
}

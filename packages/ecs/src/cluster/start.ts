/**
 * Starts the tasks of calls and services in one of two ways:
 *
 * 1. RunTask and services start their tasks share by share. A share is a count of tasks on one kind
 *    of capacity.
 * 2. StartTask starts one task on each instance that the call names.
 *
 * A task that finds no room fails, or waits for capacity.
 *
 * Source: Amazon ECS API Reference, RunTask and StartTask; Developer Guide, how Amazon ECS places
 * tasks.
 */
import { withChanges } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { offeredNames, type Share } from '../supply/share.js'
import { idIn, type Task, type TaskStatus } from '../words/task.js'
import type { ResolvedTask } from '../workload/workload.js'
import { launchTasks, refusalsOfFargate } from './launch.js'
import { arnOf } from './options.js'
import { placeTasks, withTasks } from './place.js'
import { failuresOf, isByConstraints, type InstanceRefusals } from './refusal.js'
import { findInstance, instanceArnOf, type EcsState } from './state.js'
import type { StartedTasks, StartResult } from './start-result.js'
import { newTask, type TaskStart } from './task.js'

/** Starts the tasks of all shares, or none of them when Fargate refuses the call. */
export const startShares = (
  state: EcsState,
  start: TaskStart,
  shares: readonly Share[],
): StartResult => {
  let next = state
  const answers: StartedTasks[] = []
  for (const share of shares) {
    const result = startShare(next, start, share)
    if (E.isLeft(result)) return result
    const [after, answer] = result.right
    next = after
    answers.push(answer)
  }
  return E.right([next, concatAnswers(answers)])
}

/** Concatenates the answers of one call. */
const concatAnswers = (answers: readonly StartedTasks[]): StartedTasks => ({
  tasks: answers.flatMap(({ tasks }) => tasks),
  failures: answers.flatMap(({ failures }) => failures),
  refusals: answers.flatMap(({ refusals }) => refusals),
})

const startShare = (state: EcsState, start: TaskStart, share: Share): StartResult => {
  const { launchType, provider } = share
  const more =
    provider === undefined ? { launchType } : { launchType, capacityProviderName: provider }
  if (launchType !== 'FARGATE') return E.right(startOnInstances(state, start, share, more))
  const refusals = refusalsOfFargate(state, start.resolved, share)
  return refusals.length > 0
    ? E.left({ _tag: 'Refused', refusals })
    : launchTasks(state, start, share, more)
}

/**
 * Starts a share on instances. A task without a place waits when its provider may still add an
 * instance, or when the option `constraintBlocked` says so; otherwise it fails.
 */
const startOnInstances = (
  state: EcsState,
  start: TaskStart,
  share: Share,
  more: Partial<Task>,
): readonly [EcsState, StartedTasks] => {
  const only = offeredNames(state, share)
  const [next, { tasks, refused }] = placeTasks(state, start, share.count, more, only)
  const lastStatus = statusOfWaiting(state, share, refused)
  if (lastStatus === undefined || tasks.length === share.count)
    return [next, { tasks, failures: failuresOf(refused), refusals: refused }]
  const rest = share.count - tasks.length
  const [after, waiting] = startWaiting(next, start, rest, { ...more, lastStatus })
  return [after, { tasks: [...tasks, ...waiting], failures: [], refusals: refused }]
}

/** The status of waiting tasks; `undefined` when a task without a place fails. */
const statusOfWaiting = (
  { options }: EcsState,
  { provider }: Share,
  refused: readonly InstanceRefusals[],
): TaskStatus | undefined => {
  if (provider !== undefined) return options.unplaceable
  const { constraintBlocked } = options
  return constraintBlocked !== 'fails' && refused.some(isByConstraints)
    ? constraintBlocked
    : undefined
}

const startWaiting = (
  state: EcsState,
  start: TaskStart,
  count: number,
  more: Partial<Task>,
): readonly [EcsState, readonly Task[]] => {
  const tasks = Array.from({ length: count }, (_, i) =>
    newTask(state, state.started + i + 1, start, more),
  )
  return [withWaiting(withTasks(state, tasks), tasks, start.resolved), tasks]
}

const withWaiting = (
  state: EcsState,
  tasks: readonly Task[],
  resolved: ResolvedTask,
): EcsState => ({
  ...state,
  waiting: withChanges(
    state.waiting,
    tasks.map(({ taskArn }) => [taskArn, resolved]),
  ),
})

/** Starts one task on each named instance that accepts it. */
export const startOnEach = (
  state: EcsState,
  start: TaskStart,
  names: readonly string[],
  launchType: 'EC2' | 'EXTERNAL',
): readonly [EcsState, StartedTasks] => {
  let next = state
  const answers = names.map((name) => {
    const [after, answer] = startOn(next, start, name, launchType)
    next = after
    return answer
  })
  return [next, concatAnswers(answers)]
}

const startOn = (
  state: EcsState,
  start: TaskStart,
  named: string,
  launchType: 'EC2' | 'EXTERNAL',
): readonly [EcsState, StartedTasks] => {
  const found = findInstance(state, named)
  if (found === undefined)
    return [state, startFailure(arnOf(state.options, 'container-instance', idIn(named)), 'MISSING')]
  const [name, instance] = found
  const arn = instanceArnOf(state.options, name, instance)
  if (instance.status === 'INACTIVE') return [state, startFailure(arn, 'INACTIVE')]
  const [next, { tasks, refused }] = placeTasks(state, start, 1, { launchType }, [name])
  const failures = refused.map(({ containerInstanceArn, refusals }) => ({
    arn: containerInstanceArn,
    reason: refusals[0]!.reasons[0]!,
  }))
  return [next, { tasks, failures, refusals: refused }]
}

const startFailure = (arn: string, reason: string): StartedTasks => ({
  tasks: [],
  failures: [{ arn, reason }],
  refusals: [],
})

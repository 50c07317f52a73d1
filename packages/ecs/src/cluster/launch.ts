/**
 * Starts the tasks of a call on Fargate, which creates one node for each task. A task fails when a
 * quota or the capacity is used up. Also lists the reasons why Fargate would refuse such a task.
 *
 * Source: Amazon ECS API Reference, RunTask and common errors; Developer Guide, AWS Fargate
 * throttling quotas. AWS does not document whether a call starts some of its tasks when the launch
 * rate limit allows only these; here such a call is refused as a whole.
 */
import { checkLaunch, launchNodes, type LaunchResult, type LaunchRefusal } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { launchRequest } from '../lower/launch.js'
import { capacityFailure } from '../raise/fargate.js'
import type { Share } from '../supply/share.js'
import { capacityOf } from '../words/placement.js'
import { attachedIn, type Task } from '../words/task.js'
import type { ResolvedTask } from '../workload/workload.js'
import { withTasks } from './place.js'
import type { Failure } from './refusal.js'
import type { StartResult } from './start-result.js'
import type { EcsState } from './state.js'
import { newTask, taskArnOf, type TaskStart } from './task.js'

/** Why Fargate refuses such a task, whatever else runs; empty when it accepts the task. */
export const refusalsOfFargate = (
  { machine }: EcsState,
  { workload }: ResolvedTask,
  { provider }: Share,
): readonly LaunchRefusal[] => {
  const verdict = checkLaunch(launchRequest(workload, capacityOf(provider), ''), machine.options)
  return E.isLeft(verdict) ? verdict.left : []
}

/**
 * Launches the tasks of a share. Tasks that are not vended are reported as one failure per reason.
 */
export const launchTasks = (
  state: EcsState,
  start: TaskStart,
  share: Share,
  more: Partial<Task>,
): StartResult => {
  const { workload } = start.resolved
  const requests = Array.from({ length: share.count }, (_, i) =>
    launchRequest(workload, capacityOf(share.provider), taskArnOf(state, state.started + i + 1)),
  )
  const [machine, launches] = launchNodes(state.machine, requests, state.at)
  const throttled = launches.find((one) => one._tag === 'Throttled')
  if (throttled?._tag === 'Throttled')
    return E.left({ _tag: 'Throttled', share, until: throttled.until })
  const tasks = launches.flatMap((one, i) =>
    one._tag === 'Vended'
      ? newTask(state, state.started + i + 1, start, {
          ...more,
          lastStatus: 'PROVISIONING',
          platformVersion: one.node.platform.version,
          attachments: attachedIn(one.node.subnet),
        })
      : [],
  )
  const next = withTasks({ ...state, machine }, tasks)
  return E.right([next, { tasks, failures: failuresIn(launches), refusals: [] }])
}

const failuresIn = (launches: readonly LaunchResult[]): readonly Failure[] => {
  const failures = launches.flatMap(capacityFailure)
  return [...new Set(failures.map(({ reason }) => reason))].map((reason) => {
    const alike = failures.filter((each) => each.reason === reason)
    return { reason, detail: `${alike.length} of the tasks: ${alike[0]!.detail}` }
  })
}

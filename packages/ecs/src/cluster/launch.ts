/**
 * Tasks on Fargate: asked of the vending machine, which has a node cut to each of them, unless
 * Fargate does not take such a task, there is no token for it, a quota is reached or capacity is
 * lacking.
 *
 * Source: Amazon ECS API Reference, RunTask and common errors; Developer Guide, AWS Fargate
 * throttling quotas. Whether a call that has tokens for some of its tasks starts those is not
 * documented; here it is refused as a whole, as calls are.
 */
import { apiErrorOf, judge, launchAll, type Launch } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import type { ClusterState } from './state.js'
import { launchRequest } from '../lower/launch.js'
import { capacityFailure } from '../raise/fargate.js'
import { startedTask, taskArnOf, type Beginning } from './task.js'
import { malformed, type Path } from '../words/complaint.js'
import { capacityOf } from '../words/placement.js'
import { isObject, own } from '../words/record.js'
import { attachedIn, type Task } from '../words/task.js'
import type { Meant } from '../api/decode.js'
import type { ApiException } from '../words/exception.js'
import { begin } from './place.js'
import type { Failure } from './refusal.js'
import type { Called, StartedTasks } from '../api/run-task.js'
import type { Share } from '../supply/share.js'

/** What Fargate has against such a task, whatever else runs. */
export const refusedByFargate = (
  { machine }: ClusterState,
  raw: unknown,
  { workload }: Meant,
  share: Share,
): ApiException | undefined => {
  const judged = judge(launchRequest(workload, capacityOf(share.provider), ''), machine.options)
  if (E.isRight(judged)) return undefined
  const errors = judged.left.map((refusal) => {
    const { exception, field, message } = apiErrorOf(refusal)
    return { exception, message, at: placeOf(raw, field) }
  })
  return {
    exception: errors[0]!.exception,
    message: errors.map(({ at, message }) => `${at.join('.')}: ${message}`).join('; '),
    wrong: errors.map(({ at, message }) => malformed(raw, { at, expected: message })),
  }
}

/** In the overrides of the call, if it is they that say it. */
const placeOf = (raw: unknown, field: string): Path => {
  const overrides = isObject(raw) ? own(raw, 'overrides') : undefined
  return isObject(overrides) && own(overrides, field) !== undefined ? ['overrides', field] : [field]
}

/** Those that are not vended leave the others as they are: there is one failure for each reason. */
export const launchTasks = (
  state: ClusterState,
  beginning: Beginning,
  share: Share,
  more: Partial<Task>,
): Called<StartedTasks> => {
  const { workload } = beginning.meant
  const requests = Array.from({ length: share.count }, (_, i) =>
    launchRequest(workload, capacityOf(share.provider), taskArnOf(state, state.started + i + 1)),
  )
  const [machine, launched] = launchAll(state.machine, requests, Math.round(state.at * 1000))
  const throttled = launched.find((one) => one._tag === 'Throttled')
  if (throttled?._tag === 'Throttled') return E.left(rateExceeded(share, throttled.until))
  const tasks = launched.flatMap((one, i) =>
    one._tag === 'Vended'
      ? startedTask(state, state.started + i + 1, beginning, {
          ...more,
          lastStatus: 'PROVISIONING',
          platformVersion: one.node.platform.version,
          attachments: attachedIn(one.node.subnet),
        })
      : [],
  )
  const next = begin({ ...state, machine }, tasks)
  return E.right([next, { tasks, failures: failuresIn(launched), refusals: [] }])
}

const rateExceeded = (share: Share, until: number): ApiException => ({
  exception: 'ThrottlingException',
  message: `Rate exceeded: there is no token of ${capacityOf(share.provider)} for each of ${share.count} tasks${
    Number.isFinite(until) ? `, and the next comes at ${until / 1000}` : ''
  }`,
  wrong: [],
})

const failuresIn = (launched: readonly Launch[]): readonly Failure[] => {
  const failures = launched.flatMap(capacityFailure)
  return [...new Set(failures.map(({ reason }) => reason))].map((reason) => {
    const alike = failures.filter((each) => each.reason === reason)
    return { reason, detail: `${alike.length} of the tasks: ${alike[0]!.detail}` }
  })
}

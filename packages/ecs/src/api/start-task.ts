/**
 * StartTask: starts one task on each of the instances that are named. No strategy chooses; an
 * instance is still asked for what the task needs.
 *
 * Source: Amazon ECS API Reference, StartTask; Developer Guide, API failure reasons. Whether the
 * constraints of the definition are asked is not documented; they are.
 */
import * as E from 'fp-ts/lib/Either.js'
import { arnOf } from '../cluster/options.js'
import { instanceArnOf, instanceOf, type ClusterState } from '../cluster/state.js'
import type { Beginning } from '../cluster/task.js'
import { idIn } from '../words/task.js'
import { StartTaskRequest } from '../words/task-request.js'
import { asked, meant } from './decode.js'
import { checkCompatibility, checkWithDefinition } from '../check/with-definition.js'
import { checkStartTask } from '../check/call.js'
import { refusing } from '../words/exception.js'
import { placeTasks } from '../cluster/place.js'
import type { Called, StartedTasks } from './run-task.js'

export const startTask = (state: ClusterState, raw: unknown, at: number): Called<StartedTasks> => {
  const read = asked(state, raw, at, StartTaskRequest, (request) => checkStartTask(request, raw))
  if (E.isLeft(read)) return read
  const request = read.right
  const found = meant(state, raw, request, {})
  if (E.isLeft(found)) return found
  const launchType = request.launchType === 'EXTERNAL' ? 'EXTERNAL' : 'EC2'
  const { definition, workload } = found.right
  const complaints = [
    ...checkWithDefinition(request, definition, workload, state.options),
    ...checkCompatibility(definition, launchType),
  ]
  if (complaints.length > 0) return E.left(refusing(raw, complaints))
  const beginning = { meant: found.right, startedBy: request.startedBy, at }
  let next: ClusterState = { ...state, at }
  const answers: StartedTasks[] = []
  for (const name of request.containerInstances) {
    const [after, answer] = startOn(next, beginning, name, launchType)
    next = after
    answers.push(answer)
  }
  return E.right([
    next,
    {
      tasks: answers.flatMap(({ tasks }) => tasks),
      failures: answers.flatMap(({ failures }) => failures),
      refusals: answers.flatMap(({ refusals }) => refusals),
    },
  ])
}

/** Starts one task on an instance, if it takes it. */
export const startOn = (
  state: ClusterState,
  beginning: Beginning,
  named: string,
  launchType: 'EC2' | 'EXTERNAL',
): readonly [ClusterState, StartedTasks] => {
  const found = instanceOf(state, named)
  if (found === undefined)
    return [state, failing(arnOf(state.options, 'container-instance', idIn(named)), 'MISSING')]
  const [name, instance] = found
  const arn = instanceArnOf(state.options, name, instance)
  if (instance.status === 'INACTIVE') return [state, failing(arn, 'INACTIVE')]
  const [next, { tasks, refused }] = placeTasks(state, beginning, 1, { launchType }, [name])
  const failures = refused.map(({ containerInstanceArn, refusals }) => ({
    arn: containerInstanceArn,
    reason: refusals[0]!.reasons[0]!,
  }))
  return [next, { tasks, failures, refusals: refused }]
}

const failing = (arn: string, reason: string): StartedTasks => ({
  tasks: [],
  failures: [{ arn, reason }],
  refusals: [],
})

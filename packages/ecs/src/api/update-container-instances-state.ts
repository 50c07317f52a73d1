/**
 * UpdateContainerInstancesState: draining instances, and taking them back. An instance that drains
 * keeps its tasks and gets no new ones; those of services that are still PENDING there stop at
 * once.
 *
 * Source: Amazon ECS API Reference, UpdateContainerInstancesState; Developer Guide, draining
 * container instances.
 */
import * as E from 'fp-ts/lib/Either.js'
import { arnOf } from '../cluster/options.js'
import { holderOf, instanceArnOf, instanceOf, type ClusterState } from '../cluster/state.js'
import { moved, stoppedAt } from '../agent/task-report.js'
import { withNode } from '../cluster/node.js'
import { list, oneOf, optional, text, type Codec } from '../words/codec.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { record } from '../words/record.js'
import { idIn, type Task } from '../words/task.js'
import { asked } from './decode.js'
import type { Failure } from '../cluster/refusal.js'
import type { Called } from './run-task.js'

export interface UpdateContainerInstancesStateRequest {
  readonly cluster?: string | undefined
  readonly containerInstances: readonly string[]
  readonly status: 'ACTIVE' | 'DRAINING'
}
const UpdateContainerInstancesStateRequest: Codec<UpdateContainerInstancesStateRequest> =
  record<UpdateContainerInstancesStateRequest>('a call of UpdateContainerInstancesState', {
    cluster: optional(text('the name or the ARN of a cluster')),
    containerInstances: list(
      'a list of container instances, at least one',
      text('the id or the ARN of an instance'),
      1,
    ),
    status: oneOf<'ACTIVE' | 'DRAINING'>(['ACTIVE', 'DRAINING']),
  })

export interface UpdatedInstances {
  readonly containerInstances: readonly ContainerInstance[]
  readonly failures: readonly Failure[]
}

const instancesMax = 10

export const updateContainerInstancesState = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<UpdatedInstances> => {
  const codec = UpdateContainerInstancesStateRequest
  const read = asked(state, raw, at, codec, ({ containerInstances: { length } }) =>
    length <= instancesMax
      ? []
      : [{ at: ['containerInstances'], found: `${length}`, expected: `at most ${instancesMax}` }],
  )
  if (E.isLeft(read)) return read
  const { containerInstances, status } = read.right
  let next: ClusterState = { ...state, at }
  const names: string[] = []
  const failures: Failure[] = []
  for (const named of containerInstances) {
    const updated = inStatus(next, named, status)
    if ('reason' in updated) failures.push(updated)
    else {
      next = updated.state
      names.push(updated.name)
    }
  }
  const instances = names.map((name) => next.instances.get(name)!)
  return E.right([next, { containerInstances: instances, failures }])
}

/**
 * Only what is ACTIVE drains, and only what drains becomes ACTIVE again; the API gives the reason
 * of those that are not there alone.
 */
const inStatus = (
  state: ClusterState,
  named: string,
  status: 'ACTIVE' | 'DRAINING',
): Failure | { readonly state: ClusterState; readonly name: string } => {
  const found = instanceOf(state, named)
  if (found === undefined)
    return { arn: arnOf(state.options, 'container-instance', idIn(named)), reason: 'MISSING' }
  const [name, instance] = found
  const { status: before = 'ACTIVE' } = instance
  if (before !== 'ACTIVE' && before !== 'DRAINING')
    return { arn: instanceArnOf(state.options, name, instance), reason: before }
  if (before === status) return { state, name }
  const updated = withNode(state, name, { ...instance, status })
  return { state: status === 'DRAINING' ? withoutPending(updated, name) : updated, name }
}

const withoutPending = (state: ClusterState, name: string): ClusterState =>
  [...state.tasks.values()]
    .filter((task) => isPendingOfService(task) && holderOf(state, task) === name)
    .reduce((before, task) => moved(before, stoppedAt({ ...task, ...drained }, state.at)), state)

const isPendingOfService = ({ group = '', lastStatus }: Task): boolean =>
  group.startsWith('service:') && lastStatus === 'PENDING'

const drained = {
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason: 'The container instance is DRAINING',
} as const

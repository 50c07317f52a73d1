/**
 * DeregisterContainerInstance.
 *
 * Source: Amazon ECS API Reference, DeregisterContainerInstance. What becomes of the records of
 * tasks on an instance that is deregistered by force is not documented: here they are STOPPED, as
 * nobody accounts for them any more.
 */
import * as E from 'fp-ts/lib/Either.js'
import { holderOf, instanceOf, type ClusterState } from '../cluster/state.js'
import { describeInstances } from '../cluster/describe.js'
import type { OneInstance } from '../agent/instance-report.js'
import { moved, stoppedAt } from '../agent/task-report.js'
import { withNode } from '../cluster/node.js'
import { flag, optional, text, type Codec } from '../words/codec.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { record } from '../words/record.js'
import { hasStopped } from '../words/task.js'
import { asked } from './decode.js'
import { refusing } from '../words/exception.js'
import type { Called } from './run-task.js'

export interface DeregisterContainerInstanceRequest {
  readonly cluster?: string | undefined
  readonly containerInstance: string
  readonly force?: boolean | undefined
}
const DeregisterContainerInstanceRequest: Codec<DeregisterContainerInstanceRequest> =
  record<DeregisterContainerInstanceRequest>('a call of DeregisterContainerInstance', {
    cluster: optional(text('the name or the ARN of a cluster')),
    containerInstance: text('the id or the ARN of an instance'),
    force: optional(flag),
  })

/** An instance with tasks is deregistered by force alone. */
export const deregisterContainerInstance = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<OneInstance> => {
  const read = asked(state, raw, at, DeregisterContainerInstanceRequest, () => [])
  if (E.isLeft(read)) return read
  const { containerInstance, force = false } = read.right
  const found = instanceOf(state, containerInstance)
  if (found === undefined || found[1].status === 'INACTIVE') {
    const expected = 'a container instance that is registered'
    return E.left(refusing(raw, [{ at: ['containerInstance'], expected }]))
  }
  const [name, instance] = found
  const here = [...state.tasks.values()].filter(
    (task) => !hasStopped(task) && holderOf(state, task) === name,
  )
  if (!force && (here.length > 0 || hasTasks(state, name)))
    return E.left(
      refusing(raw, [{ at: ['force'], expected: 'true, as there are tasks on the instance' }]),
    )
  const orphaned = here.reduce(
    (before, task) => moved(before, stoppedAt({ ...task, ...orphan }, at)),
    { ...state, at },
  )
  const inactive: ContainerInstance = { ...instance, status: 'INACTIVE', agentConnected: false }
  const next = withNode(orphaned, name, inactive, 'emptied')
  return E.right([next, { containerInstance: next.instances.get(name)! }])
}

const orphan = {
  stopCode: 'UserInitiated',
  stoppedReason: 'The container instance was deregistered by force',
} as const

/** Also those that only the instance itself tells of. */
const hasTasks = (state: ClusterState, name: string): boolean => {
  const described = describeInstances(state)[[...state.instances.keys()].indexOf(name)]
  return (described?.runningTasksCount ?? 0) > 0
}

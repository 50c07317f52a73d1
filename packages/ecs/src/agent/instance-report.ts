/**
 * What becomes of an instance: its status and its agent. An instance that is no longer ACTIVE, or
 * whose agent is not connected, keeps its tasks and gets no new ones.
 *
 * Source: Amazon ECS API Reference, UpdateContainerInstancesState and ContainerInstance.
 */
import * as E from 'fp-ts/lib/Either.js'
import { instanceOf, type ClusterState } from '../cluster/state.js'
import { withNode } from '../cluster/node.js'
import { asked } from '../api/decode.js'
import { refusing } from '../words/exception.js'
import type { Called } from '../api/run-task.js'
import { flag, oneOf, optional, text, type Codec } from '../words/codec.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { record } from '../words/record.js'

export const instanceStatuses = [
  ...(['REGISTERING', 'REGISTRATION_FAILED', 'ACTIVE'] as const),
  ...(['DRAINING', 'DEREGISTERING', 'INACTIVE'] as const),
] as const
export type InstanceStatus = (typeof instanceStatuses)[number]

/** What is new of an instance; what is not named stays. */
export interface InstanceReport {
  readonly cluster?: string | undefined
  readonly containerInstance: string
  readonly status?: InstanceStatus | undefined
  readonly agentConnected?: boolean | undefined
}
const InstanceReport: Codec<InstanceReport> = record<InstanceReport>('a report about an instance', {
  cluster: optional(text('the name or the ARN of a cluster')),
  containerInstance: text('the id or the ARN of an instance'),
  status: optional(oneOf<InstanceStatus>(instanceStatuses)),
  agentConnected: optional(flag),
})

export interface OneInstance {
  readonly containerInstance: ContainerInstance
}

export const reportInstance = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<OneInstance> => {
  const read = asked(state, raw, at, InstanceReport, () => [])
  if (E.isLeft(read)) return read
  const { containerInstance, status, agentConnected } = read.right
  const found = instanceOf(state, containerInstance)
  if (found === undefined) {
    const expected = 'a container instance of the cluster'
    return E.left(refusing(raw, [{ at: ['containerInstance'], expected }]))
  }
  const [name, before] = found
  const after: ContainerInstance = {
    ...before,
    ...(status === undefined ? {} : { status }),
    ...(agentConnected === undefined ? {} : { agentConnected }),
  }
  const isNew = after.status !== before.status || after.agentConnected !== before.agentConnected
  const next = isNew ? withNode(state, name, after) : state
  return E.right([{ ...next, at }, { containerInstance: next.instances.get(name)! }])
}

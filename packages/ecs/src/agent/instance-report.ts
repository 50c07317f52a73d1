/**
 * Applies a report about a container instance to the cluster: sets the status of the instance, and
 * whether its agent is connected. An instance that is not ACTIVE, or whose agent is not connected,
 * keeps its tasks and gets no new ones.
 *
 * Source: Amazon ECS API Reference, UpdateContainerInstancesState and ContainerInstance.
 */
import { flag, nonEmptyText, oneOf, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { perform, noComplaints, type ApiAction } from '../api/action.js'
import { resolveInstance } from '../api/resolve.js'
import type { OneInstance } from '../cluster/instance.js'
import { replaceNode } from '../cluster/node.js'
import type { EcsState } from '../cluster/state.js'
import type { ContainerInstance } from '../words/container-instance.js'

/** The statuses of a container instance, in the order of its life cycle. */
export const instanceStatuses = [
  ...(['REGISTERING', 'REGISTRATION_FAILED', 'ACTIVE'] as const),
  ...(['DRAINING', 'DEREGISTERING', 'INACTIVE'] as const),
] as const
/** A status of a container instance. */
export type InstanceStatus = (typeof instanceStatuses)[number]

/** What changed on an instance; an absent field stays as it is. */
export interface InstanceReport {
  readonly cluster?: string | undefined
  readonly containerInstance: string
  readonly status?: InstanceStatus | undefined
  readonly agentConnected?: boolean | undefined
}
const InstanceReport: Codec<InstanceReport> = record<InstanceReport>('a report about an instance', {
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
  containerInstance: nonEmptyText('the id or the ARN of an instance'),
  status: optional(oneOf<InstanceStatus>(instanceStatuses)),
  agentConnected: optional(flag),
})

const instanceReport: ApiAction<InstanceReport, OneInstance> = {
  codec: InstanceReport,
  check: noComplaints,
  apply: (call) =>
    pipe(
      resolveInstance(call),
      E.map(([name, before]) => update(call.state, name, before, call.request)),
    ),
}

const update = (
  state: EcsState,
  name: string,
  before: ContainerInstance,
  { status, agentConnected }: InstanceReport,
): readonly [EcsState, OneInstance] => {
  const after: ContainerInstance = {
    ...before,
    ...(status === undefined ? {} : { status }),
    ...(agentConnected === undefined ? {} : { agentConnected }),
  }
  const isNew = after.status !== before.status || after.agentConnected !== before.agentConnected
  const next = isNew ? replaceNode(state, name, after) : state
  return [next, { containerInstance: next.instances.get(name)! }]
}

/** Applies a report about an instance: returns the next state and the record of the instance. */
export const reportInstance = perform(instanceReport)

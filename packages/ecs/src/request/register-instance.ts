/**
 * RegisterContainerInstance, as the agent calls it, and DeregisterContainerInstance.
 *
 * An instance that gets a trunk for its network interfaces is REGISTERING until somebody reports that it is ACTIVE: where the account setting
 * awsvpcTrunking is enabled, on Linux, of a type that has one, launched after the setting was made.
 *
 * Source: Amazon ECS API Reference, RegisterContainerInstance and DeregisterContainerInstance; Developer Guide, elastic network interface
 * trunking. What becomes of the records of tasks on an instance that is deregistered by force is not documented: here they are STOPPED, as
 * nobody accounts for them any more.
 */
import { reading } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { arnOf } from '../cluster/options.js'
import { holderOf, instanceOf, type ClusterState } from '../cluster/state.js'
import { trunkAttribute, taskInterfacesOf } from '../lower/interface.js'
import { describeInstances } from '../task/describe-instances.js'
import type { OneInstance } from '../task/instance.js'
import { moved, stoppedAt } from '../task/report.js'
import { withNode } from '../task/with-node.js'
import { checkContainerInstance } from '../check/container-instance.js'
import { flag, list, oneOf, optional, text, type Codec } from '../words/codec.js'
import {
  Attribute,
  attributeOf,
  Resource,
  VersionInfo,
  type ContainerInstance,
} from '../words/container-instance.js'
import { attributesIn, IdentityDocument } from '../words/identity-document.js'
import { instantText } from '../words/instant.js'
import { record } from '../words/record.js'
import { hasStopped } from '../words/task.js'
import { asked } from './asked.js'
import { refusing } from './exception.js'
import type { Called } from './run-task.js'

interface PlatformDevice {
  readonly id: string
  readonly type: 'GPU'
}
const PlatformDevice: Codec<PlatformDevice> = record<PlatformDevice>('a device', {
  id: text('the id of a device'),
  type: oneOf<'GPU'>(['GPU']),
})

export interface RegisterContainerInstanceRequest {
  readonly cluster?: string | undefined
  /** A JSON text. */
  readonly instanceIdentityDocument: IdentityDocument
  readonly totalResources: readonly Resource[]
  readonly attributes?: readonly Attribute[] | undefined
  readonly versionInfo?: VersionInfo | undefined
  readonly platformDevices?: readonly PlatformDevice[] | undefined
}
const RegisterContainerInstanceRequest: Codec<RegisterContainerInstanceRequest> =
  record<RegisterContainerInstanceRequest>('a call of RegisterContainerInstance', {
    cluster: optional(text('the name or the ARN of a cluster')),
    instanceIdentityDocument: IdentityDocument,
    totalResources: list('a list of resources', Resource),
    attributes: optional(list('a list of attributes', Attribute)),
    versionInfo: optional(VersionInfo),
    platformDevices: optional(list('a list of devices', PlatformDevice)),
  })

/** One that is registered already is registered anew, and keeps its tasks. */
export const registerContainerInstance = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<OneInstance> => {
  const read = asked(state, raw, at, RegisterContainerInstanceRequest, (request) =>
    checkContainerInstance(registered(state, request, at)).map((complaint) => ({
      ...complaint,
      at: complaint.at.map((step) => (step === 'registeredResources' ? 'totalResources' : step)),
    })),
  )
  if (E.isLeft(read)) return read
  const name = read.right.instanceIdentityDocument.instanceId
  const next = withNode({ ...state, at }, name, registered(state, read.right, at))
  return E.right([next, { containerInstance: next.instances.get(name)! }])
}

const registered = (
  state: ClusterState,
  request: RegisterContainerInstanceRequest,
  at: number,
): ContainerInstance => {
  const { instanceIdentityDocument: document, totalResources, versionInfo } = request
  const { attributes = [], platformDevices = [] } = request
  const gpus = platformDevices.map(({ id }) => id)
  const ec2InstanceId = document.instanceId
  const instance: ContainerInstance = {
    ...state.instances.get(ec2InstanceId),
    ec2InstanceId,
    containerInstanceArn: arnOf(state.options, 'container-instance', ec2InstanceId),
    status: 'ACTIVE',
    agentConnected: true,
    versionInfo,
    registeredAt: instantText(at),
    registeredResources: [
      ...totalResources,
      ...(gpus.length === 0
        ? []
        : [{ name: 'GPU', type: 'STRINGSET' as const, stringSetValue: gpus }]),
    ],
    attributes: [...attributesIn(document), ...attributes],
  }
  return withTrunk(state, instance, document.pendingTime ?? instantText(at)!)
}

const withTrunk = (
  { options }: ClusterState,
  instance: ContainerInstance,
  launchedAt: string,
): ContainerInstance => {
  const { awsvpcTrunking, taskInterfaces } = options
  const since = awsvpcTrunking === 'never' ? undefined : instantText(awsvpcTrunking)
  const isAfter = since !== undefined && (reading('instant')(launchedAt, since) ?? -1) >= 0
  const trunk = { name: trunkAttribute, value: `trunk-of-${instance.ec2InstanceId}` }
  const trunked = { ...instance, attributes: [...(instance.attributes ?? []), trunk] }
  const isNew = attributeOf(instance, trunkAttribute) === undefined
  return isNew &&
    isAfter &&
    attributeOf(instance, 'ecs.os-type') !== 'windows' &&
    taskInterfacesOf(trunked, taskInterfaces) !== undefined
    ? { ...trunked, status: 'REGISTERING' }
    : instance
}

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

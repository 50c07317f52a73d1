/**
 * RegisterContainerInstance, as the agent calls it.
 *
 * An instance that gets a trunk for its network interfaces is REGISTERING until somebody reports
 * that it is ACTIVE: where the account setting awsvpcTrunking is enabled, on Linux, of a type that
 * has one, launched after the setting was made.
 *
 * Source: Amazon ECS API Reference, RegisterContainerInstance; Developer Guide, elastic network
 * interface trunking.
 */
import { compareAs } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { instanceArnOf, type ClusterState } from '../cluster/state.js'
import { trunkAttribute, taskInterfacesOf } from '../lower/interface.js'
import type { OneInstance } from '../task/instance.js'
import { withNode } from '../task/with-node.js'
import { checkContainerInstance } from '../check/container-instance.js'
import { list, oneOf, optional, text, type Codec } from '../words/codec.js'
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
import { asked } from './asked.js'
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
  const before = state.instances.get(ec2InstanceId)
  const instance: ContainerInstance = {
    ...before,
    ec2InstanceId,
    containerInstanceArn: instanceArnOf(state.options, ec2InstanceId, before),
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
    attributes: [...attributes, ...attributesIn(document)],
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
  const isAfter = since !== undefined && (compareAs('instant')(launchedAt, since) ?? -1) >= 0
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

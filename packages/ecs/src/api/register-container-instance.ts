/**
 * RegisterContainerInstance: adds a container instance, as its agent does when it starts. An
 * instance that gets a trunk network interface is REGISTERING until a report says that it is
 * ACTIVE.
 *
 * Source: Amazon ECS API Reference, RegisterContainerInstance; Developer Guide, elastic network
 * interface trunking.
 */
import { list, nonEmptyText, oneOf, optional, record, type Codec } from '@stowage/documents'
import { compareAs, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { instanceArnOf, type EcsState } from '../cluster/state.js'
import { trunkAttribute, taskInterfacesOf } from '../lower/interface.js'
import { replaceNode } from '../cluster/node.js'
import { checkContainerInstance } from '../check/container-instance.js'
import {
  Attribute,
  attributeOf,
  isOnWindows,
  Resource,
  VersionInfo,
  type ContainerInstance,
} from '../words/container-instance.js'
import { attributesIn, IdentityDocument } from '../words/identity-document.js'
import { instantText } from '../words/instant.js'
import { perform, type ApiAction } from './action.js'
import type { OneInstance } from '../cluster/instance.js'

interface PlatformDevice {
  readonly id: string
  readonly type: 'GPU'
}
const PlatformDevice: Codec<PlatformDevice> = record<PlatformDevice>('a device', {
  id: nonEmptyText('the id of a device'),
  type: oneOf<'GPU'>(['GPU']),
})

export interface RegisterContainerInstanceRequest {
  readonly cluster?: string | undefined
  /** The instance identity document of EC2; in the request it is a JSON text. */
  readonly instanceIdentityDocument: IdentityDocument
  readonly totalResources: readonly Resource[]
  readonly attributes?: readonly Attribute[] | undefined
  readonly versionInfo?: VersionInfo | undefined
  readonly platformDevices?: readonly PlatformDevice[] | undefined
}
const RegisterContainerInstanceRequest: Codec<RegisterContainerInstanceRequest> =
  record<RegisterContainerInstanceRequest>('a call of RegisterContainerInstance', {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    instanceIdentityDocument: IdentityDocument,
    totalResources: list('a list of resources', Resource),
    attributes: optional(list('a list of attributes', Attribute)),
    versionInfo: optional(VersionInfo),
    platformDevices: optional(list('a list of devices', PlatformDevice)),
  })

/** An instance that is already registered is replaced and keeps its tasks. */
export const registerContainerInstanceAction: ApiAction<
  RegisterContainerInstanceRequest,
  OneInstance
> = {
  codec: RegisterContainerInstanceRequest,
  check: ({ state, request, at }) =>
    checkContainerInstance(recordOf(state, request, at)).map((complaint) => ({
      ...complaint,
      at: complaint.at.map((step) => (step === 'registeredResources' ? 'totalResources' : step)),
    })),
  apply: ({ state, request, at }) => {
    const name = request.instanceIdentityDocument.instanceId
    const next = replaceNode(state, name, recordOf(state, request, at))
    return E.right([next, { containerInstance: next.instances.get(name)! }])
  },
}

const recordOf = (
  state: EcsState,
  request: RegisterContainerInstanceRequest,
  at: Instant,
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

/**
 * An instance gets a trunk when it runs Linux, its type supports trunks, and it was launched after
 * the account setting awsvpcTrunking was enabled.
 */
const withTrunk = (
  { options }: EcsState,
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
    !isOnWindows(instance) &&
    taskInterfacesOf(trunked, taskInterfaces) !== undefined
    ? { ...trunked, status: 'REGISTERING' }
    : instance
}

/** Performs RegisterContainerInstance. */
export const registerContainerInstance = perform(registerContainerInstanceAction)

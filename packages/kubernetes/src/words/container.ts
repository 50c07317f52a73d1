/**
 * Types and codecs of a pod's containers and init containers: the fields that scheduling and
 * Fargate read.
 */
import { flag, listOrEmpty, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { Amounts } from './amounts.js'
import { port } from './whole-number.js'

/** Requests and limits by resource name. */
export interface Resources {
  readonly requests: Amounts
  readonly limits: Amounts
}
const presentResources: Codec<Resources> = t.type(
  { requests: Amounts, limits: Amounts },
  'an object',
)
const noResources: Resources = { requests: new Map(), limits: new Map() }

/** Absent `resources` mean no requests and no limits. */
export const Resources: Codec<Resources> = new t.Type<Resources, unknown>(
  'an object',
  presentResources.is,
  (value, context) =>
    value === undefined || value === null
      ? t.success(noResources)
      : presentResources.validate(value, context),
  (resources) => resources,
)

/** A port of a container; a `hostPort` above 0 is also occupied on the node. */
export interface ContainerPort {
  readonly containerPort: number
  readonly hostPort: number | undefined
  readonly hostIP: string | undefined
  readonly protocol: string | undefined
}
const ContainerPort: Codec<ContainerPort> = t.type(
  {
    containerPort: port,
    hostPort: optional(port),
    hostIP: optional(text),
    protocol: optional(text),
  },
  'an object',
)

/** A container or an init container. */
export interface Container {
  readonly name: string
  readonly resources: Resources
  readonly ports: readonly ContainerPort[]
  readonly image: string | undefined
  readonly restartPolicy: string | undefined
  readonly restartPolicyRules: readonly { readonly action: string | undefined }[]
  readonly volumeMounts: readonly { readonly bindMountOptions: readonly string[] }[]
  readonly securityContext: { readonly privileged: boolean | undefined } | undefined
}
export const Container: Codec<Container> = t.type(
  {
    name: text,
    resources: Resources,
    ports: listOrEmpty(ContainerPort),
    image: optional(text),
    restartPolicy: optional(text),
    restartPolicyRules: listOrEmpty(t.type({ action: optional(text) }, 'an object')),
    volumeMounts: listOrEmpty(t.type({ bindMountOptions: listOrEmpty(text) }, 'an object')),
    securityContext: optional(t.type({ privileged: optional(flag) }, 'an object')),
  },
  'an object',
)

/** Whether an init container is a sidecar, which keeps running beside the containers. */
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always'

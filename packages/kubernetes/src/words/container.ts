/**
 * Defines the types and codecs of a pod's containers and init containers: the fields that
 * scheduling and Fargate read.
 */
import {
  flag,
  listOrEmpty,
  optional,
  record,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import { Amounts } from './amounts.js'
import { port } from './whole-number.js'

/** Requests and limits by resource name. */
export interface Resources {
  readonly requests: Amounts
  readonly limits: Amounts
}

/** Absent `resources` mean no requests and no limits. */
export const Resources: Codec<Resources> = withDefault(
  record<Resources>('an object', { requests: Amounts, limits: Amounts }),
  { requests: new Map(), limits: new Map() },
)

/** A port of a container; a `hostPort` above 0 is also occupied on the node. */
export interface ContainerPort {
  readonly containerPort: number
  readonly hostPort: number | undefined
  readonly hostIP: string | undefined
  readonly protocol: string | undefined
}
const ContainerPort: Codec<ContainerPort> = record<ContainerPort>('an object', {
  containerPort: port,
  hostPort: optional(port),
  hostIP: optional(text),
  protocol: optional(text),
})

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
export const Container: Codec<Container> = record<Container>('an object', {
  name: text,
  resources: Resources,
  ports: listOrEmpty(ContainerPort),
  image: optional(text),
  restartPolicy: optional(text),
  restartPolicyRules: listOrEmpty(record('an object', { action: optional(text) })),
  volumeMounts: listOrEmpty(record('an object', { bindMountOptions: listOrEmpty(text) })),
  securityContext: optional(record('an object', { privileged: optional(flag) })),
})

/** Whether an init container is a sidecar, which keeps running beside the containers. */
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always'

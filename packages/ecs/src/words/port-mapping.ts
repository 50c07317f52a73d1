/**
 * Type and codec of a port mapping of a container: a container port, the host port that it binds,
 * and the protocol.
 *
 * Source: Amazon ECS API Reference, PortMapping.
 */
import { oneOf, optional, record, text, whole, type Codec } from '@stowage/documents'

/** The transport protocol of a port; tcp by default. */
export type Protocol = 'tcp' | 'udp'

/** The fields of a port mapping that are read. */
export interface PortMapping {
  readonly containerPort?: number | undefined
  readonly hostPort?: number | undefined
  readonly protocol?: Protocol | undefined
  readonly containerPortRange?: string | undefined
}

const port = whole('a port from 0 to 65535', 0, 65_535)

export const PortMapping: Codec<PortMapping> = record<PortMapping>('a port mapping', {
  containerPort: optional(port),
  hostPort: optional(port),
  protocol: optional(oneOf<Protocol>(['tcp', 'udp'])),
  containerPortRange: optional(text),
})

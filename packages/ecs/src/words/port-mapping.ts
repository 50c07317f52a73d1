/** Port mappings, and which ports of the host they take. */
import { oneOf, optional, record, text, whole, type Codec } from '@stowage/documents'

export type Protocol = 'tcp' | 'udp'

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

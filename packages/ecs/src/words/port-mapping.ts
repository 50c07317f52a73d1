/**
 * Defines the type and codec of a port mapping of a container: a container port, the host port that
 * it binds, and the protocol.
 *
 * Source: Amazon ECS API Reference, PortMapping.
 */
import { optional, record, text, whole, type Codec } from '@stowage/documents'

/** The transport protocol of a port. */
export type Protocol = 'tcp' | 'udp'

/** The fields of a port mapping that are read. */
export interface PortMapping {
  readonly containerPort?: number | undefined
  readonly hostPort?: number | undefined
  readonly protocol?: string | undefined
  readonly containerPortRange?: string | undefined
}

const port = whole('a port from 0 to 65535', 0, 65_535)

export const PortMapping: Codec<PortMapping> = record<PortMapping>('a port mapping', {
  containerPort: optional(port),
  hostPort: optional(port),
  protocol: optional(text),
  containerPortRange: optional(text),
})

/** The protocol of a mapping: `udp` in small letters is UDP, and any other text counts as tcp. */
export const protocolOf = ({ protocol }: PortMapping): Protocol =>
  protocol === 'udp' ? 'udp' : 'tcp'

/** The container ports of a mapping, as a document has them: `80`, or `80-90`. */
export const containerPortsOf = ({ containerPort, containerPortRange }: PortMapping): string =>
  containerPortRange ?? String(containerPort)

/** The first and the last container port of a mapping; `undefined` for a text that is no range. */
export const portRangeOf = (
  mapping: PortMapping,
): readonly [first: number, last: number] | undefined => {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(containerPortsOf(mapping)) ?? []
  return first === undefined ? undefined : [Number(first), Number(last)]
}

/** True when the mapping has the container port, alone or within a range. */
export const hasPort = (mapping: PortMapping, port: number): boolean => {
  const [first, last] = portRangeOf(mapping) ?? [Infinity, 0]
  return first <= port && port <= last
}

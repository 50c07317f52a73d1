/**
 * Builds the kernel's rules for the host ports of a task: an instance holds at most one task for
 * each host port and protocol, and has at most 100 reserved ports.
 *
 * Source: Amazon ECS API Reference, PortMapping.
 */
import {
  internDimension,
  internWord,
  type DimensionId,
  type Draft,
  type WordId,
  type Filter,
} from '@stowage/kernel'
import type { OperatingSystem } from '@stowage/fargate'
import { protocolOf, type PortMapping, type Protocol } from '../words/port-mapping.js'
import { systemOf, type TaskDefinition } from '../words/task-definition.js'
import { filterReason } from './reason.js'
import { gpu } from './gpu.js'

/** Host ports by protocol. */
export interface HostPorts {
  readonly TCP: readonly string[]
  readonly UDP: readonly string[]
}

/**
 * The host ports that a task takes. In bridge mode a task has the fixed host ports of its port
 * mappings. In host mode the container port is the host port. In the other modes a task has no host
 * port.
 */
export const hostPortsOf = ({ networkMode, containerDefinitions }: TaskDefinition): HostPorts => {
  const mappings = containerDefinitions.flatMap(({ portMappings }) => portMappings ?? [])
  const taken = (protocol: Protocol) =>
    mappings
      .filter((mapping) => protocolOf(mapping) === protocol)
      .flatMap((mapping) => hostPort(networkMode, mapping) ?? [])
      .filter((port) => port > 0)
      .map(String)
  return { TCP: unique(taken('tcp')), UDP: unique(taken('udp')) }
}

const hostPort = (
  networkMode: TaskDefinition['networkMode'],
  mapping: PortMapping,
): number | undefined => {
  if (networkMode === 'awsvpc' || networkMode === 'none') return undefined
  return networkMode === 'host' ? mapping.containerPort : mapping.hostPort
}

/** The texts without repetitions. */
export const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]

/** The facts of a task that takes these ports, such as `TCP/80`. */
export const portFacts = (draft: Draft, ports: HostPorts): readonly WordId[] =>
  (['TCP', 'UDP'] as const).flatMap((protocol) =>
    ports[protocol].map((port) => internWord(draft, `${protocol}/${port}`)),
  )

/** Keeps a task off an instance where one of its ports is taken. */
export const portLimits = (draft: Draft, ports: HostPorts): readonly Filter<'Limit'>[] => [
  ...limit(portFacts(draft, { TCP: ports.TCP, UDP: [] }), 'tcpPorts'),
  ...limit(portFacts(draft, { TCP: [], UDP: ports.UDP }), 'udpPorts'),
]

const limit = (
  facts: readonly WordId[],
  refusal: 'tcpPorts' | 'udpPorts',
): readonly Filter<'Limit'>[] =>
  facts.length === 0
    ? []
    : [
        {
          _tag: 'Limit',
          ...filterReason(refusal),
          removable: true,
          tally: {
            facts: { _tag: 'Some', of: facts.map((fact) => ({ _tag: 'Fact', word: fact })) },
            domain: 'node',
            absent: 'own',
          },
          self: 1,
          max: 1,
        },
      ]

/**
 * Of both protocols, including those of the agent, Docker and SSH; ports that the host assigns are
 * not counted.
 */
export const reservedPortsMax = 100

/** The dimension of reserved ports. */
export const reservedPort = (draft: Draft): DimensionId => internDimension(draft, 'reserved port')

/** The dimensions of which no instance can be given more. */
export const fixedDimensions = (draft: Draft): readonly DimensionId[] => [
  reservedPort(draft),
  gpu(draft),
]

/** How many ports a task reserves. A fixed port is reserved while its task is on the instance. */
export const reservedPortsIn = ({ TCP, UDP }: HostPorts): number => TCP.length + UDP.length

/**
 * The range of ports that a host assigns to containers without a fixed port, unless it is
 * configured otherwise.
 */
export const ephemeralPorts: Readonly<
  Record<OperatingSystem, { readonly min: number; readonly max: number }>
> = {
  linux: { min: 49_153, max: 65_535 },
  windows: { min: 49_152, max: 65_535 },
}

/** The fixed ports of a task that its host could also assign to another. */
export const ephemeralIn = (definition: TaskDefinition): readonly string[] => {
  const { min, max } = ephemeralPorts[systemOf(definition)]
  const { TCP, UDP } = hostPortsOf(definition)
  return [...TCP, ...UDP].filter((port) => Number(port) >= min && Number(port) <= max)
}

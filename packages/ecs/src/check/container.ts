/**
 * Validates the containers of a task definition: unique names, memory, timeouts on Fargate, port
 * mappings, and fields that the network mode rules out, such as `links` outside of bridge mode. At
 * least one container must be essential.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition and PortMapping.
 */
import { duplicates } from '@stowage/documents'
import { checkBetween } from './between.js'
import { checkPortRanges } from './port-range.js'
import type { Complaint } from '../words/complaint.js'
import {
  isEssential,
  memoryMin,
  memoryOf,
  stopTimeoutOnFargateMax,
  type ContainerDefinition,
} from '../words/container-definition.js'
import { protocolOf, type PortMapping } from '../words/port-mapping.js'
import { isFor, type TaskDefinition } from '../words/task-definition.js'

/** The most containers of a task definition, a quota that AWS does not raise. */
const containersMax = 10

/** `min` is the least memory of a container, in MiB. */
export const checkContainers = (
  definition: TaskDefinition,
  min: number = memoryMin.modern,
): readonly Complaint[] => [
  ...duplicates(definition.containerDefinitions, ({ name }) => name).map(({ index }) => ({
    at: ['containerDefinitions', index, 'name'],
    expected: 'a name that no other container of the task has',
  })),
  ...(definition.containerDefinitions.length > containersMax
    ? [{ at: ['containerDefinitions'], expected: `at most ${containersMax} containers` }]
    : []),
  ...checkHostPorts(definition),
  ...definition.containerDefinitions.flatMap((container, i) =>
    checkContainer(definition, container, min).map((complaint) => ({
      ...complaint,
      at: ['containerDefinitions', i, ...complaint.at],
    })),
  ),
  ...(definition.containerDefinitions.some(isEssential)
    ? []
    : [{ at: ['containerDefinitions'], expected: 'an essential container at least' }]),
]

const checkContainer = (
  definition: TaskDefinition,
  container: ContainerDefinition,
  min: number,
): readonly Complaint[] => [
  ...checkMemory(definition, container, min),
  ...checkTimeouts(definition, container),
  ...checkPorts(definition, container.portMappings ?? []),
  ...checkPortRanges(definition, container.portMappings ?? []),
  ...checkModeFields(definition, container),
]

const checkMemory = (
  definition: TaskDefinition,
  container: ContainerDefinition,
  min: number,
): readonly Complaint[] => {
  const { memory, memoryReservation } = container
  const small = (['memory', 'memoryReservation'] as const).filter(
    (field) => (container[field] ?? min) < min,
  )
  if (small.length > 0)
    return small.map((field) => ({
      at: [field],
      expected: `a whole number of MiB, ${min} or more`,
    }))
  if (memoryOf(container) === 0 && definition.memory === undefined)
    return [
      {
        at: ['memory'],
        expected: 'memory or memoryReservation, as the task definition has no memory of its own',
      },
    ]
  if (memory === undefined) return []
  const taskMemory = definition.memory ?? memory
  return [
    ...(memory < (memoryReservation ?? memory)
      ? [{ at: ['memory'], expected: `at least memoryReservation, ${memoryReservation} MiB` }]
      : []),
    ...(memory > taskMemory && memoryOf(container) <= taskMemory
      ? [{ at: ['memory'], expected: `at most the memory of the task, ${taskMemory} MiB` }]
      : []),
  ]
}

/** Both timeouts have bounds on Fargate, in seconds. */
const checkTimeouts = (
  definition: TaskDefinition,
  container: ContainerDefinition,
): readonly Complaint[] =>
  isFor(definition, 'FARGATE')
    ? (['startTimeout', 'stopTimeout'] as const).flatMap((field) =>
        checkBetween([field], container[field], timeoutOnFargateMin, stopTimeoutOnFargateMax).map(
          ({ at, expected }) => ({ at, expected: `${expected} seconds, on Fargate` }),
        ),
      )
    : []

const timeoutOnFargateMin = 2

/**
 * A mapping names a container port or a range of them. In the modes `host` and `awsvpc` ports are
 * not translated, so the host port must equal the container port.
 */
const checkPorts = (
  { networkMode }: TaskDefinition,
  mappings: readonly PortMapping[],
): readonly Complaint[] => {
  if (networkMode === 'none' && mappings.length > 0)
    return [{ at: ['portMappings'], expected: 'no port mappings, as networkMode is none' }]
  return mappings.flatMap((mapping, i) => {
    const at = ['portMappings', i]
    const { containerPort = 0, hostPort, containerPortRange } = mapping
    if (containerPort === 0)
      return containerPortRange === undefined
        ? [{ at: [...at, 'containerPort'], expected: 'a port from 1 to 65535' }]
        : []
    const isTranslated = networkMode !== 'awsvpc' && networkMode !== 'host'
    if (isTranslated || hostPort === undefined || hostPort === containerPort) return []
    const expected = `${containerPort}, its containerPort, or nothing, as networkMode is ${networkMode}`
    return [{ at: [...at, 'hostPort'], expected }]
  })
}

/**
 * A port of the host, or of the task's own interface, is mapped once for each protocol. In bridge
 * mode a host port of 0 is chosen by the host.
 */
const checkHostPorts = (definition: TaskDefinition): readonly Complaint[] => {
  const isBridge = (definition.networkMode ?? 'bridge') === 'bridge'
  const field = isBridge ? 'hostPort' : 'containerPort'
  const ports = definition.containerDefinitions.flatMap(({ portMappings = [] }, i) =>
    portMappings.map((mapping, k) => ({
      at: ['containerDefinitions', i, 'portMappings', k, field],
      port: mapping[field] ?? 0,
      protocol: protocolOf(mapping),
    })),
  )
  return duplicates(ports, ({ port, protocol }) =>
    port === 0 ? undefined : `${protocol}/${port}`,
  ).map(({ item: { at, port, protocol } }) => ({
    at,
    expected: `a port of its own: ${protocol.toUpperCase()} port ${port} is mapped already`,
  }))
}

/** Links need the bridge of Docker, and a task with an interface of its own has its own name. */
const checkModeFields = (
  { networkMode = 'bridge' }: TaskDefinition,
  { links = [], hostname = '' }: ContainerDefinition,
): readonly Complaint[] => [
  ...(links.length > 0 && networkMode !== 'bridge'
    ? [{ at: ['links'], expected: `no links, as networkMode is ${networkMode}` }]
    : []),
  ...(hostname !== '' && networkMode === 'awsvpc'
    ? [{ at: ['hostname'], expected: 'nothing, as networkMode is awsvpc' }]
    : []),
]

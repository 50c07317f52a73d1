/**
 * Validates the containers of a task definition beyond the types of their fields.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition and PortMapping.
 */
import { duplicates } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'
import {
  isEssential,
  memoryMin,
  memoryOf,
  stopTimeoutOnFargateMax,
  type ContainerDefinition,
} from '../words/container-definition.js'
import type { PortMapping } from '../words/port-mapping.js'
import { isFor, type TaskDefinition } from '../words/task-definition.js'

/** `min` is the least memory of a container, in MiB. */
export const checkContainers = (
  definition: TaskDefinition,
  min: number = memoryMin.modern,
): readonly Complaint[] => [
  ...duplicates(definition.containerDefinitions, ({ name }) => name).map(({ index }) => ({
    at: ['containerDefinitions', index, 'name'],
    expected: 'a name that no other container of the task has',
  })),
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
  ...checkStopTimeout(definition, container),
  ...checkPorts(definition, container.portMappings ?? []),
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
  if (memory === undefined || memoryReservation === undefined || memory > memoryReservation)
    return []
  return [{ at: ['memory'], expected: `more than memoryReservation, ${memoryReservation} MiB` }]
}

const checkStopTimeout = (
  definition: TaskDefinition,
  { stopTimeout = 0 }: ContainerDefinition,
): readonly Complaint[] =>
  isFor(definition, 'FARGATE') && stopTimeout > stopTimeoutOnFargateMax
    ? [{ at: ['stopTimeout'], expected: `at most ${stopTimeoutOnFargateMax} seconds, on Fargate` }]
    : []

/**
 * In the modes `host` and `awsvpc` ports are not translated, so the host port must equal the
 * container port.
 */
const checkPorts = (
  { networkMode }: TaskDefinition,
  mappings: readonly PortMapping[],
): readonly Complaint[] => {
  if (networkMode === 'none' && mappings.length > 0)
    return [{ at: ['portMappings'], expected: 'no port mappings, as networkMode is none' }]
  if (networkMode !== 'awsvpc' && networkMode !== 'host') return []
  return mappings.flatMap(({ containerPort, hostPort }, i) => {
    if (hostPort === undefined || hostPort === containerPort) return []
    const same = containerPort === undefined ? '' : `${containerPort}, its containerPort, or `
    const expected = `${same}nothing, as networkMode is ${networkMode}`
    return [{ at: ['portMappings', i, 'hostPort'], expected }]
  })
}

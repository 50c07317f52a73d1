/**
 * What the API asks of the containers of a task definition beyond their types.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition and PortMapping.
 */
import { repeated, type Complaint } from './complaint.js'
import { memoryOf, type ContainerDefinition } from './container-definition.js'
import type { PortMapping } from './port-mapping.js'
import { gpusIn } from './resource-requirement.js'
import type { TaskDefinition } from './task-definition.js'

export const checkContainers = (definition: TaskDefinition): readonly Complaint[] => [
  ...repeated(
    definition.containerDefinitions,
    ({ name }) => name,
    (_, i) => ({
      at: ['containerDefinitions', i, 'name'],
      expected: 'a name that no other container of the task has',
    }),
  ),
  ...definition.containerDefinitions.flatMap((container, i) =>
    checkContainer(definition, container).map((complaint) => ({
      ...complaint,
      at: ['containerDefinitions', i, ...complaint.at],
    })),
  ),
]

const checkContainer = (
  definition: TaskDefinition,
  container: ContainerDefinition,
): readonly Complaint[] => [
  ...checkMemory(definition, container),
  ...checkGpus(container),
  ...checkPorts(definition, container.portMappings ?? []),
]

const checkMemory = (
  definition: TaskDefinition,
  container: ContainerDefinition,
): readonly Complaint[] => {
  const { memory, memoryReservation } = container
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

const checkGpus = ({ resourceRequirements }: ContainerDefinition): readonly Complaint[] =>
  (resourceRequirements ?? []).flatMap((requirement, i) =>
    gpusIn(requirement) === undefined
      ? [
          {
            at: ['resourceRequirements', i, 'value'],
            expected: 'a whole number of GPUs, 1 or more, or "ALL"',
          },
        ]
      : [],
  )

/** Where a task has the host's network or one of its own, nothing stands between its ports and the outside. */
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

/**
 * Applies the overrides of a call to a task definition: the sizes of the task and of its
 * containers, and their devices.
 *
 * Source: Amazon ECS API Reference, TaskOverride and ContainerOverride.
 */
import type { ContainerDefinition } from '../words/container-definition.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { ContainerOverride, TaskOverride } from '../words/task-request.js'

/** The task definition that the tasks of one call have. */
export const withOverrides = (
  definition: TaskDefinition,
  { cpu, memory, ephemeralStorage, containerOverrides = [] }: TaskOverride = {},
): TaskDefinition => ({
  ...definition,
  ...definedFields({ cpu, memory, ephemeralStorage }),
  containerDefinitions: definition.containerDefinitions.map((container) =>
    containerOverrides
      .filter(({ name }) => name === container.name)
      .reduce((before, override) => withOverride(before, override), container),
  ),
})

const withOverride = (
  container: ContainerDefinition,
  { cpu, memory, memoryReservation, resourceRequirements }: ContainerOverride,
): ContainerDefinition => ({
  ...container,
  ...definedFields({ cpu, memory, memoryReservation, resourceRequirements }),
})

/** The fields that are not `undefined`. */
const definedFields = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Fields>

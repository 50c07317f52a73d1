/**
 * Lists the fields of a task definition that affect placement on instances in Amazon ECS, and that
 * a plan ignores so far. A plan warns about each of them.
 */
import { requirementsIn, type TaskDefinition } from '../words/task-definition.js'

const fieldsWhere = (fields: readonly (readonly [field: string, holds: boolean])[]) =>
  fields.flatMap(([field, holds]) => (holds ? [field] : []))

/**
 * The fields of a task definition that are not honoured, by name. Fields that are neither here nor
 * in a codec do not affect where a task goes: `availabilityZoneRebalancing`, for example, governs
 * how a service changes over time. `deploymentConfiguration` is read for a warning about what has
 * to wait.
 */
export const notHonouredInTask = (definition: TaskDefinition): readonly string[] => {
  const { containerDefinitions, inferenceAccelerators = [], networkMode } = definition
  const mapped = containerDefinitions.flatMap((each) => each.portMappings ?? [])
  return fieldsWhere([
    ['inferenceAccelerators', inferenceAccelerators.length > 0],
    [
      'resourceRequirements of type InferenceAccelerator',
      requirementsIn(definition).some(({ type }) => type === 'InferenceAccelerator'),
    ],
    [
      'portMappings of ranges on the host',
      networkMode === 'host' && mapped.some((each) => each.containerPortRange !== undefined),
    ],
  ])
}

/**
 * The fields with a meaning for placement on instances that are read and not honoured yet. Fields
 * that are neither here nor in the codecs have no say in where a task goes:
 * `deploymentConfiguration` and `availabilityZoneRebalancing` among them, as they govern how a
 * service gets from one state to another, not where its tasks fit.
 */
import { requirementsIn, type TaskDefinition } from './task-definition.js'

const fieldsWhere = (fields: readonly (readonly [field: string, holds: boolean])[]) =>
  fields.flatMap(([field, holds]) => (holds ? [field] : []))

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

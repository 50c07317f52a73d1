/**
 * The fields with a meaning for placement on instances that are read and not honoured yet. Fields that are neither here nor in
 * the codecs have no say in where a task goes: `deploymentConfiguration` and `availabilityZoneRebalancing` among them, as they
 * govern how a service gets from one state to another, not where its tasks fit.
 */
import { isShared } from './resource-requirement.js'
import type { TaskDefinition } from './task-definition.js'

const fieldsWhere = (fields: readonly (readonly [field: string, holds: boolean])[]) =>
  fields.flatMap(([field, holds]) => (holds ? [field] : []))

export const notHonouredInTask = (definition: TaskDefinition): readonly string[] => {
  const { containerDefinitions, inferenceAccelerators = [], networkMode } = definition
  const required = containerDefinitions.flatMap((each) => each.resourceRequirements ?? [])
  const mapped = containerDefinitions.flatMap((each) => each.portMappings ?? [])
  return fieldsWhere([
    ['inferenceAccelerators', inferenceAccelerators.length > 0],
    ['sharingStrategy of GPUs', required.some(isShared)],
    ['resourceRequirements of other devices', required.some(({ type }) => type !== 'GPU')],
    [
      'portMappings of ranges on the host',
      networkMode === 'host' && mapped.some((each) => each.containerPortRange !== undefined),
    ],
  ])
}

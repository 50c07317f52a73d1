/**
 * Checks the field names of RunTask and StartTask, including the fields that placement ignores. A
 * call with any other field is refused, so that a misspelt field is never ignored silently; AWS's
 * own tools refuse such a call too.
 *
 * Source: Amazon ECS API Reference, RunTask and StartTask.
 */
import { isObject, nearestNames, type Path } from '@stowage/documents'
import type { Complaint } from './complaint.js'

/** The nested fields by name; a list has the fields of its items. `any` accepts any content. */
interface Fields {
  readonly [name: string]: Fields | 'any'
}

const namedFields = (...names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, 'any']))

const overrides: Fields = {
  ...namedFields(
    'cpu',
    'memory',
    'executionRoleArn',
    'taskRoleArn',
    'inferenceAcceleratorOverrides',
  ),
  ephemeralStorage: namedFields('sizeInGiB'),
  containerOverrides: {
    ...namedFields('name', 'cpu', 'memory', 'memoryReservation'),
    ...namedFields('command', 'environment', 'environmentFiles'),
    resourceRequirements: namedFields('type', 'value', 'sharingStrategy'),
  },
}

const commonCallFields: Fields = {
  ...namedFields('cluster', 'taskDefinition', 'group', 'startedBy', 'propagateTags', 'tags'),
  ...namedFields(
    'enableECSManagedTags',
    'enableExecuteCommand',
    'referenceId',
    'volumeConfigurations',
  ),
  networkConfiguration: {
    awsvpcConfiguration: namedFields('subnets', 'securityGroups', 'assignPublicIp'),
  },
  overrides,
}

const capacityFields: Fields = {
  launchType: 'any',
  capacityProviderStrategy: namedFields('capacityProvider', 'base', 'weight'),
  placementConstraints: namedFields('type', 'expression'),
  placementStrategy: namedFields('type', 'field'),
}

/**
 * StartTask lists the capacity fields that it does not have, because `checkStartTask` words their
 * refusal.
 */
export const callFields = {
  RunTask: {
    ...commonCallFields,
    ...capacityFields,
    ...namedFields('count', 'clientToken', 'platformVersion'),
  },
  StartTask: { ...commonCallFields, ...capacityFields, ...namedFields('containerInstances') },
} as const satisfies Readonly<Record<string, Fields>>

/** A complaint for every field that the call does not have, at any depth. */
export const checkFields = (
  call: keyof typeof callFields,
  value: unknown,
): readonly Complaint[] => {
  const inside = (fields: Fields, part: unknown, at: Path): readonly Complaint[] => {
    if (Array.isArray(part)) return part.flatMap((item, i) => inside(fields, item, [...at, i]))
    if (!isObject(part)) return []
    return Object.entries(part).flatMap(([name, member]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (field === 'any') return []
      if (field !== undefined) return inside(field, member, [...at, name])
      const [near] = nearestNames(name, Object.keys(fields))
      return [
        {
          at: [...at, name],
          found: 'a field of this name',
          expected: `a field of ${call}, such as ${near}`,
        },
      ]
    })
  }
  return inside(callFields[call], value, [])
}

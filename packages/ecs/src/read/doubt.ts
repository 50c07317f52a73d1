/**
 * Warns of each value in the documents that the documentation of Amazon ECS rules out, when it is
 * unknown whether the API refuses the value. Services that the API printed get no such warning,
 * because the API has accepted them.
 */
import { pathOf } from '@stowage/kernel'
import {
  doubtsOfDefinition,
  doubtsOfService,
  doubtsOfStrategies,
  type Doubt,
} from '../check/doubt.js'
import { completeComplaint } from '../words/complaint.js'
import type { Part } from '../words/part.js'
import type { Service } from '../words/service.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { EcsWarning } from '../words/warning.js'
import type { ResolvedCall } from './call.js'
import type { ReadPart } from './reading.js'
import { isPrinted } from './resolved.js'

/** The warnings about task definitions, services and calls. */
export const doubtWarnings = (
  definitions: readonly ReadPart<TaskDefinition>[],
  services: readonly ReadPart<Service>[],
  calls: readonly ResolvedCall[],
): readonly EcsWarning[] => [
  ...definitions.flatMap(({ part, value }) =>
    warningsFor(part, `task definition ${value.family}`, doubtsOfDefinition(value)),
  ),
  ...services
    .filter(({ part }) => !isPrinted(part))
    .flatMap(({ part, value }) =>
      warningsFor(part, `service ${value.serviceName}`, doubtsOfService(value)),
    ),
  ...calls.flatMap(({ part, action, request, definition }) =>
    warningsFor(
      part,
      `call of ${action} for ${definition.value.family}`,
      doubtsOfStrategies(request),
    ),
  ),
]

const warningsFor = (
  part: Part,
  subject: string,
  doubts: readonly Doubt[],
): readonly EcsWarning[] =>
  doubts.map(({ at, why }) => {
    const written = completeComplaint(part.value, { at, expected: why })
    const { at: place } = part.spelt?.(written) ?? written
    return {
      ...{ code: 'RefusalUncertain', from: part.from, subject },
      text: 'the documentation of Amazon ECS excludes it, and whether the API refuses or ignores it is not known: it is planned as it is written',
      detail: `${pathOf(place)}: ${why}`,
    }
  })

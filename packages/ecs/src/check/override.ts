/**
 * Validates the overrides of a RunTask or StartTask call: every container that they name must
 * exist, and the task definition must still be valid with the overrides applied.
 *
 * Source: Amazon ECS API Reference, TaskOverride and ContainerOverride.
 */
import type { Workload } from '../workload/workload.js'
import { checkNeeds, type DefinitionOptions } from './task-definition.js'
import type { Complaint } from '../words/complaint.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'

/** `definition` is the registered one; `workload` is the result of applying the call to it. */
export const checkOverrides = (
  { overrides }: RunTaskRequest | StartTaskRequest,
  { containerDefinitions }: TaskDefinition,
  workload: Workload,
  options: DefinitionOptions,
): readonly Complaint[] => [
  ...(overrides?.containerOverrides ?? []).flatMap(({ name }, i) =>
    containerDefinitions.some((container) => container.name === name)
      ? []
      : [
          {
            at: ['overrides', 'containerOverrides', i, 'name'],
            expected: `a container of the task definition: ${containerDefinitions.map((each) => each.name).join(', ')}`,
          },
        ],
  ),
  ...checkNeeds(workload.definition, options).map((complaint) => ({
    ...complaint,
    at: ['overrides', ...complaint.at],
  })),
]

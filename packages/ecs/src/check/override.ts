/**
 * Validates the overrides of a call of RunTask or StartTask against the task definition that it
 * names.
 *
 * Source: Amazon ECS API Reference, TaskOverride and ContainerOverride.
 */
import type { QueryOptions } from '../query/options.js'
import type { Workload } from '../workload/workload.js'
import { checkTaskDefinition } from './task-definition.js'
import type { Complaint } from '../words/complaint.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'

/**
 * `definition` is the registered one; `workload` is the result of applying the call to it. What is
 * wrong with a field of the definition itself is no fault of the call, and is left to the check of
 * the definition.
 */
export const checkOverrides = (
  { overrides }: RunTaskRequest | StartTaskRequest,
  definition: TaskDefinition,
  workload: Workload,
  rules: { readonly memoryMin: number; readonly query: QueryOptions },
): readonly Complaint[] => [
  ...(overrides?.containerOverrides ?? []).flatMap(({ name }, i) =>
    definition.containerDefinitions.some((container) => container.name === name)
      ? []
      : [
          {
            at: ['overrides', 'containerOverrides', i, 'name'],
            expected: `a container of the task definition: ${definition.containerDefinitions.map((each) => each.name).join(', ')}`,
          },
        ],
  ),
  ...checkOverridden(definition, workload.definition, rules),
]

/** The complaints about fields that only the overrides make wrong. */
const checkOverridden = (
  definition: TaskDefinition,
  overridden: TaskDefinition,
  { memoryMin, query }: { readonly memoryMin: number; readonly query: QueryOptions },
): readonly Complaint[] => {
  const complaintsAbout = (one: TaskDefinition) => checkTaskDefinition(one, memoryMin, query)
  const own = new Set(complaintsAbout(definition).map(({ at }) => JSON.stringify(at)))
  return complaintsAbout(overridden)
    .filter(({ at }) => !own.has(JSON.stringify(at)))
    .map((complaint) => ({ ...complaint, at: ['overrides', ...complaint.at] }))
}

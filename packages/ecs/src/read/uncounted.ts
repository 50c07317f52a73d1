/**
 * Warns of each service that reports more running and pending tasks than the input contains. It is
 * unknown on which instances the missing tasks run, so a plan places them again. Their resources
 * may then count twice, because the instances report them as taken.
 */
import type { Service } from '../words/service.js'
import { hasStopped, type Task } from '../words/task.js'
import type { Part } from '../words/part.js'
import type { ReadPart } from './reading.js'
import type { EcsWarning } from '../words/warning.js'

/** A warning for each service with tasks that are not among `tasks`. */
export const uncountedWarnings = (
  services: readonly ReadPart<Service>[],
  tasks: readonly ReadPart<Task>[],
): readonly EcsWarning[] => {
  const known = new Map<string, number>()
  for (const { part, value: task } of tasks)
    if (task.group !== undefined && !hasStopped(task) && task.desiredStatus !== 'STOPPED') {
      const key = groupKey(part, task.group)
      known.set(key, (known.get(key) ?? 0) + 1)
    }
  return services.flatMap(({ part, value }) => {
    const { serviceName, runningCount = 0, pendingCount = 0 } = value
    if (value.taskSet !== undefined) return []
    const missing =
      runningCount + pendingCount - (known.get(groupKey(part, `service:${serviceName}`)) ?? 0)
    return missing <= 0 ? [] : [unlistedTasksWarning(part.from, serviceName, missing)]
  })
}

/** Groups are counted by cluster. */
const groupKey = ({ cluster = '' }: Part, group: string): string => JSON.stringify([cluster, group])

const unlistedTasksWarning = (from: string, serviceName: string, missing: number): EcsWarning => ({
  code: 'TasksNotListed',
  from,
  subject: `service ${serviceName}`,
  text: 'it has tasks that are not among the documents: as nobody says where they are, they are planned anew; add what describe-tasks prints',
  detail: String(missing),
})

/**
 * Tests whether a task belongs to a service, by its task group, and lists the groups of tasks. Only
 * tasks whose desired status is not STOPPED count towards `desiredCount`, bases, weights and
 * daemons.
 */
import type { Task } from '../words/task.js'
import { groupOf, type Workload } from './workload.js'

/**
 * True for a task of the service that should run. A task that a call started belongs to no service.
 */
export const isOwnTask = (workload: Workload, { group, desiredStatus }: Task): boolean =>
  workload.service !== undefined && group === groupOf(workload) && desiredStatus !== 'STOPPED'

/** The groups of the tasks, each once, in the order of the tasks. */
export const groupsOf = (tasks: Iterable<Task>): readonly string[] => {
  const groups = new Set<string>()
  for (const { group } of tasks) if (group !== undefined) groups.add(group)
  return [...groups]
}

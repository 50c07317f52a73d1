/**
 * The tasks of a service among the tasks of a cluster. They are found by their group, and only those
 * whose desired status is not STOPPED count: towards `desiredCount`, bases, weights and daemons.
 */
import type { Task } from '../words/task.js'
import { groupOf, type Workload } from './workload.js'

/** Whether a task belongs to a service and is to run. A task of a call belongs to no workload. */
export const isOwnTask = (workload: Workload, { group, desiredStatus }: Task): boolean =>
  workload.service !== undefined && group === groupOf(workload) && desiredStatus !== 'STOPPED'

/** The groups of the tasks, each once, in the order of the tasks. */
export const groupsOf = (tasks: Iterable<Task>): readonly string[] => {
  const groups = new Set<string>()
  for (const { group } of tasks) if (group !== undefined) groups.add(group)
  return [...groups]
}

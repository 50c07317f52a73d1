/**
 * Decides whether a task belongs to a service: the task is in the service's task group, and its
 * desired status is not STOPPED. Also returns the task group of a task, and the distinct task
 * groups of several tasks.
 */
import type { Service } from '../words/service.js'
import { idIn, type Task } from '../words/task.js'
import { groupOf, type Workload } from './workload.js'

/**
 * True for a task of the service that should run. A task that a call started belongs to no service.
 */
export const isOwnTask = (workload: Workload, task: Task): boolean =>
  workload.service !== undefined &&
  task.group === groupOf(workload) &&
  task.desiredStatus !== 'STOPPED' &&
  isOfTaskSet(workload.service, task)

/** A task is started by its task set; where it does not say so, its definition tells the set. */
const isOfTaskSet = (
  { taskSet, taskDefinition }: Service,
  { startedBy, taskDefinitionArn }: Task,
): boolean =>
  taskSet === undefined ||
  startedBy === taskSet ||
  (startedBy === undefined && idIn(taskDefinitionArn) === idIn(taskDefinition))

/** The groups of the tasks, each once, in the order of the tasks. */
export const groupsOf = (tasks: Iterable<Task>): readonly string[] => {
  const groups = new Set<string>()
  for (const { group } of tasks) if (group !== undefined) groups.add(group)
  return [...groups]
}

/** The group of a task; one without a group has that which a call gives it by default. */
export const taskGroupOf = ({ group, taskDefinitionArn }: Task): string =>
  group ?? `family:${idIn(taskDefinitionArn).replace(/:\d+$/, '')}`

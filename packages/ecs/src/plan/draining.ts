/**
 * Warns about services whose tasks on DRAINING instances cannot all be replaced at once. A service
 * keeps to two bounds while its tasks are replaced:
 *
 * - at most `maximumPercent` of its count, rounded down, run or start, the old tasks included;
 * - at least `minimumHealthyPercent` of its count, rounded up, stay healthy.
 *
 * Source: Amazon ECS Developer Guide, container instance draining; API Reference,
 * DeploymentConfiguration (defaults of a REPLICA service: 200 and 100).
 */
import { taskBounds } from '../service/task-bounds.js'
import { isOwnTask } from '../workload/own-task.js'
import { countOf, isDaemonWorkload, type Workload } from '../workload/workload.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { hasStopped, idIn, type Task } from '../words/task.js'
import type { EcsWarning } from '../words/warning.js'

/**
 * A warning for each service whose replacements wait for one another.
 *
 * A plan shows the final state, in which each of these tasks has a place elsewhere. Until then, the
 * first replacements start within the first bound. Where that bound leaves no room, tasks stop
 * first, within the second bound. Where neither bound leaves room, nothing is replaced. All tasks
 * that run are taken for healthy.
 */
export const replacementWarnings = (
  workloads: readonly Workload[],
  tasks: readonly Task[],
  instances: readonly ContainerInstance[],
): readonly EcsWarning[] => {
  const draining = new Set(
    instances
      .filter(({ status }) => status === 'DRAINING')
      .flatMap((one) => [instanceName(one), idIn(one.containerInstanceArn ?? '')]),
  )
  draining.delete('')
  return workloads.flatMap((workload) => {
    const own = isDaemonWorkload(workload)
      ? []
      : tasks.filter((task) => !hasStopped(task) && isOwnTask(workload, task))
    const leaving = own.filter((task) => draining.has(idIn(task.containerInstanceArn ?? '')))
    const pending = leaving.filter(({ lastStatus }) => lastStatus !== 'RUNNING').length
    const text = waitText(workload, own.length - pending, leaving.length - pending)
    return text === undefined
      ? []
      : [
          {
            ...{ code: 'ReplacementsWait', from: workload.from, subject: workload.subject },
            text: 'its tasks on instances that are DRAINING are not all replaced at once: the plan shows the end',
            detail: text,
          } as const,
        ]
  })
}

/**
 * What has to wait; `undefined` when every task is replaced at once. `all` are its tasks, those
 * that leave included. Pending tasks on a DRAINING instance stop at once and are in neither.
 */
const waitText = (workload: Workload, all: number, leaving: number): string | undefined => {
  const count = countOf(workload)
  const { minimumHealthyPercent, maximumPercent, tasksMin, tasksMax } = taskBounds(
    workload.service ?? {},
    count,
  )
  const startable = Math.max(0, tasksMax - all)
  const needed = Math.max(0, leaving - Math.max(0, all - count))
  if (startable >= needed) return undefined
  const stoppable = Math.min(leaving, Math.max(0, all - tasksMin))
  const bounds = `minimumHealthyPercent ${minimumHealthyPercent}, maximumPercent ${maximumPercent} of ${count}`
  if (startable > 0)
    return `${startable} of ${needed} at once, the rest as old ones stop (${bounds})`
  return stoppable > 0
    ? `none of ${needed} before old ones stop, ${stoppable} of which may at once (${bounds})`
    : `none of ${needed}, as none may stop first (${bounds}): lower the one or raise the other`
}

/**
 * Determines which tasks of a service are healthy, and which are replaced as unhealthy:
 *
 * 1. A task without checks is healthy once it has run for `settleTime`.
 * 2. A task with checks (of its essential containers, of its load balancer target) is healthy when
 *    the last result of each check is healthy.
 * 3. A task is unhealthy while the last result of any check is unhealthy. It is replaced once the
 *    grace period of its service is over.
 *
 * Source: Amazon ECS API Reference, DeploymentConfiguration, Task and CreateService,
 * healthCheckGracePeriodSeconds.
 */
import { later, type Instant } from '@stowage/kernel'
import { isEssential } from '../words/container-definition.js'
import type { Service } from '../words/service.js'
import type { Workload } from '../workload/workload.js'
import type { CheckKind, OwnTask, Verdicts } from './memory.js'
import { settleTime } from './options.js'

/** True when a check says that the task does not work. */
export const isUnhealthy = ({ verdicts }: Pick<OwnTask, 'verdicts'>): boolean =>
  verdicts.container === 'UNHEALTHY' || verdicts.target === 'UNHEALTHY'

/** True for a task that counts towards `minimumHealthyPercent`. */
export const isHealthy = (task: OwnTask, now: Instant): boolean =>
  task.phase === 'running' &&
  !isUnhealthy(task) &&
  task.provenAt !== undefined &&
  task.provenAt <= now

/** Milliseconds for which failing checks are ignored once a task runs. */
export const graceOf = ({ healthCheckGracePeriodSeconds = 0 }: Service): number =>
  healthCheckGracePeriodSeconds * 1000

/** True for a task that is to be replaced because it is unhealthy. */
export const isFailing = (task: OwnTask, grace: number, now: Instant): boolean => {
  if (!isUnhealthy(task)) return false
  if (grace === 0) return true
  return task.runningAt !== undefined && later(task.runningAt, grace) <= now
}

/** The checks that the tasks of a workload must pass. */
export const checksOf = ({ definition, service }: Workload): readonly CheckKind[] => {
  const isContainerChecked = definition.containerDefinitions.some(
    (container) => isEssential(container) && container.healthCheck !== undefined,
  )
  const isTarget = (service?.loadBalancers ?? []).length > 0
  return [
    ...(isContainerChecked ? (['container'] as const) : []),
    ...(isTarget ? (['target'] as const) : []),
  ]
}

/** The task after it was seen to run. */
export const withRunning = (task: OwnTask, checks: readonly CheckKind[], now: Instant): OwnTask => {
  const running = { ...task, runningAt: task.runningAt ?? now }
  if (task.provenAt !== undefined) return running
  return checks.length === 0 ? { ...running, provenAt: later(now, settleTime) } : running
}

/** The task after a report. HEALTHY does not shorten the time of a task without a check. */
export const withVerdicts = (
  task: OwnTask,
  news: Verdicts,
  checks: readonly CheckKind[],
  now: Instant,
): OwnTask => {
  const verdicts = { ...task.verdicts, ...news }
  const isPassed = checks.length > 0 && checks.every((check) => verdicts[check] === 'HEALTHY')
  return {
    ...task,
    verdicts,
    ...(isPassed && task.provenAt === undefined ? { provenAt: now } : {}),
  }
}

/** When a task has to be looked at again: it may count as healthy then, or as failing. */
export const dueOf = (task: OwnTask, grace: number, now: Instant): readonly Instant[] => {
  if (task.phase !== 'running') return []
  const graceEnd = task.runningAt === undefined ? undefined : later(task.runningAt, grace)
  return [task.provenAt, isUnhealthy(task) ? graceEnd : undefined].filter(
    (at): at is Instant => at !== undefined && at > now,
  )
}

/**
 * Tells which tasks count as healthy. A task without a check is healthy once it has run for
 * `settleTime`. A task with a check is healthy from the report HEALTHY on: the check is the one of
 * an essential container, or that of a load balancer. Either is unhealthy after the report
 * UNHEALTHY, until the report HEALTHY.
 *
 * Source: Amazon ECS API Reference, DeploymentConfiguration and Task, healthStatus.
 */
import { later, type Instant } from '@stowage/kernel'
import { isEssential } from '../words/container-definition.js'
import type { Workload } from '../workload/workload.js'
import type { KnownHealth, OwnTask } from './memory.js'
import { settleTime } from './options.js'

/** True for a task that counts towards `minimumHealthyPercent`. */
export const isHealthy = ({ phase, provenAt, isUnhealthy }: OwnTask, now: Instant): boolean =>
  phase === 'running' && !isUnhealthy && provenAt !== undefined && provenAt <= now

/** True when the tasks of a workload have a check, whose result has to be reported. */
export const hasHealthCheck = ({ definition, service }: Workload): boolean =>
  definition.containerDefinitions.some(
    (container) => isEssential(container) && container.healthCheck !== undefined,
  ) || (service?.loadBalancers ?? []).length > 0

/** The task after it was seen to run. */
export const withRunning = (task: OwnTask, isChecked: boolean, now: Instant): OwnTask =>
  isChecked || task.provenAt !== undefined ? task : { ...task, provenAt: later(now, settleTime) }

/** The task after a report. HEALTHY does not shorten the time of a task without a check. */
export const withHealth = (
  { provenAt, ...task }: OwnTask,
  health: KnownHealth,
  isChecked: boolean,
  now: Instant,
): OwnTask => {
  const proven = provenAt ?? (isChecked && health === 'HEALTHY' ? now : undefined)
  return {
    ...task,
    isUnhealthy: health === 'UNHEALTHY',
    ...(proven === undefined ? {} : { provenAt: proven }),
  }
}

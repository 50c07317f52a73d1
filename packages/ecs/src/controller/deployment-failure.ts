/**
 * Fails a deployment when its circuit breaker trips, one of its alarms goes off, or a call stops
 * it. A failed deployment starts no more tasks. With rollback, the service returns to the newest
 * deployment that was completed before.
 *
 * Source: Amazon ECS Developer Guide, how the deployment circuit breaker detects failures, and how
 * CloudWatch alarms detect deployment failures.
 */
import { withChanges, type Instant, type MapChange, type ReplicaId } from '@stowage/kernel'
import { afterHealthyTask, isTripped } from '../deployment/circuit-breaker.js'
import type { DeploymentConfiguration } from '../words/deployment-configuration.js'
import { isDaemon, type Service } from '../words/service.js'
import {
  withEvent,
  withFailuresEnded,
  withWatched,
  type Deployment,
  type EcsMemory,
  type OwnTask,
  type ServiceRecord,
} from '../memory/memory.js'
import { isHealthy } from '../memory/task-health.js'

/** Why a deployment fails: as its state says it, and as its message does. */
export interface DeploymentFailure {
  readonly reason: string
  readonly message: string
  /** What the reason of the deployment that takes its place begins with. */
  readonly monitor: string
  readonly isRollback: boolean
}

const configurationOf = ({ deploymentConfiguration = {} }: Service): DeploymentConfiguration =>
  deploymentConfiguration

/** The record with its tasks that are healthy for the first time: they end a row of failures. */
export const withHealthyTasks = (record: ServiceRecord, now: Instant): ServiceRecord => {
  const changes: MapChange<ReplicaId, OwnTask>[] = []
  const [primary, ...older] = record.deployments
  let { failedTasks } = primary
  const { deploymentCircuitBreaker: breaker = {} } = configurationOf(record.service)
  for (const replica of record.watched.keys()) {
    const task = record.tasks.get(replica)!
    if (task.hasBeenHealthy || !isHealthy(task, now)) continue
    changes.push([replica, { ...task, hasBeenHealthy: true }])
    if (task.deployment === primary.id) failedTasks = afterHealthyTask(breaker, failedTasks)
  }
  if (changes.length === 0) return record
  return {
    ...record,
    tasks: withChanges(record.tasks, changes),
    deployments:
      failedTasks === primary.failedTasks
        ? record.deployments
        : [{ ...primary, failedTasks }, ...older],
  }
}

/** The record with its deployment failed, when a monitor says so. */
export const withMonitors = (
  record: ServiceRecord,
  { alarms }: Pick<EcsMemory, 'alarms'>,
  now: Instant,
): ServiceRecord => {
  const [primary] = record.deployments
  if (primary.rolloutState !== 'IN_PROGRESS') return record
  const { deploymentCircuitBreaker: breaker = {}, alarms: setting = {} } = configurationOf(
    record.service,
  )
  if (record.stopRequest !== undefined)
    return withFailure(record, alarms, now, {
      ...{ reason: 'Service deployment was stopped.', message: 'it was stopped.' },
      ...{ monitor: 'ECS deployment', isRollback: record.stopRequest === 'ROLLBACK' },
    })
  if (isTripped(breaker, desiredOf(record), primary.failedTasks))
    return withFailure(record, alarms, now, {
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      message: 'tasks failed to start.',
      monitor: 'ECS deployment circuit breaker',
      isRollback: breaker.rollback === true,
    })
  if (!primary.ignoresAlarms && isAlarmed(record.service, alarms))
    return withFailure(record, alarms, now, {
      reason: 'ECS deployment alarms: alarm detected.',
      message: 'alarm detected.',
      monitor: 'ECS deployment alarms',
      isRollback: setting.rollback === true,
    })
  return record
}

/** How many tasks a service should have; a DAEMON has the count of its last pass. */
const desiredOf = ({ service, deployments: [primary] }: ServiceRecord): number =>
  isDaemon(service) ? primary.desiredCount : (service.desiredCount ?? 0)

/** True when an alarm of the service is in ALARM. */
export const isAlarmed = (service: Service, alarms: EcsMemory['alarms']): boolean => {
  const { enable, alarmNames = [] } = configurationOf(service).alarms ?? {}
  return enable === true && alarmNames.some((name) => alarms.get(name) === 'ALARM')
}

/**
 * The record whose deployment failed. With rollback, the newest completed deployment is IN_PROGRESS
 * again; if that deployment fails too, no further rollback follows.
 */
export const withFailure = (
  record: ServiceRecord,
  alarms: EcsMemory['alarms'],
  now: Instant,
  { reason, message, monitor, isRollback }: DeploymentFailure,
): ServiceRecord => {
  const [primary, ...older] = record.deployments
  const failed: Deployment = { ...primary, rolloutState: 'FAILED', rolloutStateReason: reason }
  const {
    lastCompleted,
    throttle: _,
    stopRequest: __,
    ...others
  } = withEvent(record, now, `(deployment ${primary.id}) deployment failed: ${message}`)
  if (!isRollback || lastCompleted === undefined)
    return {
      ...others,
      deployments: [withStop(failed, now), ...withRollbackFailed(older, now)],
      past: withRollbackFailed(record.past, now),
      ...{ isSteady: false, isBlocked: false, isFailed: true },
    }
  const { bakingSince: ___, lifecycle: ____, ...target } = lastCompleted
  const service = withRevisionOf(record.service, target)
  const rolledBack: ServiceRecord = {
    ...others,
    service,
    deployments: [
      {
        ...target,
        desiredCount: desiredOf({ ...record, service }),
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `${monitor}: rolling back to deploymentId ${target.id}.`,
        failedTasks: 0,
        ignoresAlarms: isAlarmed(service, alarms),
      },
      { ...failed, desiredCount: 0 },
      ...older.filter(({ id }) => id !== target.id),
    ],
    traffic: record.traffic.length === 0 ? [] : [{ deployment: target.id, percent: 100 }],
    isSteady: false,
    isBlocked: false,
    isFailed: true,
  }
  return withWatched(withEvent(rolledBack, now, `rolling back to deployment ${target.id}.`), [
    ...record.tasks.keys(),
  ])
}

/** A deployment that fails and is not rolled back ends there, unless it ended before. */
const withStop = (deployment: Deployment, at: Instant): Deployment => ({
  ...deployment,
  end: deployment.end ?? { at, status: 'STOPPED' },
})

/** What was rolled back to a deployment that fails now. */
const withRollbackFailed = (deployments: readonly Deployment[], at: Instant) =>
  withFailuresEnded(deployments, { at, status: 'ROLLBACK_FAILED' })

/** The service as it was with a deployment; its count and its configuration stay. */
const withRevisionOf = (service: Service, { taskDefinition, workload }: Deployment): Service => {
  const own: Partial<Service> = workload.service ?? {}
  const { launchType, networkConfiguration, platformVersion } = own
  const { loadBalancers, serviceRegistries, serviceConnectConfiguration } = own
  return {
    ...service,
    ...{ taskDefinition, launchType, networkConfiguration, platformVersion },
    ...{ loadBalancers, serviceRegistries, serviceConnectConfiguration },
  }
}

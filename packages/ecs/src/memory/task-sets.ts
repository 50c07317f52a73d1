/**
 * Defines the controller's records of services with the deployment controller EXTERNAL. Each task
 * set of such a service has a record like that of a service, named after the service and the task
 * set. The tasks of all its task sets are in one task group, `service:NAME`.
 *
 * Source: Amazon ECS API Reference, TaskSet.
 */
import type { Instant } from '@stowage/kernel'
import type { Service } from '../words/service.js'

/** A task set, without its tasks. */
export interface TaskSetRecord {
  /** Such as `ecs-svc/7`. */
  readonly id: string
  readonly externalId?: string
  /** Percent of the desired count of the service. */
  readonly scale: number
  /** DRAINING when it was deleted and still has tasks. */
  readonly status: 'PRIMARY' | 'ACTIVE' | 'DRAINING'
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** What its tasks are started from, but for the count. */
  readonly fields: Omit<Service, 'serviceName' | 'desiredCount' | 'taskSet'>
}

/** A service whose task sets are made by calls. */
export interface ExternalService {
  readonly serviceName: string
  readonly desiredCount: number
  readonly healthCheckGracePeriodSeconds?: number
  readonly createdAt: Instant
  /** The oldest first. */
  readonly taskSets: readonly TaskSetRecord[]
}

/** The name of the record that runs a task set; no service has a name with a dot. */
export const taskSetKey = (service: string, id: string): string =>
  `${service}.${id.slice(id.lastIndexOf('/') + 1)}`

/** The tasks of a task set: its share of the desired count, rounded up. */
export const computedCount = (
  { desiredCount }: Pick<ExternalService, 'desiredCount'>,
  { scale }: Pick<TaskSetRecord, 'scale'>,
): number => Math.ceil((desiredCount * scale) / 100)

/** The service that runs a task set. */
export const serviceOfTaskSet = (service: ExternalService, set: TaskSetRecord): Service => ({
  ...set.fields,
  serviceName: taskSetKey(service.serviceName, set.id),
  desiredCount: computedCount(service, set),
  taskSet: set.id,
  ...(service.healthCheckGracePeriodSeconds === undefined
    ? {}
    : { healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds }),
})

/** The name of the service that a record runs tasks of. */
export const ownerNameOf = ({ serviceName, taskSet }: Service): string => {
  const end = serviceName.lastIndexOf('.')
  return taskSet === undefined || end < 0 ? serviceName : serviceName.slice(0, end)
}

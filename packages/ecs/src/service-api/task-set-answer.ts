/**
 * Converts task sets to the format of the API's answers. Also converts the services whose
 * deployment controller is EXTERNAL, because their tasks belong to task sets.
 *
 * Source: Amazon ECS API Reference, TaskSet and Service.
 */
import type { StepState } from '@stowage/kernel'
import { describeServices } from '../controller/describe-services.js'
import {
  computedCount,
  taskSetKey,
  type ExternalService,
  type TaskSetRecord,
} from '../memory/task-sets.js'
import { instantText } from '../words/instant.js'
import { definitionArnOf } from '../cluster/options.js'
import { launchFieldsOf, type LaunchFields } from './launch-fields.js'
import { clusterArnOf, memoryIn, serviceArnOf, type ServiceCallOptions } from './service-call.js'
import type { AnsweredService } from './service-description.js'

/** A task set as the API answers it. */
export interface AnsweredTaskSet extends LaunchFields {
  readonly id: string
  readonly taskSetArn: string
  readonly serviceArn: string
  readonly clusterArn: string
  readonly externalId?: string
  readonly status: TaskSetRecord['status']
  readonly taskDefinition: string
  readonly computedDesiredCount: number
  readonly pendingCount: number
  readonly runningCount: number
  readonly createdAt: string | undefined
  readonly updatedAt: string | undefined
  readonly scale: { readonly value: number; readonly unit: 'PERCENT' }
  readonly stabilityStatus: 'STEADY_STATE' | 'STABILIZING'
  readonly tags: readonly never[]
}

/** The ARN of a task set, `ecs-svc/7`. */
export const taskSetArnOf = (
  { region, account, cluster }: ServiceCallOptions,
  service: string,
  id: string,
): string => `arn:aws:ecs:${region}:${account}:task-set/${cluster}/${service}/${id}`

/** The task sets of a service that are there, or still have tasks; the oldest first. */
export const answeredTaskSets = (
  state: StepState,
  service: ExternalService,
  options: ServiceCallOptions,
): readonly AnsweredTaskSet[] => {
  const descriptions = new Map(describeServices(state).map((one) => [one.serviceName, one]))
  const { services } = memoryIn(state)
  return service.taskSets.flatMap((set): readonly AnsweredTaskSet[] => {
    const name = taskSetKey(service.serviceName, set.id)
    const [described, record] = [descriptions.get(name), services.get(name)]
    if (described === undefined || record === undefined) return []
    return [
      {
        ...{ id: set.id, taskSetArn: taskSetArnOf(options, service.serviceName, set.id) },
        serviceArn: serviceArnOf(options, service.serviceName),
        clusterArn: clusterArnOf(options),
        ...(set.externalId === undefined ? {} : { externalId: set.externalId }),
        ...{
          status: set.status,
          taskDefinition: definitionArnOf(options, described.taskDefinition),
        },
        computedDesiredCount: set.status === 'DRAINING' ? 0 : computedCount(service, set),
        ...{ pendingCount: described.pendingCount, runningCount: described.runningCount },
        ...{ createdAt: instantText(set.createdAt), updatedAt: instantText(set.updatedAt) },
        ...launchFieldsOf(set.fields),
        scale: { value: set.scale, unit: 'PERCENT' },
        stabilityStatus: record.isSteady ? 'STEADY_STATE' : 'STABILIZING',
        tags: [],
      },
    ]
  })
}

/** A service whose task sets are made by calls; its task definition is that of the PRIMARY one. */
export const answeredExternal = (
  state: StepState,
  service: ExternalService,
  options: ServiceCallOptions,
): AnsweredService => {
  const taskSets = answeredTaskSets(state, service, options)
  const sum = (count: (set: AnsweredTaskSet) => number): number =>
    taskSets.reduce((total, set) => total + count(set), 0)
  const primary = taskSets.find(({ status }) => status === 'PRIMARY')
  return {
    ...{ serviceName: service.serviceName, status: 'ACTIVE' },
    serviceArn: serviceArnOf(options, service.serviceName),
    clusterArn: clusterArnOf(options),
    taskDefinition: primary?.taskDefinition ?? '',
    desiredCount: service.desiredCount,
    runningCount: sum(({ runningCount }) => runningCount),
    pendingCount: sum(({ pendingCount }) => pendingCount),
    ...{ deployments: [], events: eventsOf(state, service), taskSets },
    ...{ schedulingStrategy: 'REPLICA', deploymentController: { type: 'EXTERNAL' } },
    deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
    availabilityZoneRebalancing: 'DISABLED',
    ...{ placementConstraints: [], placementStrategy: [] },
    ...{ loadBalancers: [], serviceRegistries: [] },
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
  }
}

/** Those of its task sets, the newest first. */
const eventsOf = (
  state: StepState,
  { serviceName, taskSets }: ExternalService,
): AnsweredService['events'] => {
  const { services } = memoryIn(state)
  const events = taskSets.flatMap(
    ({ id }) => services.get(taskSetKey(serviceName, id))?.events ?? [],
  )
  return [...events]
    .sort((a, b) => b.createdAt - a.createdAt)
    .map(({ createdAt, message }) => ({ createdAt: instantText(createdAt), message }))
}

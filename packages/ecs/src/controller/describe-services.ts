/**
 * Converts the controller's records of services to the format of DescribeServices. Tasks that are
 * stopping or wait for an instance count neither as pending nor as running. Also returns values
 * outside that format, such as the number of healthy tasks.
 *
 * Source: Amazon ECS API Reference, Service, Deployment and ServiceEvent.
 */
import { byCodeUnit, type ReplicaId, type StepState } from '@stowage/kernel'
import { isDaemon } from '../words/service.js'
import { instantText } from '../words/instant.js'
import { foldChanges } from './fold-changes.js'
import {
  namesInOwner,
  type Deployment,
  type EcsMemory,
  type ServiceRecord,
} from '../memory/memory.js'
import { controllerOptions } from '../memory/options.js'
import { isHealthy } from '../memory/task-health.js'
import { waitsOf } from './service-wait.js'

/** A deployment as DescribeServices prints it. */
export interface DeploymentDescription {
  readonly id: string
  readonly status: 'PRIMARY' | 'ACTIVE'
  /** `family:revision`. */
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly pendingCount: number
  readonly runningCount: number
  /** In ISO 8601. */
  readonly createdAt: string | undefined
  readonly failedTasks: number
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly rolloutStateReason: string
}

/** A service as DescribeServices prints it. */
export interface ServiceDescription {
  readonly serviceName: string
  readonly status: 'ACTIVE' | 'DRAINING'
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly pendingCount: number
  readonly runningCount: number
  /** The newest first. */
  readonly deployments: readonly DeploymentDescription[]
  /** The newest first. */
  readonly events: readonly {
    readonly createdAt: string | undefined
    readonly message: string
  }[]
}

/**
 * The services of a state that the controller `ecs` was part of, in the order of their names; none
 * when it was not.
 */
export const describeServices = (state: StepState): readonly ServiceDescription[] =>
  recordsIn(state).map(describeService)

/** What is known of a service beside what DescribeServices prints. */
export interface ServiceHealth {
  /** How many tasks count as healthy, and how many wait for an instance. */
  readonly healthy: number
  readonly waiting: number
  /** How many messages it has had, of which the last ones are printed. */
  readonly eventCount: number
  /** True when its newest update failed: it is in the way, or was rolled back. */
  readonly isFailed: boolean
  /** What it waits for that time does not bring, in words; none while it goes on by itself. */
  readonly waitsFor: readonly { readonly kind: string; readonly text: string }[]
}

/** The health of each service, by name. */
export const serviceHealth = (state: StepState): ReadonlyMap<string, ServiceHealth> =>
  new Map(
    recordsIn(state).map((record) => [
      record.service.serviceName,
      {
        healthy: [...record.tasks.values()].filter((task) => isHealthy(task, state.now)).length,
        waiting: record.waiting.reduce((sum, { count }) => sum + count, 0),
        ...{ eventCount: record.eventCount, isFailed: record.isFailed },
        waitsFor: waitsOf(record),
      },
    ]),
  )

/**
 * Of the tasks that were placed last, those of deployments that replace another one: each with its
 * position among the tasks of its deployment, counted from 1.
 */
export const newTaskPositions = (state: StepState): ReadonlyMap<ReplicaId, number> => {
  const records = new Map(recordsIn(state).map((record) => [record.service.serviceName, record]))
  return new Map(
    state.unseen.replicas.flatMap(({ replica, owner }) => {
      const record = records.get(namesInOwner(owner)[0])
      const task = record?.tasks.get(replica)
      const primary = record?.deployments[0]
      return task === undefined || record?.lastCompleted === undefined
        ? []
        : task.deployment === primary?.id
          ? [[replica, task.nth - primary.tasksBefore + 1] as const]
          : []
    }),
  )
}

/** A report that a task works. */
export interface HealthyTaskReport {
  readonly about: string
  readonly report: { readonly healthStatus?: 'HEALTHY'; readonly targetHealth?: 'healthy' }
}

/**
 * The report that makes a task healthy, when it is by report only; `undefined` for any other
 * replica.
 */
export const healthyTaskReport = (
  state: StepState,
  replica: ReplicaId,
): HealthyTaskReport | undefined => {
  const memory = state.memories.get('ecs') as EcsMemory | undefined
  const record = memory?.services.get(memory.owners.get(replica) ?? '')
  const task = record?.tasks.get(replica)
  const deployment = record?.deployments.find(({ id }) => id === task?.deployment)
  if (deployment === undefined || deployment.checks.length === 0) return undefined
  return {
    about: `task ${replica}`,
    report: {
      ...(deployment.checks.includes('container') ? { healthStatus: 'HEALTHY' } : {}),
      ...(deployment.checks.includes('target') ? { targetHealth: 'healthy' } : {}),
    },
  }
}

/** The records of all services, in the order of their names, as they are after the last step. */
export const recordsIn = (state: StepState): readonly ServiceRecord[] => {
  const { cluster, now, unseen } = state
  const remembered = state.memories.get('ecs') as EcsMemory | undefined
  if (remembered === undefined) return []
  const replicas = unseen.replicas.filter(({ controller }) => controller === 'ecs')
  const { services } = foldChanges(
    { cluster, now, nodes: unseen.nodes, replicas },
    remembered,
    controllerOptions,
  )
  return [...services.values()].sort((a, b) =>
    byCodeUnit(a.service.serviceName, b.service.serviceName),
  )
}

/** A service as DescribeServices prints it. */
export const describeService = (record: ServiceRecord): ServiceDescription => {
  const { service, status, deployments, events } = record
  const active = status === 'ACTIVE'
  return {
    ...{ serviceName: service.serviceName, status },
    taskDefinition: deployments[0].taskDefinition,
    desiredCount: active
      ? isDaemon(service)
        ? deployments[0].desiredCount
        : (service.desiredCount ?? 0)
      : 0,
    ...countsOf(record, () => true),
    deployments: deployments.map((deployment, i) => ({
      id: deployment.id,
      status: i === 0 ? ('PRIMARY' as const) : ('ACTIVE' as const),
      taskDefinition: deployment.taskDefinition,
      desiredCount: active ? deployment.desiredCount : 0,
      ...countsOf(record, (id) => id === deployment.id),
      createdAt: instantText(deployment.createdAt),
      failedTasks: deployment.failedTasks,
      rolloutState: deployment.rolloutState,
      rolloutStateReason: deployment.rolloutStateReason,
    })),
    events: [...events]
      .reverse()
      .map(({ createdAt, message }) => ({ createdAt: instantText(createdAt), message })),
  }
}

const countsOf = (
  { tasks }: ServiceRecord,
  isCounted: (deployment: Deployment['id']) => boolean,
) => {
  let [pendingCount, runningCount] = [0, 0]
  for (const { phase, deployment } of tasks.values()) {
    if (!isCounted(deployment)) continue
    if (phase === 'assumed') pendingCount++
    if (phase === 'running') runningCount++
  }
  return { pendingCount, runningCount }
}

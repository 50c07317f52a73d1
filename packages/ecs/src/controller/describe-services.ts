/**
 * Words what the controller remembers of each service as DescribeServices prints it. Tasks that are
 * to stop count no more, and those without an instance count not yet.
 *
 * Source: Amazon ECS API Reference, Service, Deployment and ServiceEvent.
 */
import { byCodeUnit, type ReplicaId, type StepState } from '@stowage/kernel'
import { instantText } from '../words/instant.js'
import { foldChanges } from './fold-changes.js'
import type { Deployment, EcsMemory, ServiceRecord } from './memory.js'
import { isHealthy } from './task-health.js'

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
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED'
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

/** How many tasks of each service count as healthy, and how many wait for an instance, by name. */
export const serviceHealth = (
  state: StepState,
): ReadonlyMap<string, { readonly healthy: number; readonly waiting: number }> =>
  new Map(
    recordsIn(state).map(({ service, tasks, waiting }) => [
      service.serviceName,
      {
        healthy: [...tasks.values()].filter((task) => isHealthy(task, state.now)).length,
        waiting: waiting.reduce((sum, { count }) => sum + count, 0),
      },
    ]),
  )

/**
 * What a report about the health of a task is about, when it counts as healthy by report only;
 * `undefined` for any other replica.
 */
export const checkedTask = (state: StepState, replica: ReplicaId): string | undefined => {
  const memory = state.memories.get('ecs') as EcsMemory | undefined
  const record = memory?.services.get(memory.owners.get(replica) ?? '')
  const task = record?.tasks.get(replica)
  const deployment = record?.deployments.find(({ id }) => id === task?.deployment)
  return deployment?.isChecked === true ? `task ${replica}` : undefined
}

const recordsIn = (state: StepState): readonly ServiceRecord[] => {
  const { cluster, now, unseen } = state
  const remembered = state.memories.get('ecs') as EcsMemory | undefined
  if (remembered === undefined) return []
  const replicas = unseen.replicas.filter(({ controller }) => controller === 'ecs')
  const { services } = foldChanges({ cluster, now, nodes: unseen.nodes, replicas }, remembered)
  return [...services.values()].sort((a, b) =>
    byCodeUnit(a.service.serviceName, b.service.serviceName),
  )
}

const describeService = (record: ServiceRecord): ServiceDescription => {
  const { service, status, deployments, events } = record
  const active = status === 'ACTIVE'
  return {
    ...{ serviceName: service.serviceName, status },
    taskDefinition: deployments[0].taskDefinition,
    desiredCount: active ? (service.desiredCount ?? 0) : 0,
    ...countsOf(record, () => true),
    deployments: deployments.map((deployment, i) => ({
      id: deployment.id,
      status: i === 0 ? ('PRIMARY' as const) : ('ACTIVE' as const),
      taskDefinition: deployment.taskDefinition,
      desiredCount: active ? deployment.desiredCount : 0,
      ...countsOf(record, (id) => id === deployment.id),
      createdAt: instantText(deployment.createdAt),
      rolloutState: deployment.rolloutState,
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

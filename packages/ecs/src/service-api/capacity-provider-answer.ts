/**
 * Converts capacity providers and the cluster to the format of the API's answers.
 *
 * Source: Amazon ECS API Reference, CapacityProvider and Cluster.
 */
import { nodeIds, type StepState } from '@stowage/kernel'
import type { OwnTask, ServiceRecord } from '../memory/memory.js'
import type { AutoScalingGroupProvider } from '../provider/capacity-provider.js'
import type { ManagedInstancesProvider } from '../provider/managed-instances.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import { clusterArnOf, memoryIn, type ServiceCallOptions } from './service-call.js'

/** A capacity provider as the API answers it. */
export interface AnsweredProvider {
  readonly capacityProviderArn: string
  readonly name: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly type: 'FARGATE' | 'FARGATE_SPOT' | 'EC2_AUTOSCALING' | 'MANAGED_INSTANCES'
  readonly autoScalingGroupProvider?: AutoScalingGroupProvider
  readonly managedInstancesProvider?: ManagedInstancesProvider
  readonly updateStatus?: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE' | 'DELETE_COMPLETE'
  readonly tags: readonly never[]
}

/** The providers that every account has. */
export const fargateProviders = ['FARGATE', 'FARGATE_SPOT'] as const

/** The ARN of a provider. */
export const providerArnOf = ({ region, account }: ServiceCallOptions, name: string): string =>
  `arn:aws:ecs:${region}:${account}:capacity-provider/${name}`

/** All providers: those of Fargate, and the others in the order in which they were created. */
export const answeredProviders = (
  state: StepState,
  options: ServiceCallOptions,
): ReadonlyMap<string, AnsweredProvider> => {
  const common = (name: string) => ({
    ...{ capacityProviderArn: providerArnOf(options, name), name },
    ...{ status: 'ACTIVE' as const, tags: [] },
  })
  return new Map<string, AnsweredProvider>([
    ...fargateProviders.map((name) => [name, { ...common(name), type: name }] as const),
    ...[...memoryIn(state).capacity.providers].map(
      ([name, { provider }]) =>
        [
          name,
          {
            ...{ ...common(name), type: 'EC2_AUTOSCALING' as const },
            autoScalingGroupProvider: provider,
          },
        ] as const,
    ),
    ...[...memoryIn(state).capacity.managed].map(
      ([name, { provider }]) =>
        [
          name,
          {
            ...{ ...common(name), type: 'MANAGED_INSTANCES' as const },
            managedInstancesProvider: provider,
          },
        ] as const,
    ),
  ])
}

/** The cluster as PutClusterCapacityProviders answers it. */
export interface AnsweredCluster {
  readonly clusterArn: string
  readonly clusterName: string
  readonly status: 'ACTIVE'
  readonly registeredContainerInstancesCount: number
  readonly runningTasksCount: number
  readonly pendingTasksCount: number
  readonly activeServicesCount: number
  readonly capacityProviders: readonly string[]
  readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[]
}

/** The cluster; nodes that Fargate vends are no container instances. */
export const answeredCluster = (state: StepState, options: ServiceCallOptions): AnsweredCluster => {
  const memory = memoryIn(state)
  const services = [...memory.services.values()]
  const vended = [...state.books.values()].reduce(
    (sum, { pool, size }) => sum + (pool._tag === 'Vending' ? size : 0),
    0,
  )
  return {
    clusterArn: clusterArnOf(options),
    ...{ clusterName: options.cluster, status: 'ACTIVE' },
    registeredContainerInstancesCount: nodeIds(state.cluster).length - vended,
    runningTasksCount: countTasks(services, ({ phase }) => phase === 'running'),
    pendingTasksCount: countTasks(services, ({ phase }) => phase === 'assumed'),
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    capacityProviders: memory.capacity.cluster?.capacityProviders ?? [],
    defaultCapacityProviderStrategy: memory.capacity.cluster?.defaultCapacityProviderStrategy ?? [],
  }
}

const countTasks = (
  services: readonly ServiceRecord[],
  isCounted: (task: OwnTask) => boolean,
): number =>
  services.reduce((sum, { tasks }) => sum + [...tasks.values()].filter(isCounted).length, 0)

/**
 * Services, as `create-service` takes them and `describe-services` prints them.
 *
 * Source: Amazon ECS API Reference, CreateService and Service.
 */
import { list, nonEmptyText, oneOf, optional, record, whole, type Codec } from '@stowage/documents'
import { NetworkConfiguration } from './network-configuration.js'
import {
  CapacityProviderStrategyItem,
  PlacementConstraint,
  PlacementStrategy,
} from './placement.js'
import { compatibilities, type Compatibility } from './task-definition.js'

/** A service, as CreateService takes it and DescribeServices prints it. */
export interface Service {
  readonly serviceName: string
  /** A family, a `family:revision`, or the ARN of one. */
  readonly taskDefinition: string
  readonly desiredCount?: number | undefined
  /** How many tasks it has, of those that the describe calls count. */
  readonly runningCount?: number | undefined
  readonly pendingCount?: number | undefined
  readonly schedulingStrategy?: 'REPLICA' | 'DAEMON' | undefined
  readonly launchType?: Compatibility | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  readonly networkConfiguration?: NetworkConfiguration | undefined
  /** Of Fargate: `LATEST`, or such as `1.4.0`. */
  readonly platformVersion?: string | undefined
}

export const taskCount = 'a whole number of tasks, 0 or more'

export const Service: Codec<Service> = record<Service>('a service', {
  serviceName: nonEmptyText('the name of a service'),
  taskDefinition: nonEmptyText('the name of a task definition'),
  desiredCount: optional(whole(taskCount, 0)),
  runningCount: optional(whole(taskCount, 0)),
  pendingCount: optional(whole(taskCount, 0)),
  schedulingStrategy: optional(oneOf<'REPLICA' | 'DAEMON'>(['REPLICA', 'DAEMON'])),
  launchType: optional(oneOf(compatibilities)),
  capacityProviderStrategy: optional(
    list('a list of capacity providers', CapacityProviderStrategyItem),
  ),
  placementConstraints: optional(list('a list of placement constraints', PlacementConstraint)),
  placementStrategy: optional(list('a list of placement strategies', PlacementStrategy)),
  networkConfiguration: optional(NetworkConfiguration),
  platformVersion: optional(nonEmptyText('a platform version')),
})

export const isDaemon = ({ schedulingStrategy }: Pick<Service, 'schedulingStrategy'>): boolean =>
  schedulingStrategy === 'DAEMON'

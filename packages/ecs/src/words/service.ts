/**
 * Defines the type and codec of a service, as `create-service` takes it and `describe-services`
 * prints it.
 *
 * Source: Amazon ECS API Reference, CreateService, Service, LoadBalancer and ServiceRegistry.
 */
import {
  flag,
  list,
  nonEmptyText,
  oneOf,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import * as t from 'io-ts'
import { DeploymentConfiguration } from './deployment-configuration.js'
import { anyWholeNumber } from './host-setting.js'
import { NetworkConfiguration } from './network-configuration.js'
import {
  CapacityProviderStrategyItem,
  PlacementConstraint,
  PlacementStrategy,
} from './placement.js'
import { compatibilities, type Compatibility } from './task-definition.js'

/** Who replaces the tasks of a service; `ECS` when it is absent. */
export interface DeploymentController {
  readonly type?: string | undefined
}
const DeploymentController: Codec<DeploymentController> = record<DeploymentController>(
  'a deployment controller',
  { type: optional(text) },
)

/** The container, and its port, that a load balancer or a service registry leads to. */
export interface ServedContainer {
  readonly containerName?: string | undefined
  readonly containerPort?: number | undefined
}
const servedFields = { containerName: optional(text), containerPort: optional(anyWholeNumber) }

/** A load balancer of a service; a Classic one has no target group. */
export interface LoadBalancer extends ServedContainer {
  readonly targetGroupArn?: string | undefined
}
const LoadBalancer: Codec<LoadBalancer> = record<LoadBalancer>('a load balancer of a service', {
  ...servedFields,
  targetGroupArn: optional(text),
})

/** A registry of a service, which is a service of Cloud Map. */
export interface ServiceRegistry extends ServedContainer {
  readonly registryArn?: string | undefined
}
const ServiceRegistry: Codec<ServiceRegistry> = record<ServiceRegistry>('a service registry', {
  ...servedFields,
  registryArn: optional(text),
})

/** Whether the tasks of a service are reached by Service Connect, and in which namespace. */
export interface ServiceConnectConfiguration {
  readonly enabled?: boolean | undefined
  readonly namespace?: string | undefined
}
const ServiceConnectConfiguration: Codec<ServiceConnectConfiguration> =
  record<ServiceConnectConfiguration>('a configuration of Service Connect', {
    enabled: optional(flag),
    namespace: optional(text),
  })

/** A service, as CreateService takes it and DescribeServices prints it. */
export interface Service {
  readonly serviceName: string
  /** A family, `family:revision`, or an ARN of either. */
  readonly taskDefinition: string
  readonly desiredCount?: number | undefined
  /** The running tasks; together with `pendingCount` the tasks that the describe calls count. */
  readonly runningCount?: number | undefined
  readonly pendingCount?: number | undefined
  readonly schedulingStrategy?: 'REPLICA' | 'DAEMON' | undefined
  readonly launchType?: Compatibility | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  readonly networkConfiguration?: NetworkConfiguration | undefined
  readonly deploymentConfiguration?: DeploymentConfiguration | undefined
  readonly deploymentController?: DeploymentController | undefined
  readonly loadBalancers?: readonly LoadBalancer[] | undefined
  readonly serviceRegistries?: readonly ServiceRegistry[] | undefined
  readonly serviceConnectConfiguration?: ServiceConnectConfiguration | undefined
  /** The id of the task set that starts the tasks; absent without task sets. */
  readonly taskSet?: string | undefined
  /** On Fargate: `LATEST`, or a version such as `1.4.0`. */
  readonly platformVersion?: string | undefined
  /** For so long after a task runs, failing checks do not replace it; 0 when it is absent. */
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly availabilityZoneRebalancing?: 'ENABLED' | 'DISABLED' | undefined
  /** Of UpdateService, true; of a template, an object whose content is new for each deployment. */
  readonly forceNewDeployment?: unknown
}

/** What the codec expects of a count of tasks. */
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
  deploymentConfiguration: optional(DeploymentConfiguration),
  deploymentController: optional(DeploymentController),
  loadBalancers: optional(list('a list of load balancers', LoadBalancer)),
  serviceRegistries: optional(list('a list of service registries', ServiceRegistry)),
  serviceConnectConfiguration: optional(ServiceConnectConfiguration),
  taskSet: optional(nonEmptyText('the id of a task set')),
  platformVersion: optional(nonEmptyText('a platform version')),
  healthCheckGracePeriodSeconds: optional(whole('a whole number of seconds, 0 or more', 0)),
  availabilityZoneRebalancing: optional(oneOf(['ENABLED', 'DISABLED'] as const)),
  forceNewDeployment: optional(t.unknown),
})

/** True for a service that runs one task on each instance. */
export const isDaemon = ({ schedulingStrategy }: Pick<Service, 'schedulingStrategy'>): boolean =>
  schedulingStrategy === 'DAEMON'

/**
 * Defines the options of a cluster and their defaults: facts that no document states, such as the
 * region, and one choice for each point that the AWS documentation leaves open.
 */
import type { Instant } from '@stowage/kernel'
import type { FargateOptions } from '@stowage/fargate'
import type { TaskInterfaces } from '../lower/interface.js'
import { placementOptions, type PlacementRules } from '../lower/options.js'
import { reasonTable } from '../lower/reason.js'
import type { WeightRounding } from '../supply/shares.js'
import { memoryMin } from '../words/container-definition.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'

/**
 * Options of a cluster. A field is either a fact that no document states, or the choice at a point
 * that the AWS documentation leaves open.
 */
export interface ClusterOptions extends PlacementRules {
  /** The name of the cluster. */
  readonly cluster: string
  readonly region: string
  readonly account: string
  /** The seed of all random choices, such as those of the strategy `random`. */
  readonly seed: number
  /** How long a client token is remembered, in milliseconds from the first call with it. */
  readonly clientTokenLifetime: 'for ever' | number
  /** How many milliseconds `forgetStoppedTasks` leaves the record of a stopped task: an hour. */
  readonly stoppedTaskLifetime: number
  /** By instance type: tasks in awsvpc mode per instance. It overrides the documented number. */
  readonly taskInterfaces: TaskInterfaces
  /** The availability zone of each subnet. When it is empty, zones of subnets are not checked. */
  readonly subnetZones: Readonly<Record<string, string>>
  /**
   * Capacity providers beside those of Fargate and those that instances name; the latter count as
   * Auto Scaling groups.
   */
  readonly capacityProviders: Readonly<Record<string, 'EC2_AUTOSCALING' | 'MANAGED_INSTANCES'>>
  /** The strategy for calls that name neither a launch type nor a strategy. */
  readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[]
  /** The most providers that a strategy may name: 20 in newer AWS texts, 6 in older ones. */
  readonly providersMax: number
  /**
   * A single provider of weight 0 is refused, as the API has been seen to do, or gets every task,
   * as its reference says of several providers only that such a strategy fails.
   */
  readonly zeroWeightAlone: 'refused' | 'gets every task'
  /** How the counts of tasks are rounded when they are not a multiple of the weights. */
  readonly weightRounding: WeightRounding
  /** The failure reason when distinctInstance rules out every instance. */
  readonly distinctInstanceReason: string
  /** The status of a task whose capacity provider has no room for it. */
  readonly unplaceable: 'PROVISIONING' | 'PENDING'
  /**
   * What happens to a task without a provider that only constraints keep from some instance: it
   * fails, or it waits in PENDING.
   */
  readonly constraintBlocked: 'fails' | 'PENDING'
  /** The smallest memory of a container in MiB: 6, as Docker needs since 20.10.0, or 4 before. */
  readonly memoryMin: number
  /** Since when the account setting awsvpcTrunking is enabled. */
  readonly awsvpcTrunking: 'never' | Instant
  /** Quotas, capacity and subnets of Fargate. */
  readonly fargate: Partial<FargateOptions>
}

/** The defaults of all options. */
export const clusterOptions: ClusterOptions = {
  ...placementOptions,
  cluster: 'default',
  region: 'us-east-1',
  account: '000000000000',
  seed: 0,
  clientTokenLifetime: 'for ever',
  stoppedTaskLifetime: 3_600_000,
  taskInterfaces: {},
  subnetZones: {},
  capacityProviders: {},
  defaultCapacityProviderStrategy: [],
  providersMax: 20,
  zeroWeightAlone: 'refused',
  weightRounding: 'quota',
  distinctInstanceReason: reasonTable.distinctInstance.text,
  unplaceable: 'PROVISIONING',
  constraintBlocked: 'fails',
  memoryMin: memoryMin.modern,
  awsvpcTrunking: 'never',
  fargate: {},
}

/** The ARN of a task or an instance: `arn:aws:ecs:REGION:ACCOUNT:KIND/CLUSTER/ID`. */
export const arnOf = (
  { region, account, cluster }: ClusterOptions,
  kind: 'task' | 'container-instance',
  id: string,
): string => `arn:aws:ecs:${region}:${account}:${kind}/${cluster}/${id}`

/** The ARN of a revision of a task definition, `web:7`. */
export const definitionArnOf = (
  { region, account }: Pick<ClusterOptions, 'region' | 'account'>,
  definition: string,
): string => `arn:aws:ecs:${region}:${account}:task-definition/${definition}`

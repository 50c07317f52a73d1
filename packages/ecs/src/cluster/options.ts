/**
 * What the documents of RunTask leave open, and what of a cluster stands in no document that is
 * read, each as an option with a default.
 */
import type { Instant } from '@stowage/kernel'
import type { FargateOptions } from '@stowage/fargate'
import type { TaskInterfaces } from '../lower/interface.js'
import { placementOptions, type PlacementRules } from '../lower/options.js'
import { said } from '../lower/reason.js'
import type { WeightRounding } from '../supply/shares.js'
import { memoryMin } from '../words/container-definition.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'

export interface ClusterOptions extends PlacementRules {
  /** The cluster's name. */
  readonly cluster: string
  readonly region: string
  readonly account: string
  /** Decides where the strategy is random, and what else is drawn. */
  readonly seed: number
  /** How long a client token is remembered, in milliseconds from the call that brought it. */
  readonly clientTokenLifetime: 'for ever' | number
  /** Where a type has no documented number of tasks in awsvpc mode, or is to have another. */
  readonly taskInterfaces: TaskInterfaces
  /**
   * The availability zone of each subnet; where there is none at all, the zones of subnets are not
   * asked for.
   */
  readonly subnetZones: Readonly<Record<string, string>>
  /**
   * Providers beside Fargate's own and those that instances name, which are taken for Auto Scaling
   * groups.
   */
  readonly capacityProviders: Readonly<Record<string, 'EC2_AUTOSCALING' | 'MANAGED_INSTANCES'>>
  /** The cluster's own, for calls that name neither a launch type nor a strategy. */
  readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[]
  /** The most providers that a strategy may name: 20 by newer texts, 6 by older ones. */
  readonly providersMax: number
  /** How counts are rounded that the weights of providers do not divide. */
  readonly weightRounding: WeightRounding
  /** The failure of a task that distinctInstance keeps from every instance. */
  readonly distinctInstanceReason: string
  /** The status of a task of a provider that has no room for it. */
  readonly unplaceable: 'PROVISIONING' | 'PENDING'
  /**
   * What becomes of a task without a provider that constraints alone keep from some instance: a
   * failure, or it waits.
   */
  readonly constraintBlocked: 'fails' | 'PENDING'
  /**
   * In MiB, of a container that is registered: 6 as Docker needs from version 20.10.0 on, 4 before.
   */
  readonly memoryMin: number
  /** Since when the account setting awsvpcTrunking is enabled. */
  readonly awsvpcTrunking: 'never' | Instant
  /** Quotas, capacity and subnets of Fargate. */
  readonly fargate: Partial<FargateOptions>
}

export const clusterOptions: ClusterOptions = {
  ...placementOptions,
  cluster: 'default',
  region: 'us-east-1',
  account: '000000000000',
  seed: 0,
  clientTokenLifetime: 'for ever',
  taskInterfaces: {},
  subnetZones: {},
  capacityProviders: {},
  defaultCapacityProviderStrategy: [],
  providersMax: 20,
  weightRounding: 'quota',
  distinctInstanceReason: said.distinctInstance.text,
  unplaceable: 'PROVISIONING',
  constraintBlocked: 'fails',
  memoryMin: memoryMin.modern,
  awsvpcTrunking: 'never',
  fargate: {},
}

/** `arn:aws:ecs:REGION:ACCOUNT:KIND/CLUSTER/ID`. */
export const arnOf = (
  { region, account, cluster }: ClusterOptions,
  kind: 'task' | 'container-instance',
  id: string,
): string => `arn:aws:ecs:${region}:${account}:${kind}/${cluster}/${id}`

export const definitionArnOf = (
  { region, account }: ClusterOptions,
  family: string,
  revision: number,
): string => `arn:aws:ecs:${region}:${account}:task-definition/${family}:${revision}`

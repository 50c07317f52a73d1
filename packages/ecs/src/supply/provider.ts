/**
 * Reads the capacity providers of workloads, instances and tasks:
 * 1. returns the strategy of a workload over Auto Scaling groups or over Fargate (FARGATE,
 *    FARGATE_SPOT); a strategy never mixes both;
 * 2. finds the instances of a provider, and the provider of a task;
 * 3. divides new tasks among the providers of a strategy by base and weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem.
 */
import type { ContainerInstance } from '../words/container-instance.js'
import { isOfFargate, type CapacityProviderStrategyItem } from '../words/placement.js'
import type { Task } from '../words/task.js'
import { strategyOf, type Workload } from '../workload/workload.js'
import { sharesBeyond, type WeightRounding } from './shares.js'

/** The strategy of a workload over providers of instances; empty when it names one of Fargate. */
export const instanceStrategy = (workload: Workload): readonly CapacityProviderStrategyItem[] => {
  const strategy = strategyOf(workload)
  return strategy.some(isOfFargate) ? [] : strategy
}

/** The strategy of a workload over Fargate's providers; empty when it names one of instances. */
export const fargateStrategy = (workload: Workload): readonly CapacityProviderStrategyItem[] => {
  const strategy = strategyOf(workload)
  return strategy.every(isOfFargate) ? strategy : []
}

/**
 * The instances of a provider in a plan. `instances` are those of the documents, `more` are new
 * ones, which may be of any provider. An instance that the API did not print and that names no
 * provider may be of any provider that has no instance of its own; one that the API printed without
 * a provider has none. Managed Instances are only those that name their provider.
 */
export const instancesOfProvider = (
  provider: string,
  instances: readonly ContainerInstance[],
  more: readonly ContainerInstance[],
  isManaged = false,
): readonly ContainerInstance[] => {
  if (isManaged)
    return [...instances, ...more].filter((one) => one.capacityProviderName === provider)
  const own = instances.filter(({ capacityProviderName }) => capacityProviderName === provider)
  const others = instances.filter(
    (one) => own.length === 0 && isOfNone(one) && one.containerInstanceArn === undefined,
  )
  const joining = more.filter((one) => isOfNone(one) || one.capacityProviderName === provider)
  return [...own, ...others, ...joining]
}

/** True when an instance names no provider. */
export const isOfNone = ({ capacityProviderName }: ContainerInstance): boolean =>
  capacityProviderName === undefined

/** The provider in the task's record, or else the one of the instance that the task is on. */
export const providerOfTask = (
  { capacityProviderName }: Task,
  instance?: ContainerInstance,
): string | undefined => capacityProviderName ?? instance?.capacityProviderName

/**
 * How many of `more` tasks each provider of the strategy gets, in the order of the strategy.
 * `present` are the providers of the tasks that already count towards bases and weights.
 */
export const sharesOfMore = (
  strategy: readonly CapacityProviderStrategyItem[],
  present: readonly (string | undefined)[],
  more: number,
  rounding?: WeightRounding,
): readonly number[] =>
  sharesBeyond(
    strategy,
    strategy.map(
      ({ capacityProvider }) => present.filter((provider) => provider === capacityProvider).length,
    ),
    more,
    rounding,
  )

/**
 * Splits the tasks of one call or service into shares. A share is a count of tasks on one kind of
 * capacity: there is one share for each capacity provider, or a single share for a launch type.
 * Also selects the instances that a share may use.
 *
 * Source: Amazon ECS API Reference, RunTask, `launchType` and `capacityProviderStrategy`.
 */
import { checkWeights, type ProviderRules } from '../check/providers.js'
import type { ContainerInstance } from '../words/container-instance.js'
import type { Complaint } from '../words/complaint.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import type { Compatibility } from '../words/task-definition.js'
import type { RunTaskRequest } from '../words/task-request.js'
import { sharesOfMore } from './provider.js'
import type { WeightRounding } from './shares.js'

/** So many tasks on one kind of capacity. */
export interface Share {
  readonly launchType: Compatibility
  /** Absent when the call names a launch type, or neither. */
  readonly provider?: string
  readonly count: number
}

/** The fields of a call or a service that name its capacity. */
export type CapacityChoice = Pick<RunTaskRequest, 'launchType' | 'capacityProviderStrategy'>

/** The capacity of a cluster: its instances and its providers. `EcsState` is one. */
export interface ClusterCapacity {
  readonly instances: ReadonlyMap<string, ContainerInstance>
  readonly options: {
    readonly capacityProviders: Readonly<Record<string, 'EC2_AUTOSCALING' | 'MANAGED_INSTANCES'>>
    readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[]
    readonly weightRounding: WeightRounding
    readonly zeroWeightAlone: ProviderRules['zeroWeightAlone']
  }
}

/**
 * The shares of `count` tasks, without empty ones. A call that names neither a launch type nor a
 * strategy uses the cluster's default strategy, or else EC2. `present` are the providers of the
 * tasks that already count towards bases and weights.
 */
export const sharesFor = (
  capacity: ClusterCapacity,
  choice: CapacityChoice,
  count: number,
  present: readonly (string | undefined)[] = [],
): readonly Share[] => {
  const strategy = strategyFor(capacity, choice)
  if (strategy.length === 0) return [{ launchType: choice.launchType ?? 'EC2', count }]
  const counts = sharesOfMore(strategy, present, count, capacity.options.weightRounding)
  return strategy.flatMap(({ capacityProvider }, i) =>
    counts[i] === 0
      ? []
      : [
          {
            launchType: providerKind(capacity, capacityProvider) ?? 'EC2',
            provider: capacityProvider,
            count: counts[i]!,
          },
        ],
  )
}

const strategyFor = (
  { options }: ClusterCapacity,
  { capacityProviderStrategy = [], launchType }: CapacityChoice,
): readonly CapacityProviderStrategyItem[] =>
  launchType === undefined && capacityProviderStrategy.length === 0
    ? options.defaultCapacityProviderStrategy
    : capacityProviderStrategy

/** `undefined` for a provider that the cluster does not have. */
const providerKind = (
  { options, instances }: ClusterCapacity,
  provider: string,
): 'EC2' | 'FARGATE' | 'MANAGED_INSTANCES' | undefined => {
  if (provider === 'FARGATE' || provider === 'FARGATE_SPOT') return 'FARGATE'
  const { capacityProviders } = options
  if (Object.hasOwn(capacityProviders, provider))
    return capacityProviders[provider] === 'MANAGED_INSTANCES' ? 'MANAGED_INSTANCES' : 'EC2'
  return [...instances.values()].some(
    ({ capacityProviderName }) => capacityProviderName === provider,
  )
    ? 'EC2'
    : undefined
}

/** A complaint for each provider that the cluster does not have. */
export const checkProvidersExist = (
  capacity: ClusterCapacity,
  { capacityProviderStrategy = [] }: CapacityChoice,
): readonly Complaint[] =>
  capacityProviderStrategy.flatMap(({ capacityProvider }, i) =>
    providerKind(capacity, capacityProvider) === undefined
      ? [
          {
            at: ['capacityProviderStrategy', i, 'capacityProvider'],
            expected: 'a capacity provider of the cluster',
          },
        ]
      : [],
  )

/**
 * Complaints about the weights of the cluster's default strategy, when the tasks of a call or a
 * service use it. The weights of a strategy of its own are checked with the call.
 */
export const checkDefaultWeights = (
  capacity: ClusterCapacity,
  choice: CapacityChoice,
): readonly Complaint[] =>
  (choice.capacityProviderStrategy ?? []).length > 0
    ? []
    : checkWeights(strategyFor(capacity, choice), capacity.options)

/** What decides on which instances the tasks of a share may be placed. */
export type Offer = Pick<Share, 'launchType' | 'provider'>

/** The names of the instances that a share may use; `undefined` when it may use all of them. */
export const offeredNames = (
  { instances }: Pick<ClusterCapacity, 'instances'>,
  offer: Offer,
): readonly string[] | undefined => {
  const names: string[] = []
  for (const [name, one] of instances) if (isOffered(one, offer)) names.push(name)
  return names.length === instances.size ? undefined : names
}

/** Whether a share may use any instance. */
export const isAnyOffered = (
  { instances }: Pick<ClusterCapacity, 'instances'>,
  offer: Offer,
): boolean => {
  for (const one of instances.values()) if (isOffered(one, offer)) return true
  return false
}

/** A share may use an instance that is registered, of its launch type and of its provider. */
const isOffered = (
  { status, attributes = [], capacityProviderName }: ContainerInstance,
  { launchType, provider }: Offer,
): boolean => {
  const isExternal = attributes.some(({ name }) => name === 'ecs.capability.external')
  return (
    status !== 'INACTIVE' &&
    isExternal === (launchType === 'EXTERNAL') &&
    (provider === undefined || provider === capacityProviderName)
  )
}

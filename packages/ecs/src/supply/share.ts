/**
 * From what capacity the tasks of a call come: so many of each provider, or all of them from one
 * launch type.
 */
import type { ClusterState } from '../cluster/state.js'
import { sharesBeyond } from './shares.js'
import type { ContainerInstance } from '../words/container-instance.js'
import type { Complaint } from '../words/complaint.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import type { Compatibility } from '../words/task-definition.js'
import type { RunTaskRequest } from '../words/task-request.js'

export interface Share {
  readonly launchType: Compatibility
  /** Absent where a launch type was named, or nothing was. */
  readonly provider?: string
  readonly count: number
}

/** What of a call, or of a service, says where its tasks come from. */
export type Supplied = Pick<RunTaskRequest, 'launchType' | 'capacityProviderStrategy'>

/**
 * A call that names neither a launch type nor a strategy has the cluster's default strategy, and
 * without one goes to EC2. `has` is how many tasks a provider has that count for its base and its
 * weight.
 */
export const sharesFor = (
  state: ClusterState,
  request: Supplied,
  count: number,
  has: (provider: string) => number = () => 0,
): readonly Share[] => {
  const { launchType } = request
  const strategy = strategyFor(state, request)
  if (strategy.length === 0) return [{ launchType: launchType ?? 'EC2', count }]
  const have = strategy.map(({ capacityProvider }) => has(capacityProvider))
  const counts = sharesBeyond(strategy, have, count, state.options.weightRounding)
  return strategy.flatMap(({ capacityProvider }, i) =>
    counts[i] === 0
      ? []
      : [
          {
            launchType: kindOf(state, capacityProvider) ?? 'EC2',
            provider: capacityProvider,
            count: counts[i]!,
          },
        ],
  )
}

const strategyFor = (
  { options }: ClusterState,
  { capacityProviderStrategy = [], launchType }: Supplied,
): readonly CapacityProviderStrategyItem[] =>
  launchType === undefined && capacityProviderStrategy.length === 0
    ? options.defaultCapacityProviderStrategy
    : capacityProviderStrategy

/** Nothing for a provider that is not known. */
const kindOf = (
  { options, instances }: ClusterState,
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

export const checkProvidersKnown = (
  state: ClusterState,
  { capacityProviderStrategy = [] }: Supplied,
): readonly Complaint[] =>
  capacityProviderStrategy.flatMap(({ capacityProvider }, i) =>
    kindOf(state, capacityProvider) === undefined
      ? [
          {
            at: ['capacityProviderStrategy', i, 'capacityProvider'],
            expected: 'a capacity provider of the cluster',
          },
        ]
      : [],
  )

/**
 * Whether an instance is looked at for a share: registered, of the launch type, and of the
 * provider.
 */
export const isOffered = (
  { status, attributes = [], capacityProviderName }: ContainerInstance,
  { launchType, provider }: Pick<Share, 'launchType' | 'provider'>,
): boolean => {
  const isExternal = attributes.some(({ name }) => name === 'ecs.capability.external')
  return (
    status !== 'INACTIVE' &&
    isExternal === (launchType === 'EXTERNAL') &&
    (provider === undefined || provider === capacityProviderName)
  )
}

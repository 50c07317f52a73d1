/**
 * Validates a capacity provider strategy: the number of providers, their kinds, their bases and
 * their weights. Two limits are options, because sources differ: (1) the maximum number of
 * providers, 20 or, as in older texts, 6; (2) whether a single provider may have the weight 0. By
 * default it may not: the API has been seen to refuse it.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem and RunTask.
 */
import type { Complaint } from '../words/complaint.js'
import { isOfFargate, type CapacityProviderStrategyItem } from '../words/placement.js'

/** The options of a cluster that bound a strategy. */
export interface ProviderRules {
  readonly providersMax: number
  readonly zeroWeightAlone: 'refused' | 'gets every task'
}

const defaultRules: ProviderRules = { providersMax: 20, zeroWeightAlone: 'refused' }

const providerField = 'capacityProviderStrategy'

/** All complaints about a strategy that starts tasks. */
export const checkProviderStrategy = (
  strategy: readonly CapacityProviderStrategyItem[],
  rules: Partial<ProviderRules> = {},
): readonly Complaint[] => [
  ...checkDefaultStrategy(strategy, rules),
  ...checkWeights(strategy, rules),
]

/**
 * Complaints about the default strategy of a cluster, whatever its weights are: they matter to the
 * tasks that use it, and the API takes a cluster without a weight above 0.
 */
export const checkDefaultStrategy = (
  strategy: readonly CapacityProviderStrategyItem[],
  rules: Partial<ProviderRules> = {},
): readonly Complaint[] => [
  ...checkProviderCount(strategy, rules),
  ...checkKinds(strategy),
  ...(strategy.filter(({ base = 0 }) => base > 0).length > 1
    ? [{ at: [providerField], found: 'several bases', expected: 'a base for one provider at most' }]
    : []),
]

const checkProviderCount = (
  { length }: readonly CapacityProviderStrategyItem[],
  { providersMax: max = defaultRules.providersMax }: Partial<ProviderRules>,
): readonly Complaint[] =>
  length > max
    ? [{ at: [providerField], found: `${length} providers`, expected: `at most ${max}` }]
    : []

/** Complaints when no provider has a weight above 0. */
export const checkWeights = (
  strategy: readonly CapacityProviderStrategyItem[],
  { zeroWeightAlone = defaultRules.zeroWeightAlone }: Partial<ProviderRules> = {},
): readonly Complaint[] =>
  strategy.length > (zeroWeightAlone === 'refused' ? 0 : 1) &&
  strategy.every(({ weight = 0 }) => weight === 0)
    ? [
        {
          at: [providerField],
          found: 'no capacity provider with a weight value greater than zero',
          expected: 'at least one, in the strategy itself or in the default one of its cluster',
        },
      ]
    : []

const checkKinds = (strategy: readonly CapacityProviderStrategyItem[]): readonly Complaint[] => {
  const ofFargate = strategy.filter(isOfFargate).length
  return ofFargate > 0 && ofFargate < strategy.length
    ? [
        {
          at: [providerField],
          found: strategy.map(({ capacityProvider }) => capacityProvider).join(', '),
          expected: "Fargate's providers only, or none of them",
        },
      ]
    : []
}

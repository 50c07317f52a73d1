/**
 * Validates a capacity provider strategy: the number of providers, their kinds, their bases and
 * their weights. Weights that are all 0 are refused only if there are several providers: a single
 * provider gets every task, whatever its weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem and RunTask. Over time the
 * reference has limited the number of providers to 6 and later to 20; the default here is 20.
 */
import type { Complaint } from '../words/complaint.js'
import { isOfFargate, type CapacityProviderStrategyItem } from '../words/placement.js'

/** The most providers of a strategy, by default. */
const providersMax = 20

const providerField = 'capacityProviderStrategy'

/** All complaints about a strategy with at most `max` providers. */
export const checkProviderStrategy = (
  strategy: readonly CapacityProviderStrategyItem[],
  max = providersMax,
): readonly Complaint[] => [
  ...(strategy.length > max
    ? [{ at: [providerField], found: `${strategy.length} providers`, expected: `at most ${max}` }]
    : []),
  ...checkKinds(strategy),
  ...(strategy.length > 1 && strategy.every(({ weight = 0 }) => weight === 0)
    ? [
        {
          at: [providerField],
          found: 'no weight above 0',
          expected: 'a weight above 0 for some provider',
        },
      ]
    : []),
  ...(strategy.filter(({ base = 0 }) => base > 0).length > 1
    ? [{ at: [providerField], found: 'several bases', expected: 'a base for one provider at most' }]
    : []),
]

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

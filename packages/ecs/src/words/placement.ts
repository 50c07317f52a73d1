/**
 * Defines the types and codecs of placement constraints, placement strategies and capacity provider
 * strategies, as the API spells them. Also checks whether a capacity provider is one of Fargate's.
 *
 * Source: Amazon ECS API Reference, PlacementConstraint, PlacementStrategy,
 * CapacityProviderStrategyItem.
 */
import { codecOf, oneOf, optional, record, text, whole, type Codec } from '@stowage/documents'
import type { FargateCapacity } from '@stowage/fargate'

/** A placement constraint; `memberOf` has an expression of the cluster query language. */
export interface PlacementConstraint {
  readonly type: 'distinctInstance' | 'memberOf'
  readonly expression?: string | undefined
}
export const PlacementConstraint: Codec<PlacementConstraint> = record<PlacementConstraint>(
  'a placement constraint',
  {
    type: oneOf<PlacementConstraint['type']>(['distinctInstance', 'memberOf']),
    expression: optional(text),
  },
)

/** A placement strategy. Source: Amazon ECS API Reference, PlacementStrategy. */
export interface PlacementStrategy {
  readonly type: 'random' | 'spread' | 'binpack'
  readonly field?: string | undefined
}
export const PlacementStrategy: Codec<PlacementStrategy> = record<PlacementStrategy>(
  'a placement strategy',
  {
    type: oneOf<PlacementStrategy['type']>(['random', 'spread', 'binpack']),
    field: optional(text),
  },
)

/** One capacity provider of a strategy. */
export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string
  /** How many tasks the provider gets before the weights decide; 0 by default. */
  readonly base?: number | undefined
  /** Its relative share of the tasks beyond all bases; 0 by default. */
  readonly weight?: number | undefined
}

/** The name of a capacity provider, of which the API takes and prints the ARN too. */
export const CapacityProviderName: Codec<string> = codecOf(
  'the name of a capacity provider',
  (value) => {
    if (typeof value !== 'string' || value === '') return undefined
    return value.startsWith('arn:') ? value.slice(value.lastIndexOf('/') + 1) : value
  },
)

/** The API's limits of a base and of a weight. */
const baseMax = 100_000
const weightMax = 1000
export const CapacityProviderStrategyItem: Codec<CapacityProviderStrategyItem> =
  record<CapacityProviderStrategyItem>('a capacity provider and its weight', {
    capacityProvider: CapacityProviderName,
    base: optional(whole(`a base from 0 to ${baseMax}`, 0, baseMax)),
    weight: optional(whole(`a weight from 0 to ${weightMax}`, 0, weightMax)),
  })

/** True for the two providers that every cluster has, FARGATE and FARGATE_SPOT. */
export const isOfFargate = ({ capacityProvider }: CapacityProviderStrategyItem): boolean =>
  capacityProvider === 'FARGATE' || capacityProvider === 'FARGATE_SPOT'

/** The Fargate capacity that a provider launches on: Spot for FARGATE_SPOT, otherwise on demand. */
export const capacityOf = (provider: string | undefined): FargateCapacity =>
  provider === 'FARGATE_SPOT' ? 'FARGATE_SPOT' : 'FARGATE'

/**
 * Placement constraints and strategies, and capacity providers.
 *
 * Source: Amazon ECS API Reference, PlacementConstraint, PlacementStrategy, CapacityProviderStrategyItem.
 */
import { anyText, oneOf, optional, text, type Codec } from './codec.js'
import { record } from './record.js'

export interface PlacementConstraint {
  readonly type: 'distinctInstance' | 'memberOf'
  readonly expression?: string | undefined
}
export const PlacementConstraint: Codec<PlacementConstraint> = record<PlacementConstraint>(
  'a placement constraint',
  {
    type: oneOf<PlacementConstraint['type']>(['distinctInstance', 'memberOf']),
    expression: optional(anyText),
  },
)

export interface PlacementStrategy {
  readonly type: 'random' | 'spread' | 'binpack'
  readonly field?: string | undefined
}
export const PlacementStrategy: Codec<PlacementStrategy> = record<PlacementStrategy>(
  'a placement strategy',
  {
    type: oneOf<PlacementStrategy['type']>(['random', 'spread', 'binpack']),
    field: optional(anyText),
  },
)

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string
}
export const CapacityProviderStrategyItem: Codec<CapacityProviderStrategyItem> =
  record<CapacityProviderStrategyItem>('a capacity provider and its weight', {
    capacityProvider: text('the name of a capacity provider'),
  })

export const isOfFargate = ({ capacityProvider }: CapacityProviderStrategyItem): boolean =>
  capacityProvider === 'FARGATE' || capacityProvider === 'FARGATE_SPOT'

/**
 * Finds values that the AWS documentation excludes without saying whether the API refuses or
 * ignores them, such as a `field` of the placement strategy `random`. These values stay in the
 * input, and callers warn about each.
 *
 * Sources: Amazon ECS API Reference, PortMapping, PlacementStrategy and CreateService; Developer
 * Guide, balancing a service across Availability Zones.
 */
import { duplicates, type Path } from '@stowage/documents'
import type { CapacityProviderStrategyItem, PlacementStrategy } from '../words/placement.js'
import { isDaemon, type Service } from '../words/service.js'
import type { TaskDefinition } from '../words/task-definition.js'

/** A value that is excluded, and why. */
export interface Doubt {
  readonly at: Path
  readonly why: string
}

/** The doubts about a task definition: a range of ports stands alone. */
export const doubtsOfDefinition = ({ containerDefinitions }: TaskDefinition): readonly Doubt[] =>
  containerDefinitions.flatMap(({ portMappings = [] }, i) =>
    portMappings.flatMap((mapping, k) =>
      (['containerPort', 'hostPort'] as const).flatMap((field) =>
        mapping.containerPortRange === undefined || (mapping[field] ?? 0) === 0
          ? []
          : [
              {
                at: ['containerDefinitions', i, 'portMappings', k, field],
                why: 'a mapping with a containerPortRange has no other port',
              },
            ],
      ),
    ),
  )

/** The fields of a service or a call that say where tasks go. */
interface Strategies {
  readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
}

/** The doubts about a service or a call: a field of `random`, a provider that is named twice. */
export const doubtsOfStrategies = ({
  placementStrategy = [],
  capacityProviderStrategy = [],
}: Strategies): readonly Doubt[] => [
  ...placementStrategy.flatMap(({ type, field = '' }, i) =>
    type === 'random' && field !== ''
      ? [{ at: ['placementStrategy', i, 'field'], why: 'the strategy random uses no field' }]
      : [],
  ),
  ...duplicates(capacityProviderStrategy, ({ capacityProvider }) => capacityProvider).map(
    ({ index }) => ({
      at: ['capacityProviderStrategy', index, 'capacityProvider'],
      why: 'an earlier item has the provider',
    }),
  ),
]

/** The doubts about a service that is to be created. */
export const doubtsOfService = (service: Service): readonly Doubt[] => {
  const why =
    service.availabilityZoneRebalancing === 'ENABLED' ? whyNotRebalanced(service) : undefined
  return [
    ...doubtsOfStrategies(service),
    ...(why === undefined ? [] : [{ at: ['availabilityZoneRebalancing'], why }]),
  ]
}

const zoneAttribute = 'attribute:ecs.availability-zone'

/** Why tasks of a service are never moved to balance zones; `undefined` when they may be. */
const whyNotRebalanced = (service: Service): string | undefined => {
  const [first] = service.placementStrategy ?? []
  const { placementConstraints = [], deploymentConfiguration = {} } = service
  if (isDaemon(service)) return 'a DAEMON is not rebalanced'
  if (service.launchType === 'EXTERNAL') return 'tasks outside of AWS are not rebalanced'
  if (deploymentConfiguration.maximumPercent === 100)
    return 'a maximumPercent of 100 leaves no room to rebalance'
  if (first !== undefined && (first.type !== 'spread' || first.field !== zoneAttribute))
    return `the first strategy has to be spread(${zoneAttribute}), or none`
  return placementConstraints.some(({ expression = '' }) => expression.includes(zoneAttribute))
    ? `a constraint on ${zoneAttribute} fixes the zone`
    : undefined
}

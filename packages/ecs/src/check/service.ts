/**
 * Validates a service beyond the types of its fields.
 *
 * Source: Amazon ECS API Reference, CreateService.
 */
import { checkConstraints, checkStrategies } from './placement.js'
import { checkProviderStrategy, type ProviderRules } from './providers.js'
import type { QueryOptions } from '../query/options.js'
import type { Complaint } from '../words/complaint.js'
import { isOfFargate } from '../words/placement.js'
import { isDaemon, taskCount, type Service } from '../words/service.js'

/** All complaints about a service. */
export const checkService = (
  service: Service,
  query?: QueryOptions,
  rules?: Partial<ProviderRules>,
): readonly Complaint[] => [
  ...checkCount(service),
  ...checkServiceCapacity(service, rules),
  ...checkOnFargate(service),
  ...checkConstraints(service.placementConstraints ?? [], query),
  ...checkStrategies(service.placementStrategy ?? []),
]

const checkCount = (service: Service): readonly Complaint[] => {
  if (!isDaemon(service))
    return service.desiredCount === undefined ? [{ at: ['desiredCount'], expected: taskCount }] : []
  return (service.placementStrategy ?? []).length > 0
    ? [{ at: ['placementStrategy'], expected: 'no strategy, as the service is a DAEMON' }]
    : []
}

/** Fargate has no instances, so it accepts no DAEMON, no constraints and no strategies. */
const checkOnFargate = (
  service: Omit<Service, 'serviceName' | 'taskDefinition' | 'networkConfiguration'>,
): readonly Complaint[] => {
  const { launchType, capacityProviderStrategy: providers = [] } = service
  if (launchType !== 'FARGATE' && !providers.some(isOfFargate)) return []
  const { placementConstraints = [], placementStrategy = [] } = service
  return [
    ...(isDaemon(service)
      ? [{ at: ['schedulingStrategy'], expected: 'REPLICA, as Fargate has no DAEMON services' }]
      : []),
    ...(placementConstraints.length > 0
      ? [{ at: ['placementConstraints'], expected: 'no constraints, as Fargate takes none' }]
      : []),
    ...(placementStrategy.length > 0 && !isDaemon(service)
      ? [{ at: ['placementStrategy'], expected: 'no strategies, as Fargate takes none' }]
      : []),
  ]
}

/**
 * A service names one kind of capacity: a launch type, or providers that are all of Fargate or all
 * of instances.
 */
const checkServiceCapacity = (
  { launchType, capacityProviderStrategy: providers = [] }: Service,
  rules?: Partial<ProviderRules>,
): readonly Complaint[] => [
  ...(launchType !== undefined && providers.length > 0
    ? [{ at: ['launchType'], expected: 'nothing, beside a capacityProviderStrategy' }]
    : []),
  ...checkProviderStrategy(providers, rules),
]

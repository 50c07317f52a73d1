/**
 * What the API asks of a service beyond the types of its fields.
 *
 * Source: Amazon ECS API Reference, CreateService.
 */
import { checkConstraints, checkStrategies } from './placement.js'
import { checkProviderStrategy } from './providers.js'
import type { QueryOptions } from '../query/options.js'
import type { Complaint } from '../words/complaint.js'
import { isDaemon, taskCount, type Service } from '../words/service.js'

export const checkService = (
  service: Service,
  query?: QueryOptions,
  providersMost?: number,
): readonly Complaint[] => [
  ...checkCount(service),
  ...checkSupply(service, providersMost),
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

/** One kind of supply: a launch type, or providers that are all Fargate's or all of instances. */
const checkSupply = (
  { launchType, capacityProviderStrategy: providers = [] }: Service,
  providersMost?: number,
): readonly Complaint[] => [
  ...(launchType !== undefined && providers.length > 0
    ? [{ at: ['launchType'], expected: 'nothing, beside a capacityProviderStrategy' }]
    : []),
  ...checkProviderStrategy(providers, providersMost),
]

/**
 * Validates the fields of a service by themselves and with each other: its name, count, capacity,
 * deployment configuration, network and placement. For example, a DAEMON service must not be on
 * Fargate.
 *
 * Source: Amazon ECS API Reference, CreateService.
 */
import { checkDeployment } from './deployment.js'
import { checkNameText } from './name.js'
import { checkNetworkLists } from './network.js'
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
  ...checkNameText(['serviceName'], service.serviceName),
  ...checkCount(service),
  ...checkServiceCapacity(service, rules),
  ...checkOnFargate(service),
  ...checkDeployment(service.deploymentConfiguration ?? {}).map(({ at, ...complaint }) => ({
    ...complaint,
    at: ['deploymentConfiguration', ...at],
  })),
  ...checkController(service),
  ...checkNetworkLists(service.networkConfiguration),
  ...checkConstraints(service.placementConstraints ?? [], query),
  ...checkStrategies(service.placementStrategy ?? []),
]

const checkCount = (service: Service): readonly Complaint[] => {
  if (!isDaemon(service))
    return service.desiredCount === undefined
      ? [{ at: ['desiredCount'], expected: taskCount }]
      : checkDiscovery(service, service.desiredCount)
  return (service.placementStrategy ?? []).length > 0
    ? [{ at: ['placementStrategy'], expected: 'no strategy, as the service is a DAEMON' }]
    : []
}

/** Cloud Map and Service Connect know at most so many tasks of a service. */
const discoveredMax = 1000

const checkDiscovery = (
  { serviceRegistries = [], serviceConnectConfiguration }: Service,
  count: number,
): readonly Complaint[] => {
  const isDiscovered = serviceRegistries.length > 0 || serviceConnectConfiguration?.enabled === true
  return isDiscovered && count > discoveredMax
    ? [
        {
          at: ['desiredCount'],
          expected: `at most ${discoveredMax}, as Cloud Map and Service Connect know no more tasks of a service`,
        },
      ]
    : []
}

/** Fargate has no instances, so it accepts no DAEMON. */
const checkOnFargate = (service: Service): readonly Complaint[] => {
  const { launchType, capacityProviderStrategy: providers = [] } = service
  return isDaemon(service) && (launchType === 'FARGATE' || providers.some(isOfFargate))
    ? [{ at: ['schedulingStrategy'], expected: 'REPLICA, as Fargate has no DAEMON services' }]
    : []
}

/** CODE_DEPLOY and EXTERNAL replace whole sets of tasks, which a DAEMON has not. */
const checkController = (service: Service): readonly Complaint[] => {
  const { type = 'ECS' } = service.deploymentController ?? {}
  return isDaemon(service) && type !== 'ECS'
    ? [{ at: ['schedulingStrategy'], expected: `REPLICA, as ${type} has no DAEMON services` }]
    : []
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

/**
 * Applies the capacity providers of the cluster to a service. A service that names neither a launch
 * type nor a strategy gets the default strategy; a service may only name providers of the cluster.
 *
 * Source: Amazon ECS API Reference, CreateService, capacityProviderStrategy.
 */
import type { StepState } from '@stowage/kernel'
import type { Complaint } from '../words/complaint.js'
import { isDaemon, type Service } from '../words/service.js'
import { memoryIn } from './service-call.js'

/** The service with the default strategy, when it uses that. */
export const withClusterStrategy = (state: StepState, service: Service): Service => {
  const { cluster } = memoryIn(state).capacity
  const strategy = cluster?.defaultCapacityProviderStrategy ?? []
  const isOpen =
    service.launchType === undefined && (service.capacityProviderStrategy ?? []).length === 0
  return isOpen && strategy.length > 0 && !isDaemon(service)
    ? { ...service, capacityProviderStrategy: strategy }
    : service
}

/** The first provider of the service that is none of the cluster. */
export const checkAssociated = (state: StepState, service: Service): Complaint | undefined => {
  const { cluster } = memoryIn(state).capacity
  if (cluster === undefined) return undefined
  const position = (service.capacityProviderStrategy ?? []).findIndex(
    ({ capacityProvider }) => !cluster.capacityProviders.includes(capacityProvider),
  )
  return position < 0
    ? undefined
    : {
        at: ['capacityProviderStrategy', position, 'capacityProvider'],
        expected: `a capacity provider of the cluster: ${cluster.capacityProviders.join(', ') || 'it has none'}`,
      }
}

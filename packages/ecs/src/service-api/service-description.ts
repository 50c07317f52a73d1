/**
 * Converts services to the format of the API's answers, with the defaults that the API fills in.
 *
 * Source: Amazon ECS API Reference, Service; CreateService.
 */
import type { StepState } from '@stowage/kernel'
import {
  describeService,
  describeServices,
  type ServiceDescription,
} from '../controller/describe-services.js'
import type { Service } from '../words/service.js'
import { clusterArnOf, memoryIn, serviceArnOf, type ServiceCallOptions } from './service-call.js'

/** A service as the API answers it; `deployments` and `events` are in every answer. */
export interface AnsweredService extends Omit<ServiceDescription, 'status' | 'deployments'> {
  readonly serviceArn: string
  readonly clusterArn: string
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  readonly deployments: ServiceDescription['deployments']
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON'
  readonly deploymentController: NonNullable<Service['deploymentController']>
  readonly deploymentConfiguration: NonNullable<Service['deploymentConfiguration']>
  readonly availabilityZoneRebalancing: 'ENABLED' | 'DISABLED'
  readonly placementConstraints: NonNullable<Service['placementConstraints']>
  readonly placementStrategy: NonNullable<Service['placementStrategy']>
  readonly loadBalancers: NonNullable<Service['loadBalancers']>
  readonly serviceRegistries: NonNullable<Service['serviceRegistries']>
  readonly launchType?: Service['launchType']
  readonly capacityProviderStrategy?: Service['capacityProviderStrategy']
  readonly healthCheckGracePeriodSeconds: number
  /** Of a service of the deployment controller EXTERNAL. */
  readonly taskSets?: readonly unknown[]
}

/** The answer of CreateService, of UpdateService and of DeleteService. */
export interface OneService {
  readonly service: AnsweredService
}

/** A service with what the API fills in when it is created. */
export const withDefaults = (service: Service): Service => {
  const { capacityProviderStrategy = [], deploymentConfiguration = {} } = service
  const isDaemon = service.schedulingStrategy === 'DAEMON'
  return {
    ...service,
    schedulingStrategy: service.schedulingStrategy ?? 'REPLICA',
    deploymentController: { type: service.deploymentController?.type ?? 'ECS' },
    deploymentConfiguration: {
      ...deploymentConfiguration,
      minimumHealthyPercent: deploymentConfiguration.minimumHealthyPercent ?? (isDaemon ? 0 : 100),
      maximumPercent: deploymentConfiguration.maximumPercent ?? (isDaemon ? 100 : 200),
      strategy: deploymentConfiguration.strategy ?? 'ROLLING',
    },
    ...(service.launchType === undefined && capacityProviderStrategy.length === 0
      ? { launchType: 'EC2' as const }
      : {}),
  }
}

/** The services of a state, by name. */
export const answeredServices = (
  state: StepState,
  options: ServiceCallOptions,
): ReadonlyMap<string, AnsweredService> => {
  const { services } = memoryIn(state)
  return new Map(
    describeServices(state).flatMap((description) => {
      const record = services.get(description.serviceName)
      return record === undefined || record.service.taskSet !== undefined
        ? []
        : [
            [
              description.serviceName,
              answeredServiceOf(description, record.service, options),
            ] as const,
          ]
    }),
  )
}

const answeredServiceOf = (
  description: ServiceDescription,
  given: Service,
  options: ServiceCallOptions,
): AnsweredService => {
  const service = withDefaults(given)
  return {
    ...description,
    serviceArn: serviceArnOf(options, description.serviceName),
    clusterArn: clusterArnOf(options),
    schedulingStrategy: service.schedulingStrategy ?? 'REPLICA',
    deploymentController: service.deploymentController ?? {},
    deploymentConfiguration: service.deploymentConfiguration ?? {},
    availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? 'DISABLED',
    placementConstraints: service.placementConstraints ?? [],
    placementStrategy: service.placementStrategy ?? [],
    loadBalancers: service.loadBalancers ?? [],
    serviceRegistries: service.serviceRegistries ?? [],
    ...(service.launchType === undefined ? {} : { launchType: service.launchType }),
    ...(service.capacityProviderStrategy === undefined
      ? {}
      : { capacityProviderStrategy: service.capacityProviderStrategy }),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
  }
}

/** The services that are gone, by name. */
export const answeredInactive = (
  state: StepState,
  options: ServiceCallOptions,
): ReadonlyMap<string, AnsweredService> =>
  new Map(
    [...memoryIn(state).inactive].reverse().map((record) => {
      const before = answeredServiceOf(describeService(record), record.service, options)
      return [record.service.serviceName, inactiveOf(before)] as const
    }),
  )

/** The answer about a service that is gone: the API still knows it for a while. */
export const inactiveOf = (before: AnsweredService): AnsweredService => ({
  ...before,
  ...{ status: 'INACTIVE', desiredCount: 0, runningCount: 0, pendingCount: 0, deployments: [] },
})

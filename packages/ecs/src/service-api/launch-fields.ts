/**
 * Copies the launch fields of a service or a task set, such as `launchType` and
 * `networkConfiguration`, into an answer of the API about revisions or task sets.
 */
import type { Service } from '../words/service.js'

type LaunchField =
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'networkConfiguration'
  | 'loadBalancers'
  | 'serviceRegistries'

/** How tasks are launched; the two lists are in every answer. */
export interface LaunchFields extends Pick<Service, LaunchField> {
  readonly loadBalancers: NonNullable<Service['loadBalancers']>
  readonly serviceRegistries: NonNullable<Service['serviceRegistries']>
}

/** The fields of a service or a task set. */
export const launchFieldsOf = ({
  launchType,
  capacityProviderStrategy,
  platformVersion,
  networkConfiguration,
  loadBalancers = [],
  serviceRegistries = [],
}: Partial<Pick<Service, LaunchField>>): LaunchFields => ({
  ...(launchType === undefined ? {} : { launchType }),
  ...(capacityProviderStrategy === undefined ? {} : { capacityProviderStrategy }),
  ...(platformVersion === undefined ? {} : { platformVersion }),
  ...(networkConfiguration === undefined ? {} : { networkConfiguration }),
  ...{ loadBalancers, serviceRegistries },
})

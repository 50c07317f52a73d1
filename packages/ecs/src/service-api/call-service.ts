/**
 * Dispatches API calls about services, task sets, deployments and capacity providers by the name of
 * the action. A call does not change the state of the simulation. It returns an exception, or the
 * API's answer with the events that the caller must pass to the simulation.
 */
import type { Instant, StepState } from '@stowage/kernel'
import type { CapacityProvider } from '../provider/capacity-provider.js'
import { createServiceAction, type CreateServiceRequest } from './create-service.js'
import {
  createCapacityProviderAction,
  deleteCapacityProviderAction,
  describeCapacityProvidersAction,
  updateCapacityProviderAction,
  type AnsweredProviders,
  type DeleteCapacityProviderRequest,
  type DescribeCapacityProvidersRequest,
  type OneProvider,
  type UpdateCapacityProviderRequest,
} from './capacity-providers.js'
import { deleteServiceAction, type DeleteServiceRequest } from './delete-service.js'
import {
  describeServicesAction,
  listServicesAction,
  type AnsweredServices,
  type DescribeServicesRequest,
  type ListedServices,
  type ListServicesRequest,
} from './describe-services-action.js'
import {
  listServiceDeploymentsAction,
  type ListServiceDeploymentsRequest,
  type ListedDeployments,
} from './list-service-deployments.js'
import {
  putClusterCapacityProvidersAction,
  type OneCluster,
  type PutClusterCapacityProvidersRequest,
} from './put-cluster-capacity-providers.js'
import {
  performCall,
  type ServiceAction,
  type ServiceCallOptions,
  type ServiceCallResult,
} from './service-call.js'
import {
  continueServiceDeploymentAction,
  describeServiceDeploymentsAction,
  stopServiceDeploymentAction,
  type AnsweredDeployments,
  type ContinueServiceDeploymentRequest,
  type DescribeServiceDeploymentsRequest,
  type OneDeployment,
  type StopServiceDeploymentRequest,
} from './service-deployments.js'
import type { OneService } from './service-description.js'
import {
  describeServiceRevisionsAction,
  type AnsweredRevisions,
  type DescribeServiceRevisionsRequest,
} from './service-revisions.js'
import {
  getTaskProtectionAction,
  updateTaskProtectionAction,
  type GetTaskProtectionRequest,
  type ProtectedTasks,
  type UpdateTaskProtectionRequest,
} from './task-protection.js'
import {
  createTaskSetAction,
  deleteTaskSetAction,
  describeTaskSetsAction,
  updateServicePrimaryTaskSetAction,
  updateTaskSetAction,
  type AnsweredTaskSets,
  type CreateTaskSetRequest,
  type DeleteTaskSetRequest,
  type DescribeTaskSetsRequest,
  type OneTaskSet,
  type UpdateServicePrimaryTaskSetRequest,
  type UpdateTaskSetRequest,
} from './task-sets.js'
import { updateServiceAction, type UpdateServiceRequest } from './update-service.js'

/** For each action, its decoded request and its answer. */
export interface ServiceActionTypes {
  readonly ContinueServiceDeployment: readonly [ContinueServiceDeploymentRequest, OneDeployment]
  readonly CreateCapacityProvider: readonly [CapacityProvider, OneProvider]
  readonly CreateService: readonly [CreateServiceRequest, OneService]
  readonly CreateTaskSet: readonly [CreateTaskSetRequest, OneTaskSet]
  readonly DeleteCapacityProvider: readonly [DeleteCapacityProviderRequest, OneProvider]
  readonly DeleteService: readonly [DeleteServiceRequest, OneService]
  readonly DeleteTaskSet: readonly [DeleteTaskSetRequest, OneTaskSet]
  readonly DescribeCapacityProviders: readonly [DescribeCapacityProvidersRequest, AnsweredProviders]
  readonly DescribeServiceDeployments: readonly [
    DescribeServiceDeploymentsRequest,
    AnsweredDeployments,
  ]
  readonly DescribeServiceRevisions: readonly [DescribeServiceRevisionsRequest, AnsweredRevisions]
  readonly DescribeServices: readonly [DescribeServicesRequest, AnsweredServices]
  readonly DescribeTaskSets: readonly [DescribeTaskSetsRequest, AnsweredTaskSets]
  readonly GetTaskProtection: readonly [GetTaskProtectionRequest, ProtectedTasks]
  readonly ListServiceDeployments: readonly [ListServiceDeploymentsRequest, ListedDeployments]
  readonly ListServices: readonly [ListServicesRequest, ListedServices]
  readonly PutClusterCapacityProviders: readonly [PutClusterCapacityProvidersRequest, OneCluster]
  readonly StopServiceDeployment: readonly [StopServiceDeploymentRequest, OneDeployment]
  readonly UpdateCapacityProvider: readonly [UpdateCapacityProviderRequest, OneProvider]
  readonly UpdateService: readonly [UpdateServiceRequest, OneService]
  readonly UpdateServicePrimaryTaskSet: readonly [UpdateServicePrimaryTaskSetRequest, OneTaskSet]
  readonly UpdateTaskProtection: readonly [UpdateTaskProtectionRequest, ProtectedTasks]
  readonly UpdateTaskSet: readonly [UpdateTaskSetRequest, OneTaskSet]
}

/** The name of an action about services, as the API spells it. */
export type ServiceActionName = keyof ServiceActionTypes

/** Every action about services, by its name. */
export const serviceActions: {
  readonly [Name in ServiceActionName]: ServiceAction<
    ServiceActionTypes[Name][0],
    ServiceActionTypes[Name][1]
  >
} = {
  ContinueServiceDeployment: continueServiceDeploymentAction,
  CreateCapacityProvider: createCapacityProviderAction,
  CreateService: createServiceAction,
  CreateTaskSet: createTaskSetAction,
  DeleteCapacityProvider: deleteCapacityProviderAction,
  DeleteService: deleteServiceAction,
  DeleteTaskSet: deleteTaskSetAction,
  DescribeCapacityProviders: describeCapacityProvidersAction,
  DescribeServiceDeployments: describeServiceDeploymentsAction,
  DescribeServiceRevisions: describeServiceRevisionsAction,
  DescribeServices: describeServicesAction,
  DescribeTaskSets: describeTaskSetsAction,
  GetTaskProtection: getTaskProtectionAction,
  ListServiceDeployments: listServiceDeploymentsAction,
  ListServices: listServicesAction,
  PutClusterCapacityProviders: putClusterCapacityProvidersAction,
  StopServiceDeployment: stopServiceDeploymentAction,
  UpdateCapacityProvider: updateCapacityProviderAction,
  UpdateService: updateServiceAction,
  UpdateServicePrimaryTaskSet: updateServicePrimaryTaskSetAction,
  UpdateTaskProtection: updateTaskProtectionAction,
  UpdateTaskSet: updateTaskSetAction,
}

/**
 * Calls an action about services on a state of `step` with the controller of ECS. `request` is
 * spelled as in the API. A `Left` is the exception that the API throws; a `Right` has the events to
 * give to `step`, and the answer, a function of the state after them.
 */
export const callService = <Name extends ServiceActionName>(
  state: StepState,
  name: Name,
  request: unknown,
  at: Instant,
  options: Partial<ServiceCallOptions> = {},
): ServiceCallResult<ServiceActionTypes[Name][1]> =>
  performCall<ServiceActionTypes[Name][0], ServiceActionTypes[Name][1]>(
    serviceActions[name],
    state,
    request,
    at,
    options,
  )

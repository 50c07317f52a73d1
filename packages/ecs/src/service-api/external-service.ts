/**
 * Applies CreateService, UpdateService and DeleteService to a service whose deployment controller
 * is EXTERNAL. Such a service has a desired count, and its task sets have the task definitions. A
 * call that gives the service a field of a task set, such as `taskDefinition`, is refused.
 *
 * Source: Amazon ECS API Reference, CreateService and DeploymentController.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ExternalService } from '../memory/task-sets.js'
import type { Service } from '../words/service.js'
import { idIn } from '../words/task.js'
import {
  factOf,
  memoryIn,
  reportFact,
  refuseCall,
  type ServiceCallResult,
  type ServiceRequest,
} from './service-call.js'
import { inactiveOf, type OneService } from './service-description.js'
import { answeredExternal } from './task-set-answer.js'

type ExternalCall = ServiceCallResult<OneService>

/** True for a service whose task sets are made by calls. */
export const hasTaskSets = ({ deploymentController }: Partial<Service>): boolean =>
  deploymentController?.type === 'EXTERNAL'

/** The fields of CreateService that belong to a task set. */
const taskSetFields = [
  ...(['taskDefinition', 'launchType', 'capacityProviderStrategy', 'platformVersion'] as const),
  ...(['networkConfiguration', 'loadBalancers', 'serviceRegistries'] as const),
]

/** Creates or updates the service. */
export const reportExternal = (
  call: ServiceRequest<unknown>,
  service: Partial<Service>,
  before?: ExternalService,
): ExternalCall => {
  const strange = taskSetFields.find((field) => service[field] !== undefined)
  if (strange !== undefined)
    return refuseCall(call, { at: [strange], expected: 'nothing: its task sets have it' })
  const serviceName = before?.serviceName ?? service.serviceName!
  const { desiredCount = before?.desiredCount } = service
  const grace = service.healthCheckGracePeriodSeconds ?? before?.healthCheckGracePeriodSeconds
  const report = {
    ...{ serviceName, desiredCount },
    ...(grace === undefined ? {} : { healthCheckGracePeriodSeconds: grace }),
  }
  return reportFact(call, `external-service ${serviceName}`, report, (state) => ({
    service: answeredExternal(state, memoryIn(state).externals.get(serviceName)!, call.options),
  }))
}

/** The service that a call names, when its task sets are made by calls. */
export const findExternal = (
  { state }: Pick<ServiceRequest<unknown>, 'state'>,
  reference: string,
): ExternalService | undefined => memoryIn(state).externals.get(idIn(reference))

/** Deletes the service; one with task sets only by force. */
export const deleteExternal = (
  call: ServiceRequest<unknown>,
  service: ExternalService,
  isForced: boolean,
): ExternalCall => {
  const sets = service.taskSets.filter(({ status }) => status !== 'DRAINING')
  if (sets.length > 0 && !isForced)
    return refuseCall(call, {
      ...{ at: ['force'], found: `nothing, for a service of ${sets.length} task sets` },
      expected: 'true, or a service without task sets',
    })
  const before = answeredExternal(call.state, service, call.options)
  return E.right({
    events: [factOf(call.at, `external-service ${service.serviceName}`, null)],
    answer: () => ({ service: inactiveOf(before) }),
  })
}

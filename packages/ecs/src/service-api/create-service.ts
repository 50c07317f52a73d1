/**
 * CreateService: creates a service, with the defaults of the API. A repeated call with equal fields
 * returns the existing service.
 *
 * Source: Amazon ECS API Reference, CreateService.
 */
import { isObject, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { canonical } from '../words/canonical.js'
import { Service } from '../words/service.js'
import { resolve } from '../workload/reference.js'
import {
  factOf,
  findService,
  memoryIn,
  refuseCall,
  tryFact,
  type ServiceAction,
  type ServiceRequest,
} from './service-call.js'
import { checkAssociated, withClusterStrategy } from './cluster-strategy.js'
import { findExternal, hasTaskSets, reportExternal } from './external-service.js'
import { answeredServices, withDefaults, type OneService } from './service-description.js'

/** The request of CreateService. */
export interface CreateServiceRequest extends Service {
  readonly cluster?: string | undefined
}
const ClusterField = record<Pick<CreateServiceRequest, 'cluster'>>('a call of CreateService', {
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
})
const CreateServiceRequest: Codec<CreateServiceRequest> = new t.Type<
  CreateServiceRequest,
  unknown,
  unknown
>(
  'a call of CreateService',
  (value): value is CreateServiceRequest => Service.is(value) && ClusterField.is(value),
  (value, context) => {
    const isOpen = isObject(value) && isWithoutDefinition(value)
    // Its task sets have definitions: what is absent is checked as if it were there.
    const full = isOpen ? { ...value, taskDefinition: 'x' } : value
    const [service, cluster] = [
      Service.validate(full, context),
      ClusterField.validate(value, context),
    ]
    if (E.isLeft(service)) return service
    if (E.isLeft(cluster)) return cluster
    const { taskDefinition, ...fields } = service.right
    const definition = isOpen ? {} : { taskDefinition }
    return t.success({ ...fields, ...definition, ...cluster.right } as CreateServiceRequest)
  },
  t.identity,
)

const isWithoutDefinition = (value: object): boolean =>
  !Object.hasOwn(value, 'taskDefinition') && hasTaskSets(value)

export const createServiceAction: ServiceAction<CreateServiceRequest, OneService> = {
  codec: CreateServiceRequest,
  apply: (call) => {
    const { cluster: _, ...given } = call.request
    if (hasTaskSets(given)) return createExternal(call, given)
    const service = withDefaults(withClusterStrategy(call.state, given))
    const { serviceName } = service
    const before = findService(call.state, serviceName)
    if (before?.status === 'DRAINING')
      return refuseCall(call, {
        ...{ at: ['serviceName'], found: `${serviceName}, which is still DRAINING` },
        expected: 'another name, until its last task is gone',
      })
    const isSame = before !== undefined && canonical(before.service) === canonical(service)
    if (before !== undefined && !isSame)
      return refuseCall(call, {
        ...{ at: ['serviceName'], found: `${serviceName}, which is there with other parameters` },
        expected: 'another name: creation of a service is idempotent',
      })
    return reportService(call, service, isSame)
  },
}

const createExternal = (
  call: ServiceRequest<CreateServiceRequest>,
  service: Service,
): ReturnType<ServiceAction<unknown, OneService>['apply']> => {
  const { serviceName } = service
  const before = findExternal(call, serviceName)
  return before !== undefined && before.desiredCount !== service.desiredCount
    ? refuseCall(call, {
        ...{ at: ['serviceName'], found: `${serviceName}, which is there with other parameters` },
        expected: 'another name: creation of a service is idempotent',
      })
    : reportExternal(call, service, before)
}

/** The call that gives a service to the controller; `isKnown` when it has it already. */
export const reportService = (
  call: ServiceRequest<unknown>,
  service: Service,
  isKnown: boolean,
): ReturnType<ServiceAction<unknown, OneService>['apply']> => {
  const { serviceName } = service
  const about = `service ${serviceName}`
  const { minimumHealthyPercent, maximumPercent } = service.deploymentConfiguration ?? {}
  if (minimumHealthyPercent === 100 && maximumPercent === 100)
    return refuseCall(call, {
      ...{ at: ['deploymentConfiguration'], found: 'two percentages of 100' },
      expected: 'a maximumPercent above 100 or a minimumHealthyPercent below, to let tasks go',
    })
  const definition = resolve(memoryIn(call.state).families, service.taskDefinition)
  if (E.isLeft(definition))
    return refuseCall(
      call,
      { at: ['taskDefinition'], expected: definition.left() },
      'ClientException',
    )
  const stranger = checkAssociated(call.state, service)
  if (stranger !== undefined) return refuseCall(call, stranger)
  const tried = tryFact(call, about, service)
  if (E.isLeft(tried)) return tried
  return E.right({
    events: isKnown ? [] : [factOf(call.at, about, service)],
    answer: (state) => ({ service: answeredServices(state, call.options).get(serviceName)! }),
  })
}

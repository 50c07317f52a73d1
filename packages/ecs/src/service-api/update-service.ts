/**
 * UpdateService: changes the fields that the request has, and leaves the others as they are.
 *
 * Source: Amazon ECS API Reference, UpdateService.
 */
import { nonEmptyText, optional, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { Service } from '../words/service.js'
import { findExternal, reportExternal } from './external-service.js'
import { reportService } from './create-service.js'
import { findInactive, findService, refuseCall, type ServiceAction } from './service-call.js'
import type { OneService } from './service-description.js'

/** The request of UpdateService. */
export interface UpdateServiceRequest extends Partial<Service> {
  readonly cluster?: string | undefined
  /** The name or the ARN. */
  readonly service: string
}
const UpdateServiceRequest: Codec<UpdateServiceRequest> = new t.Type<
  UpdateServiceRequest,
  unknown,
  unknown
>(
  'a call of UpdateService',
  (value): value is UpdateServiceRequest => ServiceReference.is(value),
  (value, context) => {
    const named = ServiceReference.validate(value, context)
    if (E.isLeft(named)) return named
    // Whatever is absent is checked as if it were there, and dropped again.
    const full = { serviceName: 'x', taskDefinition: 'x', ...(value as object) }
    const read = Service.validate(full, context)
    if (E.isLeft(read)) return read
    const fields = Object.entries(read.right).filter(([key]) => Object.hasOwn(value as object, key))
    return t.success({ ...Object.fromEntries(fields), ...named.right })
  },
  t.identity,
)
const ServiceReference = t.type({
  cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
  service: nonEmptyText('the name or the ARN of a service'),
})

/** Only CreateService sets these. */
const fixedFields = ['serviceName', 'launchType', 'schedulingStrategy'] as const

export const updateServiceAction: ServiceAction<UpdateServiceRequest, OneService> = {
  codec: UpdateServiceRequest,
  apply: (call) => {
    const { cluster: _, service: reference, ...changes } = call.request
    const external = findExternal(call, reference)
    if (external !== undefined) return reportExternal(call, changes, external)
    const record = findService(call.state, reference)
    const isGone = record === undefined && findInactive(call.state, reference) !== undefined
    if (record === undefined && !isGone)
      return refuseCall(
        call,
        { at: ['service'], expected: 'a service that is there' },
        'ServiceNotFoundException',
      )
    if (record?.status !== 'ACTIVE')
      return refuseCall(
        call,
        {
          ...{ at: ['service'], found: record?.status ?? 'INACTIVE' },
          expected: 'a service that is ACTIVE: CreateService may have its name again',
        },
        'ServiceNotActiveException',
      )
    const fixed = fixedFields.find((field) => changes[field] !== undefined)
    if (fixed !== undefined)
      return refuseCall(call, { at: [fixed], expected: 'nothing: it cannot be updated' })
    const { forceNewDeployment: __, ...known } = record.service
    return reportService(call, { ...known, ...changes }, false)
  },
}

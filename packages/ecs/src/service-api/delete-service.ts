/**
 * DeleteService: stops all tasks of a service, and deletes the service once its last task is gone.
 * A service with a desired count above 0 is deleted only with `force`.
 *
 * Source: Amazon ECS API Reference, DeleteService.
 */
import { flag, nonEmptyText, optional, record as recordOf, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { factOf, findService, refuseCall, type ServiceAction } from './service-call.js'
import { deleteExternal, findExternal } from './external-service.js'
import { answeredServices, inactiveOf, type OneService } from './service-description.js'

/** The request of DeleteService. */
export interface DeleteServiceRequest {
  readonly cluster?: string | undefined
  readonly service: string
  readonly force?: boolean | undefined
}
const DeleteServiceRequest: Codec<DeleteServiceRequest> = recordOf<DeleteServiceRequest>(
  'a call of DeleteService',
  {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    service: nonEmptyText('the name or the ARN of a service'),
    force: optional(flag),
  },
)

export const deleteServiceAction: ServiceAction<DeleteServiceRequest, OneService> = {
  codec: DeleteServiceRequest,
  apply: (call) => {
    const external = findExternal(call, call.request.service)
    if (external !== undefined) return deleteExternal(call, external, call.request.force === true)
    const record = findService(call.state, call.request.service)
    if (record === undefined)
      return refuseCall(
        call,
        { at: ['service'], expected: 'a service that is there' },
        'ServiceNotFoundException',
      )
    const { serviceName, desiredCount = 0 } = record.service
    if (desiredCount > 0 && call.request.force !== true)
      return refuseCall(call, {
        ...{ at: ['force'], found: `nothing, for a service of ${desiredCount} tasks` },
        expected: 'true, or a service that was scaled to 0 before',
      })
    const before = answeredServices(call.state, call.options).get(serviceName)!
    const events =
      record.status === 'DRAINING' ? [] : [factOf(call.at, `service ${serviceName}`, null)]
    return E.right({
      events,
      answer: (state) => ({
        service: answeredServices(state, call.options).get(serviceName) ?? inactiveOf(before),
      }),
    })
  },
}

/**
 * Finds the resource requests of a pod that are below their limits. On a node that is only as large
 * as the requests, as on Fargate, the pod can never use what its limits allow.
 */
import type { Amounts } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'

/** A request below its limit, by resource name. */
export interface RequestBelowLimit {
  readonly resource: string
  readonly request: string
  readonly limit: string
}

/** The requests of all containers, and of the pod itself, that are below their limits. */
export const requestsBelowLimits = (spec: PodSpec): readonly RequestBelowLimit[] =>
  [...spec.initContainers, ...spec.containers, spec].flatMap(({ resources }) =>
    requestsBelow(resources.requests, resources.limits),
  )

const requestsBelow = (requests: Amounts, limits: Amounts): readonly RequestBelowLimit[] =>
  [...limits].flatMap(([resource, limit]) => {
    const request = requests.get(resource)
    return request !== undefined && request.quantity < limit.quantity
      ? [{ resource, request: request.text, limit: limit.text }]
      : []
  })

/**
 * DescribeServices and ListServices: returns the named services, with a failure for each unknown
 * name, and lists the ARNs of services page by page.
 *
 * Source: Amazon ECS API Reference, DescribeServices and ListServices.
 */
import { byCodeUnit, type StepState } from '@stowage/kernel'
import { list, nonEmptyText, oneOf, optional, record, whole, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { idIn } from '../words/task.js'
import type { Failure } from '../cluster/refusal.js'
import {
  memoryIn,
  serviceArnOf,
  refuseCall,
  type ServiceAction,
  type ServiceCallOptions,
} from './service-call.js'
import { answeredInactive, answeredServices, type AnsweredService } from './service-description.js'
import { answeredExternal } from './task-set-answer.js'

/** The request of DescribeServices. */
export interface DescribeServicesRequest {
  readonly cluster?: string | undefined
  readonly services: readonly string[]
}
const clusterField = optional(nonEmptyText('the name or the ARN of a cluster'))
const DescribeServicesRequest: Codec<DescribeServicesRequest> = record<DescribeServicesRequest>(
  'a call of DescribeServices',
  {
    cluster: clusterField,
    services: list('a list of services', nonEmptyText('the name or the ARN of a service')),
  },
)

/** The answer of DescribeServices. */
export interface AnsweredServices {
  readonly services: readonly AnsweredService[]
  readonly failures: readonly Failure[]
}

/** All services, those of the deployment controller EXTERNAL included, by name. */
const allServices = (
  state: StepState,
  options: ServiceCallOptions,
): ReadonlyMap<string, AnsweredService> =>
  new Map([
    ...answeredServices(state, options),
    ...[...memoryIn(state).externals].map(
      ([name, service]) => [name, answeredExternal(state, service, options)] as const,
    ),
  ])

/** One call describes at most so many. */
const describedMax = 10

export const describeServicesAction: ServiceAction<DescribeServicesRequest, AnsweredServices> = {
  codec: DescribeServicesRequest,
  apply: (call) => {
    const { services: names } = call.request
    if (names.length === 0 || names.length > describedMax)
      return refuseCall(call, { at: ['services'], expected: `1 to ${describedMax} services` })
    return E.right({
      events: [],
      answer: (state) => {
        const known = new Map([
          ...answeredInactive(state, call.options),
          ...allServices(state, call.options),
        ])
        const missing = names.filter((name) => !known.has(idIn(name)))
        return {
          services: names.flatMap((name) => known.get(idIn(name)) ?? []),
          failures: missing.map((name) => ({
            arn: serviceArnOf(call.options, idIn(name)),
            reason: 'MISSING',
          })),
        }
      },
    })
  },
}

/** The request of ListServices. */
export interface ListServicesRequest {
  readonly cluster?: string | undefined
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
  readonly launchType?: 'EC2' | 'FARGATE' | 'EXTERNAL' | 'MANAGED_INSTANCES' | undefined
  readonly schedulingStrategy?: 'REPLICA' | 'DAEMON' | undefined
}
const ListServicesRequest: Codec<ListServicesRequest> = record<ListServicesRequest>(
  'a call of ListServices',
  {
    cluster: clusterField,
    nextToken: optional(nonEmptyText('a token of an earlier answer')),
    maxResults: optional(whole('a whole number from 1 to 100', 1, 100)),
    launchType: optional(oneOf(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'] as const)),
    schedulingStrategy: optional(oneOf(['REPLICA', 'DAEMON'] as const)),
  },
)

/** The answer of ListServices; `nextToken` is there when more follow. */
export interface ListedServices {
  readonly serviceArns: readonly string[]
  readonly nextToken?: string
}

/** ListServices: the ARNs in the order of the names; a token is the last name that was listed. */
export const listServicesAction: ServiceAction<ListServicesRequest, ListedServices> = {
  codec: ListServicesRequest,
  apply: ({ request, options }) =>
    E.right({
      events: [],
      answer: (state) => {
        const { nextToken = '', maxResults = 10, launchType, schedulingStrategy } = request
        const matching = [...allServices(state, options)]
          .filter(
            ([name, one]) =>
              name > nextToken &&
              (launchType === undefined || one.launchType === launchType) &&
              (schedulingStrategy === undefined || one.schedulingStrategy === schedulingStrategy),
          )
          .map(([name]) => name)
          .sort(byCodeUnit)
        const page = matching.slice(0, maxResults)
        return {
          serviceArns: page.map((name) => serviceArnOf(options, name)),
          ...(matching.length > page.length ? { nextToken: page.at(-1)! } : {}),
        }
      },
    }),
}

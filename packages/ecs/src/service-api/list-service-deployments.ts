/**
 * ListServiceDeployments: lists the deployments of a service page by page, the newest first.
 *
 * Source: Amazon ECS API Reference, ListServiceDeployments and ServiceDeploymentBrief.
 */
import { list, nonEmptyText, oneOf, optional, record, whole, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { finiteNumber } from '../scaling/policy.js'
import { secondsOf } from '../words/instant.js'
import { pageOf } from './page.js'
import { findService, refuseCall, type ServiceAction } from './service-call.js'
import {
  answeredDeploymentOf,
  deploymentStatuses,
  type AnsweredDeployment,
} from './service-deployments.js'
import { revisionArnOf } from './service-revisions.js'

/** The request of ListServiceDeployments; instants are seconds since 1970. */
export interface ListServiceDeploymentsRequest {
  readonly service: string
  readonly cluster?: string | undefined
  readonly status?: readonly AnsweredDeployment['status'][] | undefined
  readonly createdAt?:
    | { readonly before?: number | undefined; readonly after?: number | undefined }
    | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}
const resultsMax = 100
const ListServiceDeploymentsRequest: Codec<ListServiceDeploymentsRequest> =
  record<ListServiceDeploymentsRequest>('a call of ListServiceDeployments', {
    service: nonEmptyText('the name or the ARN of a service'),
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    status: optional(list('a list of states', oneOf(deploymentStatuses))),
    createdAt: optional(
      record<NonNullable<ListServiceDeploymentsRequest['createdAt']>>('a span of time', {
        before: optional(finiteNumber),
        after: optional(finiteNumber),
      }),
    ),
    maxResults: optional(whole(`a whole number from 1 to ${resultsMax}`, 1, resultsMax)),
    nextToken: optional(nonEmptyText('a token of an earlier answer')),
  })

/** A deployment in the list. */
export interface BriefDeployment
  extends Pick<
    AnsweredDeployment,
    | 'serviceDeploymentArn'
    | 'serviceArn'
    | 'clusterArn'
    | 'createdAt'
    | 'finishedAt'
    | 'status'
    | 'statusReason'
  > {
  readonly startedAt: AnsweredDeployment['createdAt']
  readonly targetServiceRevisionArn: string
}

/** The answer of ListServiceDeployments; a token is the last ARN of its page. */
export interface ListedDeployments {
  readonly serviceDeployments: readonly BriefDeployment[]
  readonly nextToken?: string
}

export const listServiceDeploymentsAction: ServiceAction<
  ListServiceDeploymentsRequest,
  ListedDeployments
> = {
  codec: ListServiceDeploymentsRequest,
  apply: (call) => {
    const { service: reference, status = [], createdAt = {}, ...paging } = call.request
    const { maxResults = resultsMax, nextToken } = paging
    if (findService(call.state, reference) === undefined)
      return refuseCall(
        call,
        { at: ['service'], expected: 'a service that is there' },
        'ServiceNotFoundException',
      )
    return E.right({
      events: [],
      answer: (state) => {
        const found = findService(state, reference)
        const deployments = found === undefined ? [] : [...found.deployments, ...found.past]
        const all = deployments
          .filter(
            (one) =>
              (createdAt.before === undefined || secondsOf(one.createdAt) < createdAt.before) &&
              (createdAt.after === undefined || secondsOf(one.createdAt) > createdAt.after),
          )
          .sort((a, b) => b.createdAt - a.createdAt)
          .map((one): BriefDeployment => {
            const answered = answeredDeploymentOf([found!, one], call.options)
            const { serviceDeploymentArn, serviceArn, clusterArn, finishedAt } = answered
            return {
              ...{ serviceDeploymentArn, serviceArn, clusterArn },
              ...{ createdAt: answered.createdAt, startedAt: answered.createdAt },
              ...(finishedAt === undefined ? {} : { finishedAt }),
              targetServiceRevisionArn: revisionArnOf(
                call.options,
                found!.service.serviceName,
                one.id,
              ),
              ...{ status: answered.status, statusReason: answered.statusReason },
            }
          })
          .filter((one) => status.length === 0 || status.includes(one.status))
        const tokenOf = (one: BriefDeployment): string => one.serviceDeploymentArn
        const { page, next } = pageOf(all, tokenOf, { maxResults, nextToken })
        return { serviceDeployments: page, ...next }
      },
    })
  },
}

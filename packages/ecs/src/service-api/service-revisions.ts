/**
 * DescribeServiceRevisions: describes service revisions, which are the settings that a deployment
 * runs: its task definition and its launch fields, such as the network. A revision has the id of
 * the deployment that created it. After a rollback, the service runs the older revision again,
 * under the older id.
 *
 * Source: Amazon ECS API Reference, DescribeServiceRevisions and ServiceRevision.
 */
import { list, nonEmptyText, record, type Codec } from '@stowage/documents'
import type { StepState } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Failure } from '../cluster/refusal.js'
import type { Deployment } from '../memory/memory.js'
import { instantText } from '../words/instant.js'
import type { Service } from '../words/service.js'
import { idIn } from '../words/task.js'
import { definitionArnOf } from '../cluster/options.js'
import { launchFieldsOf, type LaunchFields } from './launch-fields.js'
import { findDeployment } from './service-deployments.js'
import {
  clusterArnOf,
  serviceArnOf,
  refuseCall,
  type ServiceAction,
  type ServiceCallOptions,
} from './service-call.js'

/** A revision as the API answers it. */
export interface AnsweredRevision extends LaunchFields {
  readonly serviceRevisionArn: string
  readonly serviceArn: string
  readonly clusterArn: string
  readonly taskDefinition: string
  readonly createdAt: string | undefined
}

/** The ARN of the revision that a deployment, `ecs-svc/7`, runs. */
export const revisionArnOf = (
  { region, account, cluster }: ServiceCallOptions,
  name: string,
  deployment: string,
): string =>
  `arn:aws:ecs:${region}:${account}:service-revision/${cluster}/${name}/${idIn(deployment)}`

/** The request of DescribeServiceRevisions. */
export interface DescribeServiceRevisionsRequest {
  readonly serviceRevisionArns: readonly string[]
}
const DescribeServiceRevisionsRequest: Codec<DescribeServiceRevisionsRequest> =
  record<DescribeServiceRevisionsRequest>('a call of DescribeServiceRevisions', {
    serviceRevisionArns: list('a list of ARNs', nonEmptyText('the ARN of a service revision')),
  })

/** The answer of DescribeServiceRevisions. */
export interface AnsweredRevisions {
  readonly serviceRevisions: readonly AnsweredRevision[]
  readonly failures: readonly Failure[]
}

const revisionsMax = 20

export const describeServiceRevisionsAction: ServiceAction<
  DescribeServiceRevisionsRequest,
  AnsweredRevisions
> = {
  codec: DescribeServiceRevisionsRequest,
  apply: (call) => {
    const { serviceRevisionArns: arns } = call.request
    if (arns.length === 0 || arns.length > revisionsMax)
      return refuseCall(call, {
        ...{ at: ['serviceRevisionArns'], expected: `1 to ${revisionsMax} ARNs` },
      })
    return E.right({
      events: [],
      answer: (state) => ({
        serviceRevisions: arns.flatMap((arn) => findRevision(state, arn, call.options) ?? []),
        failures: arns
          .filter((arn) => findRevision(state, arn, call.options) === undefined)
          .map((arn) => ({ arn, reason: 'MISSING' })),
      }),
    })
  },
}

const findRevision = (
  state: StepState,
  arn: string,
  options: ServiceCallOptions,
): AnsweredRevision | undefined => {
  const found = arn.includes(':service-revision/') ? findDeployment(state, arn) : undefined
  if (found === undefined) return undefined
  const [{ service }, deployment] = found
  return answeredRevisionOf(service, deployment, arn, options)
}

const answeredRevisionOf = (
  { serviceName }: Service,
  { workload, taskDefinition, createdAt }: Deployment,
  serviceRevisionArn: string,
  options: ServiceCallOptions,
): AnsweredRevision => ({
  ...{ serviceRevisionArn, serviceArn: serviceArnOf(options, serviceName) },
  clusterArn: clusterArnOf(options),
  taskDefinition: definitionArnOf(options, taskDefinition),
  createdAt: instantText(createdAt),
  ...launchFieldsOf(workload.service ?? {}),
})

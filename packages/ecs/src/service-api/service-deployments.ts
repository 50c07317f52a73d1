/**
 * DescribeServiceDeployments, StopServiceDeployment and ContinueServiceDeployment: describes, stops
 * or continues the deployments of services that the controller still remembers.
 *
 * Source: Amazon ECS API Reference, ServiceDeployment and the three actions.
 */
import { list, nonEmptyText, oneOf, optional, record, type Codec } from '@stowage/documents'
import type { StepState } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Failure } from '../cluster/refusal.js'
import type { Deployment, HookCall, ServiceRecord } from '../memory/memory.js'
import { failureThreshold } from '../deployment/circuit-breaker.js'
import type { LifecycleStage } from '../deployment/lifecycle-stages.js'
import { instantText } from '../words/instant.js'
import {
  clusterArnOf,
  deploymentArnOf,
  factOf,
  memoryIn,
  reportFact,
  serviceArnOf,
  refuseCall,
  type ServiceAction,
  type ServiceCallOptions,
} from './service-call.js'

const arnField = nonEmptyText('the ARN of a service deployment')

/** The states that a deployment is answered with. */
export const deploymentStatuses = [
  ...(['IN_PROGRESS', 'SUCCESSFUL', 'STOPPED'] as const),
  ...(['ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'] as const),
] as const

/** A deployment as DescribeServiceDeployments answers it. */
export interface AnsweredDeployment {
  readonly serviceDeploymentArn: string
  readonly serviceArn: string
  readonly clusterArn: string
  readonly createdAt: string | undefined
  /** Of a deployment that ended. */
  readonly finishedAt?: string | undefined
  readonly status: (typeof deploymentStatuses)[number]
  readonly statusReason: string
  readonly lifecycleStage?: LifecycleStage
  readonly lifecycleHookDetails: readonly HookCall[]
  readonly deploymentCircuitBreaker: {
    readonly status: 'TRIGGERED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'DISABLED'
    readonly failureCount: number
    readonly threshold: number
  }
  readonly targetServiceRevision: { readonly requestedProductionTrafficWeight?: number }
}

/** A deployment with its service. */
type FoundDeployment = readonly [ServiceRecord, Deployment]

/** The deployment of an ARN that ends in `/SERVICE/ID`. */
export const findDeployment = (state: StepState, arn: string): FoundDeployment | undefined => {
  const [, service = '', id = ''] = /\/([^/]+)\/([^/]+)$/.exec(arn) ?? []
  const found = memoryIn(state).services.get(service)
  const all = found === undefined ? [] : [...found.deployments, ...found.past]
  const deployment = all.find((one) => one.id === `ecs-svc/${id}`)
  return found === undefined || deployment === undefined ? undefined : [found, deployment]
}

/** The deployment as it is answered. */
export const answeredDeploymentOf = (
  [record, deployment]: FoundDeployment,
  options: ServiceCallOptions,
): AnsweredDeployment => {
  const { service, traffic } = record
  const { deploymentCircuitBreaker: breaker = {} } = service.deploymentConfiguration ?? {}
  const { id, createdAt, end, rolloutState, rolloutStateReason, failedTasks, lifecycle } =
    deployment
  const stage = lifecycle?.steps[lifecycle.position]?.stage
  const share = traffic.find((one) => one.deployment === id)
  const isTriggered = rolloutState === 'FAILED' && rolloutStateReason.includes('circuit breaker')
  return {
    serviceDeploymentArn: deploymentArnOf(options, service.serviceName, id),
    serviceArn: serviceArnOf(options, service.serviceName),
    clusterArn: clusterArnOf(options),
    createdAt: instantText(createdAt),
    ...(end === undefined ? {} : { finishedAt: instantText(end.at) }),
    status: deploymentStatusOf(deployment),
    statusReason: rolloutStateReason,
    ...(stage === undefined ? {} : { lifecycleStage: stage }),
    lifecycleHookDetails: lifecycle?.hooks ?? [],
    deploymentCircuitBreaker: {
      status:
        breaker.enable !== true
          ? 'DISABLED'
          : isTriggered
            ? 'TRIGGERED'
            : rolloutState === 'IN_PROGRESS'
              ? 'MONITORING'
              : 'MONITORING_COMPLETE',
      failureCount: failedTasks,
      threshold: failureThreshold(breaker, service.desiredCount ?? 0),
    },
    targetServiceRevision:
      traffic.length === 0 ? {} : { requestedProductionTrafficWeight: share?.percent ?? 0 },
  }
}

/** What became of a deployment; one that failed and has no end is being rolled back. */
const deploymentStatusOf = ({ end, rolloutState }: Deployment): AnsweredDeployment['status'] => {
  if (end !== undefined) return end.status
  if (rolloutState === 'FAILED') return 'ROLLBACK_IN_PROGRESS'
  return rolloutState === 'COMPLETED' ? 'SUCCESSFUL' : 'IN_PROGRESS'
}

/** The request of DescribeServiceDeployments. */
export interface DescribeServiceDeploymentsRequest {
  readonly serviceDeploymentArns: readonly string[]
}
const DescribeServiceDeploymentsRequest: Codec<DescribeServiceDeploymentsRequest> =
  record<DescribeServiceDeploymentsRequest>('a call of DescribeServiceDeployments', {
    serviceDeploymentArns: list('a list of ARNs', arnField),
  })

/** The answer of DescribeServiceDeployments. */
export interface AnsweredDeployments {
  readonly serviceDeployments: readonly AnsweredDeployment[]
  readonly failures: readonly Failure[]
}

export const describeServiceDeploymentsAction: ServiceAction<
  DescribeServiceDeploymentsRequest,
  AnsweredDeployments
> = {
  codec: DescribeServiceDeploymentsRequest,
  apply: ({ request: { serviceDeploymentArns: arns }, options }) =>
    E.right({
      events: [],
      answer: (state) => ({
        serviceDeployments: arns.flatMap((arn) => {
          const found = findDeployment(state, arn)
          return found === undefined ? [] : [answeredDeploymentOf(found, options)]
        }),
        failures: arns
          .filter((arn) => findDeployment(state, arn) === undefined)
          .map((arn) => ({ arn, reason: 'MISSING' })),
      }),
    }),
}

/** The request of StopServiceDeployment. */
export interface StopServiceDeploymentRequest {
  readonly serviceDeploymentArn: string
  /** `ROLLBACK` when it is absent. */
  readonly stopType?: 'ABORT' | 'ROLLBACK' | undefined
}
const StopServiceDeploymentRequest: Codec<StopServiceDeploymentRequest> =
  record<StopServiceDeploymentRequest>('a call of StopServiceDeployment', {
    serviceDeploymentArn: arnField,
    stopType: optional(oneOf(['ABORT', 'ROLLBACK'] as const)),
  })

/** The answer of StopServiceDeployment and of ContinueServiceDeployment. */
export interface OneDeployment {
  readonly serviceDeploymentArn: string
}

const noDeployment = { at: ['serviceDeploymentArn'], expected: 'a deployment that a service has' }

export const stopServiceDeploymentAction: ServiceAction<
  StopServiceDeploymentRequest,
  OneDeployment
> = {
  codec: StopServiceDeploymentRequest,
  apply: (call) => {
    const { serviceDeploymentArn, stopType = 'ROLLBACK' } = call.request
    const found = findDeployment(call.state, serviceDeploymentArn)
    if (found === undefined)
      return refuseCall(call, noDeployment, 'ServiceDeploymentNotFoundException')
    const [{ service }, deployment] = found
    const status = deploymentStatusOf(deployment)
    if (status !== 'IN_PROGRESS')
      return refuseCall(
        call,
        {
          ...{ at: ['serviceDeploymentArn'], found: `a deployment that is ${status}` },
          expected: 'one that is in progress',
        },
        'ConflictException',
      )
    const about = `deployment ${service.serviceName}/${deployment.id}`
    return E.right({
      events: [factOf(call.at, about, { stopType })],
      answer: () => ({ serviceDeploymentArn }),
    })
  },
}

/** The request of ContinueServiceDeployment. */
export interface ContinueServiceDeploymentRequest {
  readonly serviceDeploymentArn: string
  readonly hookId: string
  /** `CONTINUE` when it is absent. */
  readonly action?: 'CONTINUE' | 'ROLLBACK' | undefined
}
const ContinueServiceDeploymentRequest: Codec<ContinueServiceDeploymentRequest> =
  record<ContinueServiceDeploymentRequest>('a call of ContinueServiceDeployment', {
    serviceDeploymentArn: arnField,
    hookId: nonEmptyText('the id of a hook'),
    action: optional(oneOf(['CONTINUE', 'ROLLBACK'] as const)),
  })

export const continueServiceDeploymentAction: ServiceAction<
  ContinueServiceDeploymentRequest,
  OneDeployment
> = {
  codec: ContinueServiceDeploymentRequest,
  apply: (call) => {
    const { serviceDeploymentArn, hookId, action = 'CONTINUE' } = call.request
    const found = findDeployment(call.state, serviceDeploymentArn)
    if (found === undefined)
      return refuseCall(call, noDeployment, 'ServiceDeploymentNotFoundException')
    const [, { lifecycle }] = found
    const hook = lifecycle?.hooks.find((one) => one.hookId === hookId)
    if (hook?.status !== 'AWAITING_ACTION')
      return refuseCall(call, {
        ...{
          at: ['hookId'],
          found: hook === undefined ? 'no hook of it' : `one that ${hook.status}`,
        },
        expected: 'a hook of the deployment that is AWAITING_ACTION',
      })
    return reportFact(call, `hook ${hookId}`, { action }, () => ({ serviceDeploymentArn }))
  },
}

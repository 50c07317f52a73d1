/**
 * Implements the actions CreateCapacityProvider, UpdateCapacityProvider, DeleteCapacityProvider and
 * DescribeCapacityProviders.
 *
 * Source: Amazon ECS API Reference, the four actions.
 */
import { list, nonEmptyText, optional, record, whole, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Failure } from '../cluster/refusal.js'
import type { ProviderRecord } from '../memory/capacity-memory.js'
import {
  AutoScalingGroupUpdate,
  CapacityProvider,
  type ManagedScaling,
} from '../provider/capacity-provider.js'
import { CapacityProviderName } from '../words/placement.js'
import {
  answeredProviders,
  fargateProviders,
  providerArnOf,
  type AnsweredProvider,
} from './capacity-provider-answer.js'
import { pageOf } from './page.js'
import {
  factOf,
  memoryIn,
  reportFact,
  refuseCall,
  tryFact,
  type ServiceAction,
  type ServiceCallResult,
  type ServiceRequest,
} from './service-call.js'

/** The answer about one provider. */
export interface OneProvider {
  readonly capacityProvider: AnsweredProvider
}

const isProviderKnown = ({ state }: ServiceRequest<unknown>, name: string): boolean => {
  const { providers, managed } = memoryIn(state).capacity
  return providers.has(name) || managed.has(name)
}

const aboutProvider = (name: string): string => `capacity-provider ${name}`

/** CreateCapacityProvider takes a provider as it is. */
export const createCapacityProviderAction: ServiceAction<CapacityProvider, OneProvider> = {
  codec: CapacityProvider,
  apply: (call) => {
    const { name, autoScalingGroupProvider, managedInstancesProvider } = call.request
    if (isProviderKnown(call, name))
      return refuseCall(
        call,
        {
          ...{ at: ['name'], found: `${name}, which is there` },
          expected: 'another name: UpdateCapacityProvider changes a provider that is there',
        },
        'ClientException',
      )
    if (managedInstancesProvider !== undefined && call.request.cluster === undefined)
      return refuseCall(call, {
        at: ['cluster'],
        expected: 'the cluster that may use the provider, as it is of Managed Instances',
      })
    const report = { name, autoScalingGroupProvider, managedInstancesProvider }
    return reportProvider(call, name, report, 'CREATE_COMPLETE')
  },
}

const reportProvider = (
  call: ServiceRequest<unknown>,
  name: string,
  report: object,
  updateStatus: NonNullable<AnsweredProvider['updateStatus']>,
): ServiceCallResult<OneProvider> =>
  reportFact(call, aboutProvider(name), report, (state) => ({
    capacityProvider: { ...answeredProviders(state, call.options).get(name)!, updateStatus },
  }))

/** The request of UpdateCapacityProvider. */
export interface UpdateCapacityProviderRequest {
  readonly name: string
  readonly cluster?: string | undefined
  readonly autoScalingGroupProvider?: AutoScalingGroupUpdate | undefined
  readonly managedInstancesProvider?: Readonly<Record<string, unknown>> | undefined
}
const ownCluster = optional(nonEmptyText('the name or the ARN of a cluster'))
const UpdateCapacityProviderRequest: Codec<UpdateCapacityProviderRequest> =
  record<UpdateCapacityProviderRequest>('a call of UpdateCapacityProvider', {
    name: CapacityProviderName,
    cluster: ownCluster,
    autoScalingGroupProvider: optional(AutoScalingGroupUpdate),
    managedInstancesProvider: optional(t.UnknownRecord),
  })

export const updateCapacityProviderAction: ServiceAction<
  UpdateCapacityProviderRequest,
  OneProvider
> = {
  codec: UpdateCapacityProviderRequest,
  apply: (call) => {
    const { name, autoScalingGroupProvider: update, managedInstancesProvider } = call.request
    const { providers, managed } = memoryIn(call.state).capacity
    const own = managed.get(name)
    if (own !== undefined && managedInstancesProvider !== undefined)
      return reportProvider(
        call,
        name,
        { name, managedInstancesProvider: { ...own.provider, ...managedInstancesProvider } },
        'UPDATE_COMPLETE',
      )
    const known = providers.get(name)
    if (known === undefined && own === undefined)
      return refuseCall(call, noProvider('name'), 'ClientException')
    if (known === undefined || update === undefined)
      return refuseCall(call, {
        at: [known === undefined ? 'managedInstancesProvider' : 'autoScalingGroupProvider'],
        expected: 'what changes of the provider, which is of this kind',
      })
    const report = { name, autoScalingGroupProvider: mergeUpdate(known.provider, update) }
    return reportProvider(call, name, report, 'UPDATE_COMPLETE')
  },
}

const noProvider = (field: string) => ({
  at: [field],
  expected: 'a capacity provider that was created',
})

/** What an update does not name stays. */
const mergeUpdate = (
  { managedScaling, ...provider }: ProviderRecord['provider'],
  update: AutoScalingGroupUpdate,
): ProviderRecord['provider'] => ({
  ...provider,
  ...presentFields(update),
  managedScaling: { ...managedScaling, ...presentFields(update.managedScaling ?? {}) },
})

const presentFields = <Fields extends AutoScalingGroupUpdate | ManagedScaling>(
  fields: Fields,
): Partial<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Fields>

/** The request of DeleteCapacityProvider, by name or ARN. */
export interface DeleteCapacityProviderRequest {
  readonly capacityProvider: string
  readonly cluster?: string | undefined
}
const DeleteCapacityProviderRequest: Codec<DeleteCapacityProviderRequest> =
  record<DeleteCapacityProviderRequest>('a call of DeleteCapacityProvider', {
    capacityProvider: CapacityProviderName,
    cluster: ownCluster,
  })

export const deleteCapacityProviderAction: ServiceAction<
  DeleteCapacityProviderRequest,
  OneProvider
> = {
  codec: DeleteCapacityProviderRequest,
  apply: (call) => {
    const { capacityProvider: name } = call.request
    const { capacity } = memoryIn(call.state)
    const at = ['capacityProvider']
    if (fargateProviders.some((one) => one === name))
      return refuseCall(
        call,
        { at, expected: 'a provider other than those of Fargate, which stay' },
        'ClientException',
      )
    const provider = answeredProviders(call.state, call.options).get(name)
    if (provider === undefined)
      return refuseCall(call, noProvider('capacityProvider'), 'ClientException')
    if (capacity.cluster?.capacityProviders.includes(name) === true)
      return refuseCall(
        call,
        {
          ...{ at, found: `${name}, which is of cluster ${call.options.cluster}` },
          expected: 'a provider of no cluster: PutClusterCapacityProviders takes it away',
        },
        'ClientException',
      )
    const tried = tryFact(call, aboutProvider(name), null)
    if (E.isLeft(tried)) {
      const [{ expected } = { expected: '' }] = tried.left.wrong
      return refuseCall(call, { at, expected }, 'ClientException')
    }
    return E.right({
      events: [factOf(call.at, aboutProvider(name), null)],
      answer: () => ({
        capacityProvider: { ...provider, status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' },
      }),
    })
  },
}

/** The request of DescribeCapacityProviders; without names it is about all of them. */
export interface DescribeCapacityProvidersRequest {
  readonly capacityProviders?: readonly string[] | undefined
  readonly cluster?: string | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}
const pageMax = 10
const namesMax = 100
const DescribeCapacityProvidersRequest: Codec<DescribeCapacityProvidersRequest> =
  record<DescribeCapacityProvidersRequest>('a call of DescribeCapacityProviders', {
    capacityProviders: optional(list('a list of capacity providers', CapacityProviderName)),
    cluster: ownCluster,
    maxResults: optional(whole(`a whole number from 1 to ${pageMax}`, 1, pageMax)),
    nextToken: optional(nonEmptyText('a token of an earlier answer')),
  })

/** The answer of DescribeCapacityProviders; a token is the last name of its page. */
export interface AnsweredProviders {
  readonly capacityProviders: readonly AnsweredProvider[]
  readonly failures: readonly Failure[]
  readonly nextToken?: string
}

export const describeCapacityProvidersAction: ServiceAction<
  DescribeCapacityProvidersRequest,
  AnsweredProviders
> = {
  codec: DescribeCapacityProvidersRequest,
  apply: (call) => {
    const { capacityProviders: names, maxResults = pageMax, nextToken } = call.request
    if (names !== undefined && names.length > namesMax)
      return refuseCall(call, {
        at: ['capacityProviders'],
        expected: `at most ${namesMax} of them`,
      })
    return E.right({
      events: [],
      answer: (state) => {
        const known = answeredProviders(state, call.options)
        const all = names ?? [...known.keys()]
        const { page, next } = pageOf(all, (name) => name, { maxResults, nextToken })
        return {
          capacityProviders: page.flatMap((name) => known.get(name) ?? []),
          failures: page
            .filter((name) => !known.has(name))
            .map((name) => ({ arn: providerArnOf(call.options, name), reason: 'MISSING' })),
          ...next,
        }
      },
    })
  },
}

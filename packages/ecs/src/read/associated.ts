/**
 * Finds services and calls that name a capacity provider which their cluster cannot use. A cluster
 * can use a provider that is associated with it, and is ACTIVE or UPDATING.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem ("Only capacity providers that are
 * already associated with a cluster and have an ACTIVE or UPDATING status can be used").
 */
import { renderValue } from '@stowage/kernel'
import type { CapacityProvider } from '../provider/capacity-provider.js'
import { clusterNameOf, type Cluster } from '../words/cluster.js'
import type { Complaint } from '../words/complaint.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import type { Service } from '../words/service.js'
import type { EcsWarning } from '../words/warning.js'
import type { ResolvedCall } from './call.js'
import { makeObjection, type Objection, type ReadPart } from './reading.js'
import { isPrinted } from './resolved.js'

/** A service or a call of RunTask, with what names it in warnings. */
export interface ProviderStarter
  extends ReadPart<{
    readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
  }> {
  readonly subject: string
}

/** The services and the calls, each with the name that warnings use. */
export const startersOf = (
  services: readonly ReadPart<Service>[],
  calls: readonly ResolvedCall[],
): readonly ProviderStarter[] => [
  ...services.map((each) => ({ ...each, subject: `service ${each.value.serviceName}` })),
  ...calls.map(({ part, request, action, definition }) => ({
    ...{ part, value: request },
    subject: `call of ${action} for ${definition.value.family}`,
  })),
]

/** The providers that cannot be used: refused, or told of. */
export interface UnusableProviders {
  readonly objections: readonly Objection[]
  readonly warnings: readonly EcsWarning[]
}

/** The descriptions of clusters and of capacity providers. */
interface ProviderDescriptions {
  readonly clusters: readonly ReadPart<Cluster>[]
  readonly providers: readonly ReadPart<CapacityProvider>[]
}

/**
 * Checks every item of every strategy.
 *
 * The API refuses a provider that is not usable. It is a warning for a service that exists, and for
 * a service of a template, whose stack may associate the provider first. Where neither the cluster
 * nor the provider is described, nothing is reported.
 */
export const unusableProviders = (
  starters: readonly ProviderStarter[],
  described: ProviderDescriptions,
): UnusableProviders => {
  const wrong = starters.flatMap((starter) => {
    const { part, value, subject } = starter
    const isMade = isPrinted(part) || part.stack !== undefined
    return (value.capacityProviderStrategy ?? []).flatMap(({ capacityProvider }, i) => {
      const complaint = complaintOf(described, starter, capacityProvider)
      return complaint === undefined
        ? []
        : [
            {
              ...{ part, subject, isMade, capacityProvider, ...complaint },
              at: ['capacityProviderStrategy', i, 'capacityProvider'],
            },
          ]
    })
  })
  return {
    objections: wrong
      .filter(({ isMade }) => !isMade)
      .map(({ part, at, found, expected }) =>
        makeObjection(part, { at, found, expected }, 'InvalidParameterException'),
      ),
    warnings: wrong
      .filter(({ isMade }) => isMade)
      .map(({ part, subject, found, expected }) => ({
        ...{ code: 'ProviderNotUsable', from: part.from, subject, text: notUsable },
        detail: `found ${found}, expected ${expected}`,
      })),
  }
}

const notUsable =
  'its cluster cannot use the capacity provider as it is: Amazon ECS starts no new task on it, though the plan does'

const complaintOf = (
  { clusters, providers }: ProviderDescriptions,
  { part }: ProviderStarter,
  name: string,
): Required<Pick<Complaint, 'found' | 'expected'>> | undefined => {
  const states = providers
    .filter(({ value }) => value.name === name)
    .map(({ value }) => value.status ?? 'ACTIVE')
  const isUsable = states.some((status) => usableStates.includes(status))
  if (states.length > 0 && !isUsable)
    return {
      found: `${renderValue(name)}, which is ${states[0]!}`,
      expected: 'a capacity provider that is ACTIVE',
    }
  const cluster = clusters.find((one) => one.part.cluster === part.cluster)?.value
  const names = cluster?.capacityProviders
  if (cluster === undefined || names === undefined || names.includes(name)) return undefined
  const known = names.length === 0 ? 'it has none' : names.join(', ')
  return {
    found: renderValue(name),
    expected: `a capacity provider of the cluster ${clusterNameOf(cluster)}: ${known}`,
  }
}

const usableStates: readonly string[] = ['ACTIVE', 'UPDATING']

/**
 * Reads the clusters among the documents, and applies the default capacity provider strategy of a
 * cluster to its services and calls that name neither a launch type nor a strategy.
 *
 * Source: Amazon ECS API Reference, RunTask and CreateService, `capacityProviderStrategy`. A DAEMON
 * service runs on instances, whatever the strategy of its cluster is.
 */
import { isObject, own } from '@stowage/documents'
import { checkDefaultStrategy } from '../check/providers.js'
import { Cluster } from '../words/cluster.js'
import type { Complaint } from '../words/complaint.js'
import type { Part } from '../words/part.js'
import { readKind, type KindReading, type ReadPart } from './reading.js'

/** The clusters, and the parts after defaulting. */
export interface Clusters extends KindReading<Cluster> {
  /** All parts; some have the strategy of their cluster. */
  readonly parts: readonly Part[]
}

/** Reads the clusters and applies their default strategies to the other parts. */
export const clustersIn = (parts: readonly Part[]): Clusters => {
  const reading = readKind(
    parts,
    'cluster',
    Cluster,
    checkClusterStrategy,
    'InvalidParameterException',
  )
  return { ...reading, parts: parts.map((part) => inCluster(part, reading.read)) }
}

const strategyField = 'defaultCapacityProviderStrategy'

const checkClusterStrategy = ({
  defaultCapacityProviderStrategy = [],
}: Cluster): readonly Complaint[] =>
  checkDefaultStrategy(defaultCapacityProviderStrategy).map((complaint) => ({
    ...complaint,
    at: [strategyField],
  }))

const inCluster = (part: Part, clusters: readonly ReadPart<Cluster>[]): Part => {
  const { kind, value } = part
  if (!isObject(value) || !(kind === 'service' || kind === 'call of RunTask')) return part
  const described = clusters.find((cluster) => cluster.part.cluster === part.cluster)?.value
  const strategy = namesCapacity(value) ? [] : (described?.defaultCapacityProviderStrategy ?? [])
  return strategy.length === 0
    ? part
    : { ...part, value: { ...value, capacityProviderStrategy: strategy } }
}

/**
 * True when a service or a call names its capacity. As in the API, `null` and an empty list name
 * none.
 */
const namesCapacity = (value: object): boolean => {
  const strategy = own(value, 'capacityProviderStrategy') ?? []
  const hasNone = Array.isArray(strategy) && strategy.length === 0
  const launchType = own(value, 'launchType') ?? undefined
  return !hasNone || launchType !== undefined || own(value, 'schedulingStrategy') === 'DAEMON'
}

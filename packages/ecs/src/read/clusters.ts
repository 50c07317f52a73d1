/**
 * Reads the clusters among the documents, and applies the default capacity provider strategy of a
 * cluster to its services and calls that name neither a launch type nor a strategy.
 *
 * Source: Amazon ECS API Reference, RunTask and CreateService, `capacityProviderStrategy`. A DAEMON
 * service runs on instances, whatever the strategy of its cluster is.
 */
import { isObject, own } from '@stowage/documents'
import { checkProviderStrategy } from '../check/providers.js'
import { Cluster, clusterNameOf, defaultCluster } from '../words/cluster.js'
import type { Complaint } from '../words/complaint.js'
import type { Part } from '../words/part.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import { idIn } from '../words/task.js'
import { readKind, type KindReading } from './reading.js'

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
    checkDefaultStrategy,
    'InvalidParameterException',
  )
  const clusters = reading.read.map(({ value }) => value)
  return { ...reading, parts: parts.map((part) => inCluster(part, clusters)) }
}

const strategyField = 'defaultCapacityProviderStrategy'

const checkDefaultStrategy = ({
  defaultCapacityProviderStrategy = [],
}: Cluster): readonly Complaint[] =>
  checkProviderStrategy(defaultCapacityProviderStrategy).map((complaint) => ({
    ...complaint,
    at: [strategyField],
  }))

const inCluster = (part: Part, clusters: readonly Cluster[]): Part => {
  const { kind, value } = part
  if (!isObject(value) || !(kind === 'service' || kind === 'call of RunTask')) return part
  const strategy = namesCapacity(value) ? [] : strategyIn(clusters, clusterNameIn(value))
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

/** The name of the cluster, from `cluster` in a request or `clusterArn` in a description. */
const clusterNameIn = (value: object): string | undefined => {
  const named = own(value, 'cluster') ?? own(value, 'clusterArn')
  return typeof named === 'string' ? idIn(named) : undefined
}

/**
 * The default strategy of the named cluster. Without a name it is the only cluster of the
 * documents, or the one called `default`.
 */
const strategyIn = (
  clusters: readonly Cluster[],
  named: string | undefined,
): readonly CapacityProviderStrategyItem[] => {
  const only = named === undefined && clusters.length === 1 ? clusters[0] : undefined
  const found =
    only ?? clusters.find((cluster) => clusterNameOf(cluster) === (named ?? defaultCluster))
  return found?.defaultCapacityProviderStrategy ?? []
}

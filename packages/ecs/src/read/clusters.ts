/**
 * Clusters among the documents: services and calls that name neither a launch type nor a strategy
 * have the default strategy of theirs.
 *
 * Source: Amazon ECS API Reference, RunTask and CreateService, `capacityProviderStrategy`. A DAEMON
 * is on its instances whatever its cluster has.
 */
import { isObject, own } from '@stowage/documents'
import { checkProviderStrategy } from '../check/providers.js'
import { Cluster, clusterNameOf, defaultCluster } from '../words/cluster.js'
import type { Complaint } from '../words/complaint.js'
import type { Part } from '../words/part.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import { idIn } from '../words/task.js'
import { readKind, type KindReading } from './reading.js'

export interface Clusters extends KindReading<Cluster> {
  /** All of the parts, with the strategies that some have from their clusters. */
  readonly parts: readonly Part[]
}

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
 * Whether it says itself where its tasks come from. As in the API, `null` and an empty list say
 * nothing.
 */
const namesCapacity = (value: object): boolean => {
  const strategy = own(value, 'capacityProviderStrategy') ?? []
  const hasNone = Array.isArray(strategy) && strategy.length === 0
  const launchType = own(value, 'launchType') ?? undefined
  return !hasNone || launchType !== undefined || own(value, 'schedulingStrategy') === 'DAEMON'
}

/** A call and what creates a service have a name or an ARN, and what is described has an ARN. */
const clusterNameIn = (value: object): string | undefined => {
  const named = own(value, 'cluster') ?? own(value, 'clusterArn')
  return typeof named === 'string' ? idIn(named) : undefined
}

/**
 * Of the cluster that is named; who names none is in the only one, or in the one that is called so
 * by default.
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

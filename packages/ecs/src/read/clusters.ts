/**
 * Reads the clusters among the documents. Applies the default capacity provider strategy of a
 * cluster to its services and calls that name neither a launch type nor a strategy. A service or a
 * call in an INACTIVE (deleted) cluster is refused.
 *
 * Source: Amazon ECS API Reference, RunTask and CreateService, `capacityProviderStrategy`. A DAEMON
 * service runs on instances, whatever the strategy of its cluster is.
 */
import { isObject, own } from '@stowage/documents'
import { checkDefaultStrategy } from '../check/providers.js'
import { Cluster, clusterNameOf } from '../words/cluster.js'
import type { Complaint } from '../words/complaint.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import {
  makeObjection,
  readKind,
  type KindReading,
  type Objection,
  type ReadPart,
} from './reading.js'

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
  return {
    ...reading,
    objections: [...reading.objections, ...parts.flatMap((part) => inInactive(part, reading.read))],
    parts: parts.map((part) => inCluster(part, reading.read)),
  }
}

/** The kinds of what starts tasks. */
const starters: readonly Kind[] = ['service', 'call of RunTask', 'call of StartTask']

/** The objection to what would start tasks in a cluster that is deleted. */
const inInactive = (part: Part, clusters: readonly ReadPart<Cluster>[]): readonly Objection[] => {
  const described = starters.includes(part.kind) ? clusterAround(part, clusters) : undefined
  if (described?.status !== 'INACTIVE') return []
  const found = `${clusterNameOf(described)}, which is INACTIVE`
  const complaint = { at: ['cluster'], found, expected: 'a cluster that is ACTIVE' }
  return [makeObjection(part, complaint, 'ClusterNotFoundException')]
}

const clusterAround = (part: Part, clusters: readonly ReadPart<Cluster>[]): Cluster | undefined =>
  clusters.find((cluster) => cluster.part.cluster === part.cluster)?.value

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
  const described = clusterAround(part, clusters)
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

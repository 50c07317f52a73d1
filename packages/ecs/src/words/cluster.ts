/**
 * Defines the types and codecs of a cluster, as `create-cluster` takes it and `describe-clusters`
 * prints it. Also finds the cluster that a service, a call, an instance or a task names.
 *
 * Source: Amazon ECS API Reference, Cluster; Developer Guide, Amazon Resource Names.
 */
import { list, nonEmptyText, optional, own, record, text, type Codec } from '@stowage/documents'
import { CapacityProviderName, CapacityProviderStrategyItem } from './placement.js'
import { idIn } from './task.js'

/** The fields of a cluster that are read. */
export interface Cluster {
  readonly clusterName?: string | undefined
  readonly clusterArn?: string | undefined
  /** INACTIVE for a cluster that is deleted. */
  readonly status?: string | undefined
  /** The names of the providers that are associated with it. */
  readonly capacityProviders?: readonly string[] | undefined
  /** Used by services and calls that name neither a launch type nor a strategy. */
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
}
export const Cluster: Codec<Cluster> = record<Cluster>('a cluster', {
  clusterName: optional(nonEmptyText('the name of a cluster')),
  clusterArn: optional(nonEmptyText('the ARN of a cluster')),
  status: optional(text),
  capacityProviders: optional(list('a list of capacity providers', CapacityProviderName)),
  defaultCapacityProviderStrategy: optional(
    list('a list of capacity providers', CapacityProviderStrategyItem),
  ),
})

/** The cluster of a call that names no cluster. */
export const defaultCluster = 'default'

/** The name of a cluster, or else the last part of its ARN. */
export const clusterNameOf = ({ clusterName, clusterArn }: Cluster): string =>
  clusterName ?? idIn(clusterArn ?? defaultCluster)

/**
 * The cluster that a document of the API names, by its ARN or by its name: in a field of its own,
 * or in the ARN of the document, `arn:aws:ecs:REGION:ACCOUNT:KIND/CLUSTER/ID`. `undefined` when it
 * names none, as an ARN of the older form `KIND/ID` does.
 */
export const clusterReferenceOf = (document: object): string | undefined => {
  const texts = (names: readonly string[]): readonly string[] =>
    names.map((name) => own(document, name)).filter((field) => typeof field === 'string')
  const [written] = texts(['clusterArn', 'cluster']).filter((text) => text !== '')
  if (written !== undefined) return written
  return texts(['serviceArn', 'taskArn', 'containerInstanceArn']).flatMap(clusterArnIn)[0]
}

const clusterArnIn = (arn: string): readonly string[] => {
  const [, prefix, cluster] = /^(arn:[^:]*:ecs:[^:]*:[^:]*:)[^:/]+\/([^/]+)\/[^/]+$/.exec(arn) ?? []
  return prefix === undefined || cluster === undefined ? [] : [`${prefix}cluster/${cluster}`]
}

/** The parts of a reference to a cluster; a name alone says neither region nor account. */
export interface ClusterReference {
  readonly name: string
  readonly region?: string
  readonly account?: string
}

/** Splits the ARN or the name of a cluster. */
export const clusterReferenceIn = (reference: string): ClusterReference => {
  const [, , , region, account] = reference.startsWith('arn:') ? reference.split(':') : []
  const name = idIn(reference)
  return region === undefined || account === undefined ? { name } : { name, region, account }
}

/**
 * The name of one among things that have a region and an account: its own name, behind its region,
 * or its account and region, where another of `all` has the same.
 */
export const nameAmong = (
  all: readonly ClusterReference[],
  { name, region, account }: ClusterReference,
): string => {
  const alike = all.filter((other) => other.name === name && other.region !== undefined)
  const isElsewhere = (other: ClusterReference): boolean => other.region !== region
  const isOther = (other: ClusterReference): boolean =>
    isElsewhere(other) || other.account !== account
  if (region === undefined || account === undefined || !alike.some(isOther)) return name
  return alike.filter(isOther).every(isElsewhere)
    ? `${region}/${name}`
    : `${account}/${region}/${name}`
}

/** The names of the clusters in a plan. */
export interface Membership {
  /** By the references in the documents: an ARN, or a name. */
  readonly names: ReadonlyMap<string, string>
  /** The cluster of what names none. */
  readonly fallback: string
}

/** The cluster of a decoded instance or task. */
export const clusterOfMember = ({ names, fallback }: Membership, member: object): string => {
  const reference = clusterReferenceOf(member)
  return reference === undefined ? fallback : (names.get(reference) ?? reference)
}

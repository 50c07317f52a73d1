/**
 * Clusters, as `create-cluster` takes them and `describe-clusters` prints them.
 *
 * Source: Amazon ECS API Reference, Cluster.
 */
import { list, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import { CapacityProviderStrategyItem } from './placement.js'
import { idIn } from './task.js'

export interface Cluster {
  readonly clusterName?: string | undefined
  readonly clusterArn?: string | undefined
  /** Of services and calls that name neither a launch type nor a strategy. */
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
}
export const Cluster: Codec<Cluster> = record<Cluster>('a cluster', {
  clusterName: optional(nonEmptyText('the name of a cluster')),
  clusterArn: optional(nonEmptyText('the ARN of a cluster')),
  defaultCapacityProviderStrategy: optional(
    list('a list of capacity providers', CapacityProviderStrategyItem),
  ),
})

/** The cluster of whoever names none. */
export const defaultCluster = 'default'

export const clusterNameOf = ({ clusterName, clusterArn }: Cluster): string =>
  clusterName ?? idIn(clusterArn ?? defaultCluster)

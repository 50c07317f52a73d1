/**
 * Type and codec of a cluster, as `create-cluster` takes it and `describe-clusters` prints it.
 *
 * Source: Amazon ECS API Reference, Cluster.
 */
import { list, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import { CapacityProviderStrategyItem } from './placement.js'
import { idIn } from './task.js'

/** The fields of a cluster that are read. */
export interface Cluster {
  readonly clusterName?: string | undefined
  readonly clusterArn?: string | undefined
  /** Used by services and calls that name neither a launch type nor a strategy. */
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
}
export const Cluster: Codec<Cluster> = record<Cluster>('a cluster', {
  clusterName: optional(nonEmptyText('the name of a cluster')),
  clusterArn: optional(nonEmptyText('the ARN of a cluster')),
  defaultCapacityProviderStrategy: optional(
    list('a list of capacity providers', CapacityProviderStrategyItem),
  ),
})

/** The cluster of a call that names no cluster. */
export const defaultCluster = 'default'

/** The name of a cluster, or else the last part of its ARN. */
export const clusterNameOf = ({ clusterName, clusterArn }: Cluster): string =>
  clusterName ?? idIn(clusterArn ?? defaultCluster)

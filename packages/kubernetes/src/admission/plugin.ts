/**
 * Defines the type of an admission plugin for pods: a function that takes a pod and the cluster,
 * and returns the pod, changed or not, or the reason why the pod is forbidden.
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { WirePod, WirePodSpec } from '../wire/objects.js'
import type { AdmissionCluster } from './cluster.js'

/** The pod as the plugin leaves it, or why the plugin forbids it. */
export type PodPlugin = (pod: WirePod, cluster: AdmissionCluster) => E.Either<string, WirePod>

/** The pod with another spec. */
export const withSpec = (pod: WirePod, change: (spec: WirePodSpec) => WirePodSpec): WirePod => ({
  ...pod,
  spec: change(pod.spec ?? {}),
})

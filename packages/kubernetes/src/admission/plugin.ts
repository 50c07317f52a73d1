/**
 * Defines the type of an admission plugin: a function that returns the pod, changed or unchanged,
 * or the reason why it forbids the pod.
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

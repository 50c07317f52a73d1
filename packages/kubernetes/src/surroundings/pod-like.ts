/**
 * Defines the type of a pod as the scheduler plugins see it: an existing pod, or a pod that a
 * controller will create from a template.
 */
import type { Labels, LabelSelector } from '../words/label-selector.js'
import type { PodSpec, PodStatus } from '../words/pod.js'
import type { PodResourceClaimStatus } from '../words/resource-claim.js'

/** An existing pod or a future pod of a template; its rules are made from it. */
export interface PodLike {
  readonly namespace: string
  readonly labels: Labels
  readonly spec: PodSpec
  /** The selector of the controller that owns the pod, if default spreading uses it. */
  readonly ownerSelector: LabelSelector | undefined
  /** The selector of a ReplicationController. Its value of a key overrides that of the services. */
  readonly ownerLabels?: Labels | undefined
  /** Existing pods only: the status as the node reports it. */
  readonly status?: PodStatus | undefined
  /** Existing pods only: the claims that were created for the pod. */
  readonly resourceClaimStatuses?: readonly PodResourceClaimStatus[]
  /** Existing pods only; the pods of a template have no name yet. */
  readonly named?: { readonly name: string; readonly uid: string | undefined } | undefined
}

/**
 * A pod as the plugins see it: one that exists, or one that a controller will make from a template.
 */
import type { Labels, LabelSelector } from '../words/label-selector.js'
import type { PodSpec, PodStatus } from '../words/pod.js'
import type { PodResourceClaimStatus } from '../words/resource-claim.js'

/** A pod, or one that a template makes, as its rules are made from it. */
export interface PodLike {
  readonly namespace: string
  readonly labels: Labels
  readonly spec: PodSpec
  /** What the controller that owns it selects, where that has a say in spreading. */
  readonly ownerSelector: LabelSelector | undefined
  /**
   * The same of a ReplicationController: a value of its takes the place of the services' of that
   * key.
   */
  readonly ownerLabels?: Labels | undefined
  /** Of a pod that there is, as its node has it. */
  readonly status?: PodStatus | undefined
  /** Of a pod that there is: the claims that were made for it. */
  readonly resourceClaimStatuses?: readonly PodResourceClaimStatus[]
  /** Of a pod that there is; those that a template makes have no name yet. */
  readonly named?: { readonly name: string; readonly uid: string | undefined } | undefined
}

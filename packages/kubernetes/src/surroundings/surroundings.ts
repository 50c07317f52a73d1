/**
 * What a pod's rules depend on beside the pod: the namespaces' labels, the services that select it,
 * and the affinity terms of all other pods, as those speak of it too. It is gathered once, over
 * everything that is planned together.
 */
import { byCodeUnit } from '@stowage/kernel'
import { requirementsOf, type Labels, type LabelSelector } from '../words/label-selector.js'
import type { PodSpec, PodStatus } from '../words/pod.js'
import type { PodResourceClaimStatus } from '../words/resource-claim.js'
import { carriedBy, type CarriedTerm } from './carried.js'
import { imagesOn, type Census } from '../lower/image.js'
import { volumeUse, type VolumeUse } from './volume-use.js'
import { noStorage, type Storage } from './storage.js'

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

/** A service, by what it selects in its namespace. */
export interface ServiceLike {
  readonly namespace: string
  readonly selector: Labels
}

export interface Surroundings {
  /** Of each namespace that is an object. */
  readonly namespaces: ReadonlyMap<string, Labels>
  readonly services: readonly ServiceLike[]
  readonly images: Census
  /** Namespaces and names of the claims that are objects. */
  readonly resourceClaims: ReadonlySet<string>
  readonly storage: Storage
  /** Who uses which volumes, so far as nodes limit them. */
  readonly volumeUse: VolumeUse
  /** The terms that some pod carries, each once, in an order of their own. */
  readonly carried: readonly CarriedTerm[]
  /** Whether some selector asks about the label's key. */
  readonly isAsked: (key: string) => boolean
}

/** What is there beside pods. */
export type Others = Pick<
  Surroundings,
  'namespaces' | 'services' | 'images' | 'resourceClaims' | 'storage'
>

export const nothingElse: Others = {
  namespaces: new Map(),
  services: [],
  images: imagesOn([]),
  resourceClaims: new Set(),
  storage: noStorage,
}

export const surroundingsOf = (pods: readonly PodLike[], others: Others): Surroundings => {
  const carried = new Map(pods.flatMap(carriedBy).map((term) => [term.text, term]))
  const asked = new Set([
    ...pods.flatMap(keysAskedBy),
    ...others.services.flatMap(({ selector }) => [...selector.keys()]),
  ])
  return {
    ...others,
    volumeUse: volumeUse(pods, others.storage),
    carried: [...carried.values()].sort((a, b) => byCodeUnit(a.text, b.text)),
    isAsked: (key) => asked.has(key),
  }
}

const keysOf = (selector: LabelSelector | undefined): readonly string[] =>
  selector === undefined ? [] : requirementsOf(selector).map(({ key }) => key)

const keysAskedBy = (pod: PodLike): readonly string[] => [
  ...carriedBy(pod).flatMap(({ term }) => keysOf(term.labelSelector)),
  ...pod.spec.topologySpreadConstraints.flatMap(({ labelSelector, matchLabelKeys }) => [
    ...keysOf(labelSelector),
    ...matchLabelKeys,
  ]),
  ...keysOf(pod.ownerSelector),
  ...(pod.ownerLabels?.keys() ?? []),
]

/**
 * What a pod's rules depend on beside the pod: the namespaces' labels, the services that select it,
 * and the affinity terms of all other pods, as those speak of it too. It is gathered once, over
 * everything that is planned together.
 */
import { byCodeUnit } from '@stowage/kernel'
import { requirementsOf, type Labels, type LabelSelector } from '../words/label-selector.js'
import type { PodLike } from './pod-like.js'
import { carriedBy, type CarriedTerm } from './carried.js'
import { imagesOn, type ImageCensus } from './images.js'
import { volumeUse, type VolumeUse } from './volume-use.js'
import { noStorage, type Storage } from './storage.js'

/** A service, by what it selects in its namespace. */
export interface ServiceLike {
  readonly namespace: string
  readonly selector: Labels
}

export interface Surroundings {
  /** Of each namespace that is an object. */
  readonly namespaces: ReadonlyMap<string, Labels>
  readonly services: readonly ServiceLike[]
  readonly images: ImageCensus
  /** Namespaces and names of the claims that are objects. */
  readonly resourceClaims: ReadonlySet<string>
  readonly storage: Storage
  /** Who uses which volumes, so far as nodes limit them. */
  readonly volumeUse: VolumeUse
  /** The terms that some pod carries, each once, in an order of their own. */
  readonly carried: readonly CarriedTerm[]
  /** The keys of labels that some selector reads. */
  readonly selectedKeys: ReadonlySet<string>
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
  const selectedKeys = new Set([
    ...pods.flatMap(keysSelectedBy),
    ...others.services.flatMap(({ selector }) => [...selector.keys()]),
  ])
  return {
    ...others,
    volumeUse: volumeUse(pods, others.storage),
    carried: [...carried.values()].sort((a, b) => byCodeUnit(a.text, b.text)),
    selectedKeys,
  }
}

const keysOf = (selector: LabelSelector | undefined): readonly string[] =>
  selector === undefined ? [] : requirementsOf(selector).map(({ key }) => key)

const keysSelectedBy = (pod: PodLike): readonly string[] => [
  ...carriedBy(pod).flatMap(({ term }) => keysOf(term.labelSelector)),
  ...pod.spec.topologySpreadConstraints.flatMap(({ labelSelector, matchLabelKeys }) => [
    ...keysOf(labelSelector),
    ...matchLabelKeys,
  ]),
  ...keysOf(pod.ownerSelector),
  ...(pod.ownerLabels?.keys() ?? []),
]

/**
 * Collects the surroundings (what the rules of pods depend on beside the pod): labels of
 * namespaces, services, images, storage, and the affinity terms of all pods. They are collected
 * once for all pods that are planned together.
 */
import { byCodeUnit } from '@stowage/kernel'
import { requirementsOf, type Labels, type LabelSelector } from '../words/label-selector.js'
import type { PodLike } from './pod-like.js'
import { carriedBy, type CarriedTerm } from './carried.js'
import { imagesOn, type ImageCensus } from './images.js'
import { volumeUse, type VolumeUse } from './volume-use.js'
import { noStorage, type Storage } from './storage.js'

/** The labels that a service selects in its namespace. */
export interface ServiceLike {
  readonly namespace: string
  readonly selector: Labels
}

/** The surroundings that all pods share. */
export interface Surroundings {
  /** Labels of each namespace that exists as an object or has pods. */
  readonly namespaces: ReadonlyMap<string, Labels>
  readonly services: readonly ServiceLike[]
  readonly images: ImageCensus
  /** `namespace/name` of every existing ResourceClaim. */
  readonly resourceClaims: ReadonlySet<string>
  readonly storage: Storage
  /** Which CSI drivers limit volumes, and whether pods share those volumes. */
  readonly volumeUse: VolumeUse
  /** The affinity terms that any pod carries, without duplicates, sorted by text. */
  readonly carried: readonly CarriedTerm[]
  /** The label keys that some selector reads. */
  readonly selectedKeys: ReadonlySet<string>
}

/** The surroundings that do not come from pods. */
export type ObjectSurroundings = Pick<
  Surroundings,
  'namespaces' | 'services' | 'images' | 'resourceClaims' | 'storage'
>

/** Surroundings in which only pods exist. */
export const nothingElse: ObjectSurroundings = {
  namespaces: new Map(),
  services: [],
  images: imagesOn([]),
  resourceClaims: new Set(),
  storage: noStorage,
}

/**
 * Adds what comes from pods: their affinity terms, the label keys they read, the volumes they use.
 */
export const surroundingsOf = (
  pods: readonly PodLike[],
  objects: ObjectSurroundings,
): Surroundings => {
  const carried = new Map(pods.flatMap(carriedBy).map((term) => [term.text, term]))
  const selectedKeys = new Set([
    ...pods.flatMap(keysSelectedBy),
    ...objects.services.flatMap(({ selector }) => [...selector.keys()]),
  ])
  return {
    ...objects,
    volumeUse: volumeUse(pods, objects.storage),
    carried: [...carried.values()].sort((a, b) => byCodeUnit(a.text, b.text)),
    selectedKeys,
  }
}

const keysOf = (selector: LabelSelector | undefined): readonly string[] =>
  selector === undefined ? [] : requirementsOf(selector).map(({ key }) => key)

const keysSelectedBy = (pod: PodLike): readonly string[] => [
  ...carriedBy(pod).flatMap(({ term }) => [
    ...keysOf(term.labelSelector),
    ...term.matchLabelKeys,
    ...term.mismatchLabelKeys,
  ]),
  ...pod.spec.topologySpreadConstraints.flatMap(({ labelSelector, matchLabelKeys }) => [
    ...keysOf(labelSelector),
    ...matchLabelKeys,
  ]),
  ...keysOf(pod.ownerSelector),
  ...(pod.ownerLabels?.keys() ?? []),
]

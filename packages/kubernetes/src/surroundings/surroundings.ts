/**
 * Collects the surroundings (what the rules of pods depend on besides the pod): namespaces,
 * services, images, devices, storage, and the affinity terms of all pods. They are collected once
 * for all pods that are planned together.
 */
import { byCodeUnit } from '@stowage/kernel'
import { podRequests } from '../demand/requests.js'
import { requirementsOf, type Labels, type LabelSelector } from '../words/label-selector.js'
import type { PodLike } from './pod-like.js'
import { carriedBy, type CarriedTerm } from './carried.js'
import { noDevices, type Devices } from './devices.js'
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
  readonly devices: Devices
  readonly storage: Storage
  /** Which CSI drivers limit volumes, and whether pods share those volumes. */
  readonly volumeUse: VolumeUse
  /** The extended resources that some pod requests and a DeviceClass meets, sorted by name. */
  readonly metByClass: readonly string[]
  /** The affinity terms that any pod carries, without duplicates, sorted by text. */
  readonly carried: readonly CarriedTerm[]
  /** The label keys that some selector reads. */
  readonly selectedKeys: Pick<ReadonlySet<string>, 'has'>
}

/** The surroundings that do not come from pods. */
export type ObjectSurroundings = Pick<
  Surroundings,
  'namespaces' | 'services' | 'images' | 'devices' | 'storage'
>

/** Surroundings in which only pods exist. */
export const nothingElse: ObjectSurroundings = {
  namespaces: new Map(),
  services: [],
  images: imagesOn([]),
  devices: noDevices,
  storage: noStorage,
}

/**
 * Adds what comes from pods: their affinity terms, the label keys they read, the volumes they use,
 * the resources that devices may meet.
 */
export const surroundingsOf = (
  pods: readonly PodLike[],
  objects: ObjectSurroundings,
): Surroundings => {
  const carried = new Map(pods.flatMap(carriedBy).map((term) => [term.text, term]))
  return {
    ...objects,
    volumeUse: volumeUse(pods, objects.storage),
    metByClass: metByClass(pods, objects.devices),
    carried: [...carried.values()].sort((a, b) => byCodeUnit(a.text, b.text)),
    selectedKeys: keysSelected(pods, objects.services),
  }
}

/** The label keys that some selector of these pods and services reads. */
export const keysSelected = (
  pods: readonly PodLike[],
  services: readonly ServiceLike[],
): ReadonlySet<string> =>
  new Set([
    ...pods.flatMap(keysSelectedBy),
    ...services.flatMap(({ selector }) => [...selector.keys()]),
  ])

const metByClass = (pods: readonly PodLike[], { classOf }: Devices): readonly string[] => {
  if (classOf.size === 0) return []
  const requested = new Set(pods.flatMap(({ spec }) => [...podRequests(spec).keys()]))
  return [...requested].filter((resource) => classOf.has(resource)).sort(byCodeUnit)
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

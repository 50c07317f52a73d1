/**
 * Searches volumes for a pod's unbound claims on one node: existing volumes to bind, otherwise
 * storage classes that can provision new ones there.
 *
 * Source: Kubernetes documentation, "Storage Classes" (volume binding mode, allowed topologies),
 * "Storage Capacity".
 */
import {
  getOrThrow,
  nodeName,
  nodesWhere,
  type Draft,
  type Expr,
  type NodeId,
} from '@stowage/kernel'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { zero } from '../words/quantity.js'
import type { CSIStorageCapacity, StorageClass } from '../words/storage.js'
import { matchFor } from './match.js'
import { classNameOf, selectedNode, claimSize, type Storage } from '../surroundings/storage.js'
import { capacityExpr, topologyExpr, volumeExpr } from './within.js'

/** Volumes for all of a pod's unbound claims on one node. */
export interface SearchResult {
  readonly bound: readonly (readonly [PersistentVolumeClaim, PersistentVolume])[]
  /** Claims to provision, each with its capacity object if the driver tracks capacity. */
  readonly made: readonly (readonly [PersistentVolumeClaim, CSIStorageCapacity | undefined])[]
}

/**
 * Why the search fails: no volume can be bound or provisioned, or there is no capacity to provision
 * one.
 */
export type SearchFailure = 'volumes' | 'room'

/** The search for one pod's claims, as a function of the node. */
export type Search = (node: NodeId) => SearchResult | SearchFailure

/** A search for these claims, in the order of the pod's volumes, in the storage as it is now. */
export const searching = (
  draft: Draft,
  claims: readonly PersistentVolumeClaim[],
  { storage }: Pick<Surroundings, 'storage'>,
): Search => {
  const within = remembering(draft)
  const isSelected = (claim: PersistentVolumeClaim): boolean =>
    claim.metadata.annotations.has(selectedNode)
  const selected = claims.filter(isSelected)
  const open = claims
    .filter((claim) => !isSelected(claim))
    .sort(bySize)
    .map((claim) => [claim, volumesOf(classNameOf(claim), storage)] as const)
  return (node) => {
    const name = nodeName(draft, node)
    const isHere = ({ metadata }: PersistentVolumeClaim): boolean =>
      metadata.annotations.get(selectedNode) === name
    if (!selected.every(isHere)) return 'volumes'
    const { bound, left } = bindings(open, (volume) =>
      within(volume, () => volumeExpr(draft, volume)).has(node),
    )
    const made = making([...selected, ...left], storage, {
      reaches: (known) => within(known, () => topologyExpr(draft, known)).has(node),
      draws: (capacity) => within(capacity, () => capacityExpr(draft, capacity)).has(node),
    })
    return typeof made === 'string' ? made : { bound, made }
  }
}

/** Caches the nodes of each expression. */
const remembering = (draft: Draft) => {
  const known = new Map<object, ReadonlySet<NodeId>>()
  return (of: object, expr: () => Expr): ReadonlySet<NodeId> => {
    const found = known.get(of) ?? new Set(getOrThrow(nodesWhere(draft, expr())))
    known.set(of, found)
    return found
  }
}

const bySize = (one: PersistentVolumeClaim, other: PersistentVolumeClaim): number => {
  const [size, otherSize] = [claimSize(one.spec) ?? zero, claimSize(other.spec) ?? zero]
  return size < otherSize ? -1 : size > otherSize ? 1 : 0
}

/** The volumes of a storage class, by its name. */
export const volumesOf = (className: string, { volumes }: Storage): readonly PersistentVolume[] =>
  volumesByClass(volumes).get(className) ?? []

/** The volumes are divided once, as pods that reserve none share them. */
const volumesByClass = (
  volumes: Storage['volumes'],
): ReadonlyMap<string, readonly PersistentVolume[]> => {
  const known = dividedVolumes.get(volumes)
  if (known !== undefined) return known
  const divided = new Map<string, PersistentVolume[]>()
  for (const volume of volumes.values()) {
    const alike = divided.get(classNameOf(volume))
    if (alike === undefined) divided.set(classNameOf(volume), [volume])
    else alike.push(volume)
  }
  dividedVolumes.set(volumes, divided)
  return divided
}

const dividedVolumes = new WeakMap<
  Storage['volumes'],
  ReadonlyMap<string, readonly PersistentVolume[]>
>()

/** Binds claims to volumes of their class, in the given order. No volume is bound twice. */
const bindings = (
  claims: readonly (readonly [PersistentVolumeClaim, readonly PersistentVolume[]])[],
  isWithin: (volume: PersistentVolume) => boolean,
): { readonly bound: SearchResult['bound']; readonly left: readonly PersistentVolumeClaim[] } => {
  const bound: (readonly [PersistentVolumeClaim, PersistentVolume])[] = []
  const left: PersistentVolumeClaim[] = []
  for (const [claim, volumes] of claims) {
    const free = volumes.filter((volume) => !bound.some(([, taken]) => taken === volume))
    const volume = matchFor(claim, free, isWithin)
    if (volume === undefined) left.push(claim)
    else bound.push([claim, volume])
  }
  return { bound, left }
}

interface Here {
  readonly reaches: (known: StorageClass) => boolean
  readonly draws: (capacity: CSIStorageCapacity) => boolean
}

/** Checks that a volume can be provisioned for each claim; the first claim that fails decides. */
const making = (
  claims: readonly PersistentVolumeClaim[],
  storage: Storage,
  here: Here,
): SearchResult['made'] | SearchFailure => {
  const made: (readonly [PersistentVolumeClaim, CSIStorageCapacity | undefined])[] = []
  for (const claim of claims) {
    const known = storage.classes.get(classNameOf(claim))
    if (known === undefined || !isMaker(known) || !here.reaches(known)) return 'volumes'
    const size = claimSize(claim.spec)
    const isTracked = storage.drivers.get(known.provisioner)?.spec.storageCapacity === true
    if (!isTracked || size === undefined) made.push([claim, undefined])
    else {
      const capacity = storage.capacities.find(
        (one) =>
          one.storageClassName === known.metadata.name &&
          (one.maximumVolumeSize ?? one.capacity ?? -1n) >= size &&
          here.draws(one),
      )
      if (capacity === undefined) return 'room'
      made.push([claim, capacity])
    }
  }
  return made
}

const isMaker = ({ provisioner }: StorageClass): boolean =>
  provisioner !== '' && provisioner !== 'kubernetes.io/no-provisioner'

/**
 * What would become of a pod's unbound claims on a node: volumes that are there to bind, and
 * volumes to be made.
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
import { classNameOf, selectedNode, sizeAsked, type Storage } from '../surroundings/storage.js'
import { capacityExpr, topologyExpr, volumeExpr } from './within.js'

export interface Found {
  readonly bound: readonly (readonly [PersistentVolumeClaim, PersistentVolume])[]
  /** What they would be made from, where somebody keeps count of that. */
  readonly made: readonly (readonly [PersistentVolumeClaim, CSIStorageCapacity | undefined])[]
}

/** Why there is no way: no volume and none to be made, or no room to make one. */
export type Lacking = 'volumes' | 'room'

export type Search = (node: NodeId) => Found | Lacking

/** For claims in the order of the pod's volumes, as the storage is now. */
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

/** The nodes of each expression, asked for once. */
const remembering = (draft: Draft) => {
  const known = new Map<object, ReadonlySet<NodeId>>()
  return (of: object, expr: () => Expr): ReadonlySet<NodeId> => {
    const found = known.get(of) ?? new Set(getOrThrow(nodesWhere(draft, expr())))
    known.set(of, found)
    return found
  }
}

const bySize = (one: PersistentVolumeClaim, other: PersistentVolumeClaim): number => {
  const [size, otherSize] = [sizeAsked(one.spec) ?? zero, sizeAsked(other.spec) ?? zero]
  return size < otherSize ? -1 : size > otherSize ? 1 : 0
}

export const volumesOf = (className: string, { volumes }: Storage): readonly PersistentVolume[] =>
  [...volumes.values()].filter((volume) => classNameOf(volume) === className)

/** The smallest claim takes first, each of the volumes of its class, and nothing is taken twice. */
const bindings = (
  claims: readonly (readonly [PersistentVolumeClaim, readonly PersistentVolume[]])[],
  isWithin: (volume: PersistentVolume) => boolean,
): { readonly bound: Found['bound']; readonly left: readonly PersistentVolumeClaim[] } => {
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

/** The first claim for which no volume can be made decides. */
const making = (
  claims: readonly PersistentVolumeClaim[],
  storage: Storage,
  here: Here,
): Found['made'] | Lacking => {
  const made: (readonly [PersistentVolumeClaim, CSIStorageCapacity | undefined])[] = []
  for (const claim of claims) {
    const known = storage.classes.get(classNameOf(claim))
    if (known === undefined || !isMaker(known) || !here.reaches(known)) return 'volumes'
    const asked = sizeAsked(claim.spec)
    const isTracked = storage.drivers.get(known.provisioner)?.spec.storageCapacity === true
    if (!isTracked || asked === undefined) made.push([claim, undefined])
    else {
      const capacity = storage.capacities.find(
        (one) =>
          one.storageClassName === known.metadata.name &&
          (one.maximumVolumeSize ?? one.capacity ?? -1n) >= asked &&
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

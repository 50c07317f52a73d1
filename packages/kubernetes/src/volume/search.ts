/**
 * Finds volumes for the unbound PersistentVolumeClaims of a pod on one node: for each claim an
 * existing volume, or else the right to provision a new one there by its StorageClass. The search
 * fails if a claim gets neither.
 *
 * The nodes that reach a volume are computed once for all pods that are judged on the same nodes.
 *
 * Source: Kubernetes documentation, "Storage Classes" (volume binding mode, allowed topologies),
 * "Storage Capacity".
 */
import {
  getOrThrow,
  nodeIds,
  nodeName,
  nodeSpec,
  nodesWhere,
  type Draft,
  type Expr,
  type NodeId,
  type NodeSpec,
} from '@stowage/kernel'
import { toUndefined } from 'fp-ts/lib/Option.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { zero } from '../words/quantity.js'
import type { CSIStorageCapacity, StorageClass } from '../words/storage.js'
import { matchesFor } from './match.js'
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
export const volumeSearch = (
  draft: Draft,
  claims: readonly PersistentVolumeClaim[],
  { storage }: Pick<Surroundings, 'storage'>,
): Search => {
  const within = nodeSetCache(draft)
  const isSelected = (claim: PersistentVolumeClaim): boolean =>
    claim.metadata.annotations.has(selectedNode)
  const selected = claims.filter(isSelected)
  const waiting = claims.filter((claim) => !isSelected(claim)).sort(bySize)
  const open = waiting.map((claim) => {
    const matches = matchesFor(claim, volumesOf(classNameOf(claim), storage))
    const nodesOf = (volume: PersistentVolume) => within(volume, () => volumeExpr(draft, volume))
    // The claims before it take one volume each at most.
    return [claim, firstOn(matches, nodesOf, waiting.length, nodeIds(draft).length)] as const
  })
  return (node) => {
    const name = nodeName(draft, node)
    const isHere = ({ metadata }: PersistentVolumeClaim): boolean =>
      metadata.annotations.get(selectedNode) === name
    if (!selected.every(isHere)) return 'volumes'
    const { bound, left } = bindings(open, node)
    const made = planProvisioning([...selected, ...left], storage, {
      reaches: (known) => within(known, () => topologyExpr(draft, known)).has(node),
      draws: (capacity) => within(capacity, () => capacityExpr(draft, capacity)).has(node),
    })
    return typeof made === 'string' ? made : { bound, made }
  }
}

/** The nodes of each volume, class and capacity, while the nodes of the draft stay the same. */
const nodeSetCache = (draft: Draft) => {
  const nodes = nodeIds(draft)
  const specs = nodes.map((node) => toUndefined(nodeSpec(draft, node)))
  const before = nodeSets.get(draft)
  const isSame =
    before !== undefined &&
    before.specs.length === specs.length &&
    before.specs.every((spec, i) => spec === specs[i])
  const { known } = isSame ? before : { known: new Map<object, ReadonlySet<NodeId>>() }
  if (!isSame) nodeSets.set(draft, { specs, known })
  return (of: object, expr: () => Expr): ReadonlySet<NodeId> => {
    const found = known.get(of) ?? new Set(getOrThrow(nodesWhere(draft, expr())))
    known.set(of, found)
    return found
  }
}

interface NodeSets {
  readonly specs: readonly (NodeSpec | undefined)[]
  readonly known: Map<object, ReadonlySet<NodeId>>
}

/** Pods of one draft ask about the same volumes. */
const nodeSets = new WeakMap<Draft, NodeSets>()

/** By node, the first `most` of the volumes that it reaches; there are so many nodes. */
const firstOn = (
  volumes: readonly PersistentVolume[],
  nodesOf: (volume: PersistentVolume) => ReadonlySet<NodeId>,
  most: number,
  nodeCount: number,
): ReadonlyMap<NodeId, readonly PersistentVolume[]> => {
  const first = new Map<NodeId, PersistentVolume[]>()
  let full = 0
  for (const volume of volumes) {
    if (full === nodeCount) break
    for (const node of nodesOf(volume)) {
      const some = first.get(node) ?? []
      if (some.length === most) continue
      some.push(volume)
      first.set(node, some)
      if (some.length === most) full++
    }
  }
  return first
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

/** Binds claims to the best volumes on a node, in the given order. No volume is bound twice. */
const bindings = (
  claims: readonly (readonly [PersistentVolumeClaim, ReturnType<typeof firstOn>])[],
  node: NodeId,
): { readonly bound: SearchResult['bound']; readonly left: readonly PersistentVolumeClaim[] } => {
  const bound: (readonly [PersistentVolumeClaim, PersistentVolume])[] = []
  const left: PersistentVolumeClaim[] = []
  for (const [claim, volumes] of claims) {
    const volume = volumes.get(node)?.find((one) => !bound.some(([, taken]) => taken === one))
    if (volume === undefined) left.push(claim)
    else bound.push([claim, volume])
  }
  return { bound, left }
}

interface NodeAccess {
  readonly reaches: (known: StorageClass) => boolean
  readonly draws: (capacity: CSIStorageCapacity) => boolean
}

/** Checks that a volume can be provisioned for each claim; the first claim that fails decides. */
const planProvisioning = (
  claims: readonly PersistentVolumeClaim[],
  storage: Storage,
  here: NodeAccess,
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

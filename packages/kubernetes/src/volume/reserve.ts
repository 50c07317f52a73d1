/**
 * Reserves volumes for a pod that was given a node, so that later pods see them as taken:
 * 1. An existing volume gets the claim as its claimRef.
 * 2. A claim whose volume will be provisioned gets the node as its selected node.
 */
import type { Draft, NodeId } from '@stowage/kernel'
import { nodeName, withChanges } from '@stowage/kernel'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type {
  ClaimReference,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../words/persistent-volume.js'
import { sortedClaims } from '../surroundings/claim.js'
import { volumeSearch, volumesOf } from './search.js'
import { classNameOf, selectedNode, type Storage } from '../surroundings/storage.js'

/**
 * The reservation of a pod: volumes with the claim that each is reserved for, and claims with the
 * node that each selects.
 */
export interface VolumeReservation {
  readonly volumes: readonly (readonly [volume: string, claim: ClaimReference])[]
  /** A claim as `namespace/name`. */
  readonly claims: readonly (readonly [claim: string, node: string])[]
}

/** The pod's reservation on a node; `undefined` when it needs none or does not fit there. */
export const reservationOf = (
  draft: Draft,
  pod: PodLike,
  node: NodeId,
  around: Surroundings,
): VolumeReservation | undefined => {
  const { waiting } = sortedClaims(pod, around.storage)
  if (waiting.length === 0) return undefined
  const found = volumeSearch(draft, waiting, around)(node)
  if (typeof found === 'string') return undefined
  return {
    volumes: found.bound.map(([{ metadata }, volume]) => {
      const { namespace, name, uid } = metadata
      return [volume.metadata.name, { namespace, name, uid }]
    }),
    claims: found.made
      .filter(([{ metadata }]) => metadata.name !== '')
      .map(([{ metadata }]) => [`${pod.namespace}/${metadata.name}`, nodeName(draft, node)]),
  }
}

/** The surroundings for later pods. Names that are not in the storage are ignored. */
export const withReservation = (
  around: Surroundings,
  reservation: VolumeReservation,
): Surroundings => {
  const { storage } = around
  const volumes = withEntries(
    storage.volumes,
    reservation.volumes.flatMap(([name, claim]) => {
      const volume = storage.volumes.get(name)
      return volume === undefined ? [] : [[name, withClaim(volume, claim)] as const]
    }),
  )
  const claims = withEntries(
    storage.claims,
    reservation.claims.flatMap(([name, node]) => {
      const claim = storage.claims.get(name)
      return claim === undefined ? [] : [[name, withSelectedNode(claim, node)] as const]
    }),
  )
  return { ...around, storage: { ...storage, volumes, claims } }
}

/** Without a change the map itself, so that what was computed of it stays known. */
const withEntries = <Value>(
  map: ReadonlyMap<string, Value>,
  changes: readonly (readonly [string, Value])[],
): ReadonlyMap<string, Value> => (changes.length === 0 ? map : withChanges(map, changes))

/**
 * Whether two pods like this may compete for the same storage: a named claim, or an existing volume
 * of a claim's class.
 */
export const promisesVolumes = (pod: PodLike, storage: Storage): boolean =>
  sortedClaims(pod, storage).waiting.some(
    (claim) => claim.metadata.name !== '' || volumesOf(classNameOf(claim), storage).length > 0,
  )

const withClaim = (volume: PersistentVolume, claim: ClaimReference): PersistentVolume => ({
  ...volume,
  spec: { ...volume.spec, claimRef: claim },
})

const withSelectedNode = (claim: PersistentVolumeClaim, node: string): PersistentVolumeClaim => ({
  ...claim,
  metadata: {
    ...claim.metadata,
    annotations: new Map([...claim.metadata.annotations, [selectedNode, node]]),
  },
})

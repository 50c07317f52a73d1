/**
 * What a pod that got a node reserves there, for all pods after it: volumes that it will be bound
 * to are set aside for its claims, and claims that volumes will be made for have to do with that
 * node.
 */
import type { Draft, NodeId } from '@stowage/kernel'
import { nodeName } from '@stowage/kernel'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type {
  ClaimReference,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../words/persistent-volume.js'
import { sortedClaims } from '../surroundings/claim.js'
import { searching, volumesOf } from './search.js'
import { classNameOf, selectedNode, type Storage } from '../surroundings/storage.js'

/** What a pod reserves: for each claim the volume that is set aside, or the node that it selects. */
export interface VolumeReservation {
  readonly volumes: readonly (readonly [volume: string, claim: ClaimReference])[]
  /** A claim by `namespace/name`. */
  readonly claims: readonly (readonly [claim: string, node: string])[]
}

/**
 * What the pod reserves on a node where it fits; `undefined` when it reserves nothing, as when it
 * does not fit there.
 */
export const reservationOf = (
  draft: Draft,
  pod: PodLike,
  node: NodeId,
  around: Surroundings,
): VolumeReservation | undefined => {
  const { waiting } = sortedClaims(pod, around.storage)
  if (waiting.length === 0) return undefined
  const found = searching(draft, waiting, around)(node)
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

/** The surroundings of all pods after it. Names that are not in the storage are ignored. */
export const withReservation = (
  around: Surroundings,
  reservation: VolumeReservation,
): Surroundings => {
  const { storage } = around
  const volumes = new Map(storage.volumes)
  for (const [name, claim] of reservation.volumes) {
    const volume = volumes.get(name)
    if (volume !== undefined) volumes.set(name, setAside(volume, claim))
  }
  const claims = new Map(storage.claims)
  for (const [name, node] of reservation.claims) {
    const claim = claims.get(name)
    if (claim !== undefined) claims.set(name, selecting(claim, node))
  }
  return { ...around, storage: { ...storage, volumes, claims } }
}

/**
 * Whether a pod may take what the next one of its kind would have had: a claim's node, or a volume
 * of the claim's class.
 */
export const promisesVolumes = (pod: PodLike, storage: Storage): boolean =>
  sortedClaims(pod, storage).waiting.some(
    (claim) => claim.metadata.name !== '' || volumesOf(classNameOf(claim), storage).length > 0,
  )

const setAside = (volume: PersistentVolume, claim: ClaimReference): PersistentVolume => ({
  ...volume,
  spec: { ...volume.spec, claimRef: claim },
})

const selecting = (claim: PersistentVolumeClaim, node: string): PersistentVolumeClaim => ({
  ...claim,
  metadata: {
    ...claim.metadata,
    annotations: new Map([...claim.metadata.annotations, [selectedNode, node]]),
  },
})

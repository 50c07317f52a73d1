/**
 * Finds the PersistentVolumeClaims of a pod's volumes and sorts them by binding state. For an
 * ephemeral volume of a pod that does not exist yet, it builds the claim that a controller would
 * create from the volume's claim template.
 */
import type { PodLike } from './pod-like.js'
import type {
  ClaimTemplate,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../words/persistent-volume.js'
import type { Volume } from '../words/volume.js'
import { classNameOf, isBound, volumeNameOf, waitsForConsumer, type Storage } from './storage.js'

/** A claim that a volume of the pod names. */
export interface PodClaim {
  readonly name: string
  /** `namespace/name`; empty for a claim of a pod that does not exist yet. */
  readonly key: string
  readonly isEphemeral: boolean
  /** `undefined` when no claim of that name exists. */
  readonly claim: PersistentVolumeClaim | undefined
}

/** The claims in the order of the volumes; a claim that two volumes name appears twice. */
export const claimsOf = (
  { namespace, named, spec }: PodLike,
  { claims }: Storage,
): readonly PodClaim[] =>
  spec.volumes.flatMap((volume): readonly PodClaim[] => {
    const { persistentVolumeClaim, ephemeral } = volume
    const claimOf = (name: string, isEphemeral: boolean): PodClaim => {
      const key = `${namespace}/${name}`
      return { name, key, isEphemeral, claim: claims.get(key) }
    }
    if (persistentVolumeClaim !== undefined)
      return [claimOf(persistentVolumeClaim.claimName, false)]
    if (ephemeral === undefined) return []
    if (named !== undefined) return [claimOf(ephemeralClaimName(named.name, volume), true)]
    return [{ name: '', key: '', isEphemeral: true, claim: toCome(namespace, volume) }]
  })

/** The claim that a controller would create; `undefined` when the volume has no claim template. */
const toCome = (namespace: string, { ephemeral }: Volume): PersistentVolumeClaim | undefined =>
  ephemeral?.volumeClaimTemplate && claimOfTemplate(namespace, '', ephemeral.volumeClaimTemplate)

/** The claim that a controller creates from a template; `name` is empty while no pod has one. */
export const claimOfTemplate = (
  namespace: string,
  name: string,
  { metadata, spec }: ClaimTemplate,
  ownerReferences: PersistentVolumeClaim['metadata']['ownerReferences'] = [],
): PersistentVolumeClaim => ({
  metadata: {
    name,
    namespace,
    uid: undefined,
    labels: new Map(),
    annotations: metadata?.annotations ?? new Map(),
    creationTimestamp: undefined,
    deletionTimestamp: undefined,
    ownerReferences,
  },
  spec,
  status: undefined,
})

/**
 * The name of the claim that a controller creates for an ephemeral volume of a pod, after the pod
 * and the volume.
 */
export const ephemeralClaimName = (pod: string, volume: Volume): string =>
  `${pod}-${volume.name ?? ''}`

/** As in `data-pg-0`: the name of the claim that a StatefulSet's pod gets of a claim template. */
export const claimNameAt = (template: string, pod: string): string => `${template}-${pod}`

/**
 * A pod's claims by state: bound, to be bound once the pod has a node, and unbound although they
 * should have been bound at once.
 */
export interface SortedClaims {
  readonly bound: readonly PersistentVolumeClaim[]
  readonly waiting: readonly PersistentVolumeClaim[]
  readonly immediate: readonly PersistentVolumeClaim[]
}

/** Sorts the existing claims of a pod by state. */
export const sortedClaims = (pod: PodLike, storage: Storage): SortedClaims => {
  const claims = claimsOf(pod, storage).flatMap(({ claim }) => claim ?? [])
  const unbound = claims.filter((claim) => !isBound(claim))
  const waits = (claim: PersistentVolumeClaim): boolean => {
    const known = storage.classes.get(classNameOf(claim))
    return known !== undefined && waitsForConsumer(known) && volumeNameOf(claim) === ''
  }
  return {
    bound: claims.filter(isBound),
    waiting: unbound.filter(waits),
    immediate: unbound.filter((claim) => !waits(claim)),
  }
}

/** The volumes to which claims of a pod are bound. */
export const boundVolumes = (pod: PodLike, storage: Storage): readonly PersistentVolume[] =>
  sortedClaims(pod, storage).bound.flatMap(
    (claim) => storage.volumes.get(volumeNameOf(claim)) ?? [],
  )

/**
 * The claims that a pod's volumes stand for. A pod's own, ephemeral claims are made for it by a
 * controller and named after it. A template has no pod yet to name them after: its pods are taken
 * to have them, each its own, as the controller would make them.
 */
import type { PodLike } from './pod-like.js'
import type { ClaimTemplate, PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { Volume } from '../words/volume.js'
import { classNameOf, isBound, volumeNameOf, waitsForConsumer, type Storage } from './storage.js'

export interface AskedClaim {
  readonly name: string
  /** `namespace/name`; an empty text for a claim that no pod has yet. */
  readonly key: string
  readonly isEphemeral: boolean
  /** Nothing, where there is none of that name. */
  readonly claim: PersistentVolumeClaim | undefined
}

/** In the order of the volumes, those that are named twice among them twice. */
export const claimsOf = (
  { namespace, named, spec }: PodLike,
  { claims }: Storage,
): readonly AskedClaim[] =>
  spec.volumes.flatMap((volume): readonly AskedClaim[] => {
    const { persistentVolumeClaim, ephemeral } = volume
    const asked = (name: string, isEphemeral: boolean): AskedClaim => {
      const key = `${namespace}/${name}`
      return { name, key, isEphemeral, claim: claims.get(key) }
    }
    if (persistentVolumeClaim !== undefined) return [asked(persistentVolumeClaim.claimName, false)]
    if (ephemeral === undefined) return []
    if (named !== undefined) return [asked(`${named.name}-${volume.name ?? ''}`, true)]
    return [{ name: '', key: '', isEphemeral: true, claim: toCome(namespace, volume) }]
  })

/** Without a template there is nothing to make it from. */
const toCome = (namespace: string, { ephemeral }: Volume): PersistentVolumeClaim | undefined => {
  const template: ClaimTemplate | undefined = ephemeral?.volumeClaimTemplate
  if (template === undefined) return undefined
  const metadata = {
    name: '',
    namespace,
    uid: undefined,
    labels: new Map(),
    annotations: template.metadata?.annotations ?? new Map(),
    deletionTimestamp: undefined,
    ownerReferences: [],
  }
  return { metadata, spec: template.spec, status: undefined }
}

/**
 * A pod's claims: bound, to be bound when the pod has a node, and those that should have been bound
 * at once.
 */
export interface SortedClaims {
  readonly bound: readonly PersistentVolumeClaim[]
  readonly waiting: readonly PersistentVolumeClaim[]
  readonly immediate: readonly PersistentVolumeClaim[]
}

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

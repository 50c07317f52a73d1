/**
 * Binds claims to volumes as the persistent volume controller does before any pod is scheduled:
 *
 * 1. A claim that is bound already keeps its volume.
 * 2. A claim that names a volume is bound to it, unless the volume belongs to another claim or does
 *    not fit.
 * 3. Any other claim is bound to a volume that is reserved for the claim, or to the smallest volume
 *    that fits. A claim that waits for its first pod is bound only to a reserved volume.
 * 4. A claim that found no volume gets the default StorageClass, if it names none, and a new volume
 *    if its StorageClass binds immediately.
 *
 * Source: Kubernetes documentation, "Persistent Volumes" (lifecycle of a volume and claim), and
 * the decisions of kube-controller-manager 1.37.
 */
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import {
  bindCompleted,
  classNameOf,
  isBound,
  volumeNameOf,
  waitsForConsumer,
  type Storage,
} from '../surroundings/storage.js'
import { isReservedFor } from '../volume/match.js'
import type { Node } from '../words/node.js'
import type {
  ClaimReference,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../words/persistent-volume.js'
import { fullName } from '../workload/workload.js'
import { withDefaultClass } from './default-class.js'
import { placedAtOnce } from './made-at-once.js'
import { misfitOf, volumeFor } from './match.js'
import { provisionFor, type WhyNotProvisioned } from './provision.js'

/** Why a claim stays unbound although no pod is awaited. */
export type UnboundReason =
  | WhyNotProvisioned
  | { readonly _tag: 'VolumeMissing'; readonly volume: string }
  | { readonly _tag: 'VolumeTaken'; readonly volume: string; readonly by: string }
  | { readonly _tag: 'VolumeMisfit'; readonly volume: string; readonly misfit: string }

/** The storage after binding. */
export interface BoundStorage {
  readonly storage: Storage
  /** By `namespace/name` of the claim. */
  readonly unbound: ReadonlyMap<string, UnboundReason>
  /** The volumes, by name, whose provisioner chooses one place from several. */
  readonly chosen: ReadonlySet<string>
}

/**
 * Binds all claims of the storage that do not wait for a pod; a second call binds nothing else.
 *
 * Claims are bound in the order of their creation, and new ones after those of the cluster, by
 * name. A claim that is bound already is bound to its volume again only if that is free or reserved
 * for the claim.
 */
export const bindClaims = (before: Storage, nodes: readonly Node[] = []): BoundStorage => {
  const claims = new Map(before.claims)
  const volumes = new Map(settledVolumes(before))
  const unmade = new Set(before.unmade)
  const chosen = new Set<string>()
  const unbound = new Map<string, UnboundReason>()
  const bind = (key: string, claim: PersistentVolumeClaim, volume: PersistentVolume): void => {
    volumes.set(volume.metadata.name, boundVolume(volume, claim))
    claims.set(key, boundClaim(claim, volume))
  }
  for (const [key, claim] of inOrder(before.claims)) {
    const named = volumeNameOf(claim)
    if (isBound(claim)) {
      const volume = volumes.get(named)
      if (volume === undefined) unbound.set(key, { _tag: 'VolumeMissing', volume: named })
      else if (volume.spec.claimRef === undefined || isReservedFor(volume, claim))
        bind(key, claim, volume)
    } else if (named !== '') {
      const volume = volumes.get(named)
      const why = reasonAgainst(claim, named, volume)
      if (why !== undefined) unbound.set(key, why)
      else if (volume !== undefined) bind(key, claim, volume)
    } else {
      const found = bindFreely(key, claim, { ...before, volumes }, nodes)
      if (found.volume !== undefined) bind(key, found.claim, found.volume)
      else claims.set(key, found.claim)
      if (found.isNew) unmade.add(found.volume.metadata.name)
      if (found.isChosen === true) chosen.add(found.volume.metadata.name)
      if (found.why !== undefined) unbound.set(key, found.why)
    }
  }
  return { storage: { ...before, claims, volumes, unmade }, unbound, chosen }
}

type FoundVolume =
  | {
      readonly claim: PersistentVolumeClaim
      readonly volume: PersistentVolume
      readonly isNew: boolean
      readonly isChosen?: boolean
      readonly why?: undefined
    }
  | {
      readonly claim: PersistentVolumeClaim
      readonly volume?: undefined
      readonly isNew?: false
      readonly isChosen?: false
      readonly why?: UnboundReason | undefined
    }

/** The volume for a claim that names none, or why there is none; neither when it has to wait. */
const bindFreely = (
  key: string,
  before: PersistentVolumeClaim,
  storage: Storage,
  nodes: readonly Node[],
): FoundVolume => {
  const volumes = [...storage.volumes.values()]
  const waits = (claim: PersistentVolumeClaim): boolean => {
    const known = storage.classes.get(classNameOf(claim))
    return known !== undefined && waitsForConsumer(known)
  }
  const first = volumeFor(before, volumes, waits(before))
  if (first !== undefined) return { claim: before, volume: first, isNew: false }
  const claim = withDefaultClass(before, storage)
  const volume = claim === before ? undefined : volumeFor(claim, volumes, waits(claim))
  if (volume !== undefined) return { claim, volume, isNew: false }
  if (waits(claim)) return { claim }
  const made = provisionFor(claim, storage, volumeNameFor(key), referenceTo(claim))
  if (E.isLeft(made)) return { claim, why: made.left }
  return { claim, isNew: true, ...placedAtOnce(claim, made.right, storage, nodes) }
}

/** A name that no object can have, as it is no DNS name. */
const volumeNameFor = (claim: string): string => `volume of ${claim}`

/** Bound claims, then those that name a volume, then the others; each by age and name. */
const inOrder = (
  claims: Storage['claims'],
): readonly (readonly [key: string, claim: PersistentVolumeClaim])[] => {
  const rank = (claim: PersistentVolumeClaim): number =>
    isBound(claim) ? 0 : volumeNameOf(claim) !== '' ? 1 : 2
  const isNew = ({ metadata }: PersistentVolumeClaim): number =>
    metadata.creationTimestamp === undefined ? 1 : 0
  return [...claims].sort(
    ([key, one], [otherKey, other]) =>
      rank(one) - rank(other) ||
      isNew(one) - isNew(other) ||
      byCodeUnit(one.metadata.creationTimestamp ?? '', other.metadata.creationTimestamp ?? '') ||
      byCodeUnit(key, otherKey),
  )
}

/** Why a claim cannot be bound to the volume that it names; `undefined` when it can. */
const reasonAgainst = (
  claim: PersistentVolumeClaim,
  name: string,
  volume: PersistentVolume | undefined,
): UnboundReason | undefined => {
  if (volume === undefined) return { _tag: 'VolumeMissing', volume: name }
  const { claimRef } = volume.spec
  if (claimRef !== undefined) {
    if (isReservedFor(volume, claim)) return undefined
    return { _tag: 'VolumeTaken', volume: name, by: claimText(claimRef) }
  }
  const misfit = misfitOf(volume, claim)
  return misfit === undefined ? undefined : { _tag: 'VolumeMisfit', volume: name, misfit }
}

const claimText = ({ namespace = 'default', name = '', uid = '' }: ClaimReference): string =>
  `${namespace}/${name}${uid === '' ? '' : ` of uid ${uid}`}`

/** Each volume in the phase that its claimRef gives it; this comes before any claim is bound. */
const settledVolumes = ({ claims, volumes }: Storage): Storage['volumes'] =>
  new Map([...volumes].map(([name, volume]) => [name, settleVolume(volume, claims)]))

const boundByController = 'pv.kubernetes.io/bound-by-controller'

/**
 * A volume without claimRef, or with one that has no uid, is available. A uid means that the volume
 * was bound: to a claim that is gone (released), to one that has another volume (available again),
 * or to its claim. A claim without a uid is a manifest: it is the claim to which the cluster says
 * that the volume is bound.
 */
const settleVolume = (volume: PersistentVolume, claims: Storage['claims']): PersistentVolume => {
  const { claimRef } = volume.spec
  const { name } = volume.metadata
  const phase = volume.status?.phase
  const uid = claimRef?.uid ?? ''
  if (claimRef === undefined || uid === '') return inPhase(volume, claimRef, 'Available')
  const claim = claims.get(fullName({ namespace: claimRef.namespace, name: claimRef.name ?? '' }))
  const isManifest = claim?.metadata.uid === undefined && phase === 'Bound'
  if (claim === undefined || (claim.metadata.uid !== uid && !isManifest))
    return inPhase(volume, claimRef, phase === 'Failed' ? 'Failed' : 'Released')
  const own = isManifest ? { ...claimRef, uid: undefined } : claimRef
  if (volumeNameOf(claim) === name) return inPhase(volume, own, 'Bound')
  if (volumeNameOf(claim) === '') return inPhase(volume, own, phase)
  return volume.metadata.annotations.has(boundByController)
    ? inPhase(volume, undefined, 'Available')
    : inPhase(volume, { ...claimRef, uid: undefined }, 'Available')
}

const inPhase = (
  volume: PersistentVolume,
  claimRef: ClaimReference | undefined,
  phase: string | undefined,
): PersistentVolume => ({ ...volume, spec: { ...volume.spec, claimRef }, status: { phase } })

/** The reference by which a volume names the claim. */
export const referenceTo = ({ metadata }: PersistentVolumeClaim): ClaimReference => ({
  ...{ namespace: metadata.namespace, name: metadata.name, uid: metadata.uid },
})

/** The volume, bound to the claim. */
export const boundVolume = (
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): PersistentVolume => inPhase(volume, referenceTo(claim), 'Bound')

/** The claim, bound to the volume. */
export const boundClaim = (
  claim: PersistentVolumeClaim,
  { metadata: { name } }: PersistentVolume,
): PersistentVolumeClaim => ({
  ...claim,
  metadata: {
    ...claim.metadata,
    annotations: new Map([...claim.metadata.annotations, [bindCompleted, 'yes']]),
  },
  spec: { ...claim.spec, volumeName: name },
  status: { phase: 'Bound' },
})

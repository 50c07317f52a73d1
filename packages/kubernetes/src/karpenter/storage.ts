/**
 * Evaluates the volume claims of a pod for Karpenter:
 * 1. whether a node may be provisioned for the pod;
 * 2. how many volumes of each CSI driver the pod attaches;
 * 3. which nodes reach the volumes.
 *
 * Source: Karpenter documentation, "Scheduling" (persistent volume topology).
 */
import { driverOf } from '../surroundings/migrated.js'
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { CSINode, StorageClass } from '../words/storage.js'
import type { Volume } from '../words/volume.js'
import { namespaceOf } from '../workload/workload.js'
import type { KarpenterPod, KarpenterVolume } from '../node-pool/words.js'
import {
  addRequirements,
  doIntersect,
  noRequirements,
  requirementsFrom,
  type Requirements,
} from '../node-pool/requirements.js'
import { hostKey } from '../node-pool/well-known.js'

/** What there is of storage: claims by `namespace/name`, the others by name. */
export interface KarpenterStorage {
  readonly claims: ReadonlyMap<string, PersistentVolumeClaim>
  readonly volumes: ReadonlyMap<string, KarpenterVolume>
  readonly classes: ReadonlyMap<string, StorageClass>
  readonly csiNodes: ReadonlyMap<string, CSINode>
}

/** Volumes in use, by the driver that attaches them. */
export type AttachedVolumes = ReadonlyMap<string, ReadonlySet<string>>

const claimNameOf = (pod: KarpenterPod, volume: Volume): string | undefined =>
  volume.persistentVolumeClaim?.claimName ??
  (volume.ephemeral === undefined ? undefined : `${pod.metadata.name}-${volume.name ?? ''}`)

/** The keys of the claims of a pod. */
const claimKeysOf = (pod: KarpenterPod): readonly string[] =>
  pod.spec.volumes.flatMap((volume) => {
    const name = claimNameOf(pod, volume)
    return name === undefined ? [] : [`${namespaceOf(pod.metadata)}/${name}`]
  })

/** Whether every claim exists and either is bound or can be once the pod has a node. */
export const hasUsableClaims = (pod: KarpenterPod, storage: KarpenterStorage): boolean =>
  claimKeysOf(pod).every((key) => {
    const claim = storage.claims.get(key)
    return claim !== undefined && isUsableClaim(claim, storage)
  })

const isUsableClaim = (
  { metadata, spec, status }: PersistentVolumeClaim,
  { volumes, classes }: KarpenterStorage,
): boolean => {
  if (metadata.deletionTimestamp !== undefined || status?.phase === 'Lost') return false
  if ((spec.volumeName ?? '') !== '') {
    const volume = volumes.get(spec.volumeName!)
    return (
      volume !== undefined &&
      volume.volume.metadata.deletionTimestamp === undefined &&
      metadata.annotations.has('pv.kubernetes.io/bind-completed')
    )
  }
  const storageClass = classes.get(spec.storageClassName ?? '')
  return storageClass !== undefined && storageClass.volumeBindingMode !== 'Immediate'
}

/** The volumes of a pod by driver, of those claims that exist. */
export const attachedVolumes = (pod: KarpenterPod, storage: KarpenterStorage): AttachedVolumes => {
  const found = new Map<string, Set<string>>()
  for (const key of claimKeysOf(pod)) {
    const claim = storage.claims.get(key)
    const driver = claim === undefined ? undefined : driverOfClaim(claim, storage)
    if (driver === undefined || driver === '') continue
    found.set(driver, (found.get(driver) ?? new Set()).add(key))
  }
  return found
}

const driverOfClaim = (
  { spec }: PersistentVolumeClaim,
  { volumes, classes }: KarpenterStorage,
): string | undefined => {
  if ((spec.volumeName ?? '') !== '') {
    const volume = volumes.get(spec.volumeName!)?.volume.spec
    if (volume?.csi !== undefined) return volume.csi.driver
    return volume?.awsElasticBlockStore === undefined ? undefined : 'ebs.csi.aws.com'
  }
  const provisioner = classes.get(spec.storageClassName ?? '')?.provisioner
  return provisioner === undefined ? undefined : (driverOf(provisioner)?.driver ?? provisioner)
}

/** Both, driver by driver. */
export const uniteVolumes = (one: AttachedVolumes, other: AttachedVolumes): AttachedVolumes => {
  if (other.size === 0) return one
  const union = new Map(one)
  for (const [driver, keys] of other)
    union.set(driver, new Set([...(union.get(driver) ?? []), ...keys]))
  return union
}

/** The first driver that attaches fewer volumes than these, with both numbers. */
export const exceededDriver = (
  volumes: AttachedVolumes,
  limits: ReadonlyMap<string, number>,
): string | undefined =>
  [...volumes].find(([driver, { size }]) => size > (limits.get(driver) ?? Infinity))?.[0]

/** How many volumes a node attaches: what its drivers say, and else what its type is known for. */
export const volumeLimitsOf = (
  nodeName: string,
  ofType: ReadonlyMap<string, number>,
  { csiNodes }: KarpenterStorage,
): ReadonlyMap<string, number> => {
  const limits = new Map(ofType)
  for (const { name, allocatable } of csiNodes.get(nodeName)?.spec.drivers ?? []) {
    if (allocatable?.count === undefined) limits.delete(name)
    else limits.set(name, allocatable.count)
  }
  return limits
}

/**
 * What the volumes require of a node, in alternatives; none where any node will do.
 *
 * A volume with several node selector terms, or a StorageClass with several topologies, has
 * alternatives. Of several volumes, all combinations of alternatives without a contradiction are
 * kept.
 */
export const volumeAlternatives = (
  pod: KarpenterPod,
  storage: KarpenterStorage,
): readonly Requirements[] => {
  let combined: readonly (Requirements | undefined)[] = [undefined]
  for (const key of claimKeysOf(pod)) {
    const claim = storage.claims.get(key)
    const alternatives = claim === undefined ? [] : alternativesOf(claim, storage)
    if (alternatives.length > 0) combined = combineAlternatives(combined, alternatives)
  }
  return combined.flatMap((one) => one ?? [])
}

/** All combinations without contradiction; all of them where each has one. */
const combineAlternatives = (
  before: readonly (Requirements | undefined)[],
  alternatives: readonly Requirements[],
): readonly Requirements[] => {
  const pairs = before.flatMap((one) =>
    alternatives.map((other) => ({
      isPossible: one === undefined || doIntersect(one, other),
      merged: addRequirements(one ?? noRequirements, other.values()),
    })),
  )
  const possible = pairs.filter(({ isPossible }) => isPossible)
  return (possible.length > 0 ? possible : pairs).map(({ merged }) => merged)
}

const alternativesOf = (
  { spec }: PersistentVolumeClaim,
  { volumes, classes }: KarpenterStorage,
): readonly Requirements[] => {
  if ((spec.volumeName ?? '') !== '') {
    const volume = volumes.get(spec.volumeName!)
    return volume === undefined ? [] : alternativesOfVolume(volume)
  }
  return (classes.get(spec.storageClassName ?? '')?.allowedTopologies ?? [])
    .filter(({ matchLabelExpressions }) => matchLabelExpressions.length > 0)
    .map(({ matchLabelExpressions }) =>
      requirementsFrom(matchLabelExpressions.map((one) => ({ ...one, operator: 'In' }))),
    )
}

/** A disk of one node may be another one's later, so that its node is no requirement. */
const alternativesOfVolume = ({ volume, isLocal }: KarpenterVolume): readonly Requirements[] =>
  (volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).flatMap(({ matchExpressions }) => {
    const left = isLocal ? matchExpressions.filter(({ key }) => key !== hostKey) : matchExpressions
    return left.length > 0 || (isLocal && matchExpressions.length > 0)
      ? [requirementsFrom(left)]
      : []
  })

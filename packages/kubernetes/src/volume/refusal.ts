/**
 * Refuses a pod on all nodes because of one of its claims, as kube-scheduler does in PreFilter.
 * This happens if the claim is missing, lost, being deleted, owned by another pod, or unbound
 * although its StorageClass binds immediately.
 *
 * Source: Kubernetes documentation, "Persistent Volumes", "Ephemeral Volumes" (the claim must be
 * owned by the pod), "Storage Classes" (volume binding mode).
 */
import type { Filter } from '@stowage/kernel'
import type { PluginInput, FiltersOf } from '../plugin/input.js'
import { fixedReason, namedReason, type PluginName, type PluginReason } from '../plugin/reason.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { controllerRefOf } from '../words/metadata.js'
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import { claimsOf, sortedClaims, type PodClaim } from '../surroundings/claim.js'
import { classNameOf, volumeNameOf, waitsForConsumer } from '../surroundings/storage.js'

/** A filter that refuses all nodes; none without a reason. */
const refuseAllNodes = (why: PluginReason | undefined): readonly Filter[] =>
  why === undefined ? [] : [{ _tag: 'Only', ...why, removable: false, nodes: [] }]

/** The first reason that any claim gives, in the order of the claims. */
const firstOf = (
  claims: readonly PodClaim[],
  of: (claim: PodClaim) => PluginReason | undefined,
): PluginReason | undefined => {
  for (const claim of claims) {
    const why = of(claim)
    if (why !== undefined) return why
  }
  return undefined
}

const claimMissing = ({ draft }: PluginInput, plugin: PluginName, name: string): PluginReason =>
  namedReason(draft, plugin, `persistentvolumeclaim "${name}" not found`)

/** VolumeRestrictions: refuses a pod whose claim is missing. */
export const restrictionsRefusal: FiltersOf = (input) =>
  refuseAllNodes(
    firstOf(claimsOf(input.pod, input.around.storage), ({ isEphemeral, claim, name }) =>
      isEphemeral || claim !== undefined
        ? undefined
        : claimMissing(input, 'VolumeRestrictions', name),
    ),
  )

/**
 * VolumeBinding: refuses a pod with a missing, lost, deleted or foreign claim, or an unbound
 * immediate one.
 */
export const bindingRefusal: FiltersOf = (input) => {
  const { pod, around } = input
  const wrong = firstOf(claimsOf(pod, around.storage), (one) => wrongWith(input, one))
  if (wrong !== undefined) return refuseAllNodes(wrong)
  const isLate = sortedClaims(pod, around.storage).immediate.length > 0
  return refuseAllNodes(
    isLate ? fixedReason('pod has unbound immediate PersistentVolumeClaims') : undefined,
  )
}

const wrongWith = (
  input: PluginInput,
  { name, isEphemeral, claim }: PodClaim,
): PluginReason | undefined => {
  const because = (text: string): PluginReason => namedReason(input.draft, 'VolumeBinding', text)
  if (claim === undefined && isEphemeral)
    return because(
      `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`,
    )
  if (claim === undefined) return claimMissing(input, 'VolumeBinding', name)
  if (claim.status?.phase === 'Lost')
    return because(
      `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${volumeNameOf(claim)}"`,
    )
  if (claim.metadata.deletionTimestamp !== undefined)
    return because(`persistentvolumeclaim "${name}" is being deleted`)
  const { namespace, named } = input.pod
  if (!isEphemeral || named === undefined || isMadeFor(named, claim)) return undefined
  return because(
    `PVC ${namespace}/${name} was not created for pod ${namespace}/${named.name} (pod is not owner)`,
  )
}

/**
 * Whether the ephemeral claim belongs to the pod: by the owner's uid, or by name when neither has a
 * uid, as in files written by hand.
 */
const isMadeFor = (
  named: NonNullable<PodLike['named']>,
  { metadata }: PersistentVolumeClaim,
): boolean => {
  const owner = controllerRefOf(metadata)
  if (owner?.uid === undefined && named.uid === undefined) return owner?.name === named.name
  return owner?.uid === named.uid
}

/**
 * VolumeZone: refuses a pod when a claim is missing, its volume is missing, or it is unbound and
 * its class is missing or binds immediately. Ephemeral claims are skipped.
 */
export const zoneRefusal: FiltersOf = (input) =>
  refuseAllNodes(
    firstOf(claimsOf(input.pod, input.around.storage), ({ isEphemeral, claim, name }) => {
      if (isEphemeral) return undefined
      return claim === undefined ? claimMissing(input, 'VolumeZone', name) : zoneless(input, claim)
    }),
  )

const zoneless = (
  { draft, around: { storage } }: PluginInput,
  claim: PersistentVolumeClaim,
): PluginReason | undefined => {
  const notFound = (what: string, name: string): PluginReason =>
    namedReason(draft, 'VolumeZone', `${what} "${name}" not found`)
  const volume = volumeNameOf(claim)
  if (volume !== '')
    return storage.volumes.has(volume) ? undefined : notFound('persistentvolume', volume)
  const className = classNameOf(claim)
  if (className === '')
    return fixedReason('PersistentVolumeClaim had no pv name and storageClass name')
  const known = storage.classes.get(className)
  if (known === undefined) return notFound('storageclass.storage.k8s.io', className)
  return waitsForConsumer(known) ? undefined : fixedReason('PersistentVolume had no name')
}

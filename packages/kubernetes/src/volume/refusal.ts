/**
 * What is wrong with a pod's claims before any node is looked at: then the pod is refused as a
 * whole, whatever the nodes are.
 *
 * Source: Kubernetes documentation, "Persistent Volumes", "Ephemeral Volumes" (the claim must be
 * owned by the pod), "Storage Classes" (volume binding mode).
 */
import type { Filter } from '@stowage/kernel'
import type { PluginInput, FiltersOf } from '../plugin/input.js'
import { said, told, type PluginName, type Said } from '../plugin/reason.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import { claimsOf, sortedClaims, type AskedClaim } from '../surroundings/claim.js'
import { classNameOf, volumeNameOf, waitsForConsumer } from '../surroundings/storage.js'

/** No node will do. */
const refusing = (why: Said | undefined): readonly Filter[] =>
  why === undefined ? [] : [{ _tag: 'Only', ...why, removable: false, nodes: [] }]

/** The first that some claim gives, in their order. */
const firstOf = (
  claims: readonly AskedClaim[],
  of: (asked: AskedClaim) => Said | undefined,
): Said | undefined => {
  for (const asked of claims) {
    const why = of(asked)
    if (why !== undefined) return why
  }
  return undefined
}

const missing = ({ draft }: PluginInput, plugin: PluginName, name: string): Said =>
  told(draft, plugin, `persistentvolumeclaim "${name}" not found`)

export const restrictionsRefusal: FiltersOf = (asked) =>
  refusing(
    firstOf(claimsOf(asked.pod, asked.around.storage), ({ isEphemeral, claim, name }) =>
      isEphemeral || claim !== undefined ? undefined : missing(asked, 'VolumeRestrictions', name),
    ),
  )

export const bindingRefusal: FiltersOf = (asked) => {
  const { pod, around } = asked
  const wrong = firstOf(claimsOf(pod, around.storage), (one) => wrongWith(asked, one))
  if (wrong !== undefined) return refusing(wrong)
  const isLate = sortedClaims(pod, around.storage).immediate.length > 0
  return refusing(isLate ? said('pod has unbound immediate PersistentVolumeClaims') : undefined)
}

const wrongWith = (
  asked: PluginInput,
  { name, isEphemeral, claim }: AskedClaim,
): Said | undefined => {
  const because = (text: string): Said => told(asked.draft, 'VolumeBinding', text)
  if (claim === undefined && isEphemeral)
    return because(
      `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`,
    )
  if (claim === undefined) return missing(asked, 'VolumeBinding', name)
  if (claim.status?.phase === 'Lost')
    return because(
      `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${volumeNameOf(claim)}"`,
    )
  if (claim.metadata.deletionTimestamp !== undefined)
    return because(`persistentvolumeclaim "${name}" is being deleted`)
  const { namespace, named } = asked.pod
  if (!isEphemeral || named === undefined || isMadeFor(named, claim)) return undefined
  return because(
    `PVC ${namespace}/${name} was not created for pod ${namespace}/${named.name} (pod is not owner)`,
  )
}

/** By the owner's uid; where neither has one, as in files written by hand, by its name. */
const isMadeFor = (
  named: NonNullable<PodLike['named']>,
  { metadata }: PersistentVolumeClaim,
): boolean => {
  const owner = metadata.ownerReferences.find(({ controller }) => controller === true)
  if (owner?.uid === undefined && named.uid === undefined) return owner?.name === named.name
  return owner?.uid === named.uid
}

/**
 * Looked for are classes of what is not bound yet, and volumes of what is; not those of ephemeral
 * claims.
 */
export const zoneRefusal: FiltersOf = (asked) =>
  refusing(
    firstOf(claimsOf(asked.pod, asked.around.storage), ({ isEphemeral, claim, name }) => {
      if (isEphemeral) return undefined
      return claim === undefined ? missing(asked, 'VolumeZone', name) : zoneless(asked, claim)
    }),
  )

const zoneless = (
  { draft, around: { storage } }: PluginInput,
  claim: PersistentVolumeClaim,
): Said | undefined => {
  const notFound = (what: string, name: string): Said =>
    told(draft, 'VolumeZone', `${what} "${name}" not found`)
  const volume = volumeNameOf(claim)
  if (volume !== '')
    return storage.volumes.has(volume) ? undefined : notFound('persistentvolume', volume)
  const className = classNameOf(claim)
  if (className === '') return said('PersistentVolumeClaim had no pv name and storageClass name')
  const known = storage.classes.get(className)
  if (known === undefined) return notFound('storageclass.storage.k8s.io', className)
  return waitsForConsumer(known) ? undefined : said('PersistentVolume had no name')
}

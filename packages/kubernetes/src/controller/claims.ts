/**
 * Creates and deletes the PersistentVolumeClaims of StatefulSets, and sets their owners:
 * 1. The claims of a pod are created before the pod, from the `volumeClaimTemplates` of the
 *    StatefulSet. While one of these claims is being deleted, the pod is not created.
 * 2. Each sync sets the owner of each claim by the retention policy: the StatefulSet
 *    (`whenDeleted`), or the pod, if scaling down removes it (`whenScaled`), or none.
 * 3. A claim that was deleted, or whose owner is gone, disappears once no pod on a node uses it.
 *
 * Source: Kubernetes documentation, "StatefulSets" (PersistentVolumeClaim retention), and "Storage
 * Object in Use Protection".
 */
import type { ReplicaId } from '@stowage/kernel'
import { claimNameAt } from '../surroundings/claim.js'
import { claimIn, podIn, podNamed, putClaim, slottedIn, type MemoryEdit } from '../memory/edit.js'
import type { ClaimOwner, ClaimRecord, PodRecord, SlottedRecord } from '../memory/memory.js'
import { hasEndedPhase } from '../memory/pod-life.js'
import { allowClaim } from '../memory/quota-use.js'

/** The pod of an ordinal: its `namespace/name`. */
const ordinalName = ({ name }: SlottedRecord, ordinal: number): string => `${name}-${ordinal}`

/** The claims of the pod of an ordinal: their `namespace/name`s. */
const claimNames = (record: SlottedRecord, ordinal: number): readonly string[] => {
  const { namespace, claims } = record
  const pod = ordinalName(record, ordinal).slice(namespace.length + 1)
  return (claims?.templates ?? []).map((template) => `${namespace}/${claimNameAt(template, pod)}`)
}

/**
 * Makes the claims that a pod lacks; returns why the pod cannot have its claims. Those that were
 * made before one that a quota forbids stay.
 */
export const makeClaims = (
  edit: MemoryEdit,
  record: SlottedRecord,
  ordinal: number,
): string | undefined => {
  const names = claimNames(record, ordinal)
  const pod = ordinalName(record, ordinal)
  for (const [i, name] of names.entries()) {
    const known = claimIn(edit, name)
    const refusal =
      known === undefined ? makeClaim(edit, record, name, { pod, template: i }) : undefined
    if (refusal !== undefined) return refusal
    if (known !== undefined && known.pod !== pod) putClaim(edit, name, { ...known, pod })
  }
  const leaving = names.find((name) => claimIn(edit, name)!.isLeaving)
  return leaving === undefined
    ? undefined
    : `pvc ${leaving.slice(record.namespace.length + 1)} is being deleted`
}

/** Makes a claim of a template; returns why a quota forbids it. */
const makeClaim = (
  edit: MemoryEdit,
  { namespace, claims }: SlottedRecord,
  name: string,
  { pod, template }: { readonly pod: string; readonly template: number },
): string | undefined => {
  const found = claims?.stored?.[template]
  const bareName = name.slice(namespace.length + 1)
  const stored = found && { ...found, metadata: { ...found.metadata, name: bareName } }
  const refusal = stored && allowClaim(edit, stored)
  if (refusal !== undefined) return `failed to create PVC ${bareName}: ${refusal}`
  putClaim(edit, name, {
    ...{ name, namespace, pod, owner: undefined, isLeaving: false },
    ...(stored === undefined ? {} : { stored }),
  })
  return undefined
}

/** Gives the claims of a StatefulSet's pods the owners that its policy wants. */
export const alignClaims = (
  edit: MemoryEdit,
  record: SlottedRecord,
  pods: readonly (readonly [ReplicaId, PodRecord])[],
): void => {
  if (record.claims === undefined) return
  const align = (ordinal: number, replica: ReplicaId | undefined): void => {
    for (const name of claimNames(record, ordinal)) {
      const known = claimIn(edit, name)
      const owner = ownerOf(record, ordinal, replica)
      if (known !== undefined && !isSameOwner(known.owner, owner))
        putClaim(edit, name, { ...known, owner })
    }
  }
  for (const [replica, { slot }] of pods) align(slot!.key, replica)
  for (const ordinal of record.waiting.keys()) align(ordinal, undefined)
}

const isSameOwner = (one: ClaimOwner | undefined, other: ClaimOwner | undefined): boolean =>
  one?.title === other?.title && one?.replica === other?.replica

/** The owner of the claims of an ordinal. */
const ownerOf = (
  record: SlottedRecord,
  ordinal: number,
  replica: ReplicaId | undefined,
): ClaimOwner | undefined => {
  const { whenDeleted, whenScaled } = record.claims!
  const { start, replicas } = record.ordinals!
  const isBeyond = ordinal < start || ordinal >= start + replicas
  if (whenScaled === 'Delete' && isBeyond) {
    const title = `Pod ${ordinalName(record, ordinal)}`
    return replica === undefined
      ? { title, slot: { workload: record.title, key: ordinal } }
      : { title, replica }
  }
  return whenDeleted === 'Delete' ? { title: record.title } : undefined
}

/** The claims of a StatefulSet that is gone: those that it owns go with it, or stay without it. */
export const releaseClaims = (edit: MemoryEdit, record: SlottedRecord): void => {
  for (const [name, claim] of edit.before.claims)
    if (claim.owner?.title === record.title) {
      const { isLeaving } = claimIn(edit, name) ?? claim
      const stays = record.isOrphaning === true
      putClaim(edit, name, {
        ...claim,
        ...(stays ? { owner: undefined, isLeaving } : { isLeaving: true }),
      })
    }
}

/** Lets claims go that have lost their owner, or that were deleted, and that no pod uses. */
export const collectClaims = (edit: MemoryEdit): void => {
  for (const name of edit.dirtyClaims) {
    const claim = claimIn(edit, name)
    if (claim === undefined) continue
    const isLeaving = claim.isLeaving || isOwnerless(edit, claim)
    if (isLeaving && !isUsed(edit, claim)) {
      putClaim(edit, name, undefined)
      edit.quotas.isFreed = true
    } else if (isLeaving !== claim.isLeaving) putClaim(edit, name, { ...claim, isLeaving })
  }
}

const isOwnerless = (edit: MemoryEdit, { owner }: ClaimRecord): boolean =>
  owner !== undefined &&
  (owner.replica !== undefined
    ? podIn(edit, owner.replica) === undefined
    : owner.slot === undefined
      ? slottedIn(edit, owner.title) === undefined
      : slottedIn(edit, owner.slot.workload)?.waiting.has(owner.slot.key) !== true)

const isUsed = (edit: MemoryEdit, { pod }: ClaimRecord): boolean => {
  const user = pod === undefined ? undefined : podNamed(edit, pod)
  return user !== undefined && !hasEndedPhase(user.phase)
}

/** The claims of a pod that is gone are looked at. */
export const lookAtClaims = (edit: MemoryEdit, { slot, set, name }: PodRecord): void => {
  const record = slot === undefined ? undefined : slottedIn(edit, slot.workload)
  if (record?.claims !== undefined)
    for (const claim of claimNames(record, slot!.key)) edit.dirtyClaims.add(claim)
  else if (set === undefined)
    for (const [claim, { pod }] of edit.before.claims) if (pod === name) edit.dirtyClaims.add(claim)
}

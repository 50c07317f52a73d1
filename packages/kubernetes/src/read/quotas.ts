/**
 * Counts pods and their claims against the ResourceQuotas of the input. A pod that exceeds a quota,
 * or whose claim does, is marked with the reason and is not placed. The order of counting is:
 *
 * 1. existing pods and claims;
 * 2. new pods by name, each with its claims. As when they are created, the claims of a
 *    StatefulSet's pod come before the pod, and all other claims after their pod.
 * 3. pods of DaemonSets, once the nodes on which they run are known.
 */
import { refusalBeside } from '../admission/beside.js'
import { hasBounds, type AdmissionCluster } from '../admission/cluster.js'
import {
  setsWithinQuotas,
  withUnseenUsage,
  withUsage,
  type QuotaRoom,
  type QuotaUsage,
} from '../admission/quota.js'
import { forbiddenObject, refusalText } from '../admission/refusal.js'
import { withStorageClass } from '../admission/storage-class.js'
import { claimNameAt } from '../surroundings/claim.js'
import type { ResourceClaimTemplate } from '../words/resource-claim.js'
import type { WireClaimSpec, WireObject, WirePod } from '../wire/objects.js'
import type { PendingWorkload, Shares } from '../workload/share.js'
import { isStored } from '../workload/stored.js'
import { nameAt } from '../workload/written-labels.js'

/** The quotas of an input, and what is used of them. */
export interface QuotaAccount {
  readonly cluster: AdmissionCluster
  readonly used: QuotaUsage
  /** The `namespace/name` of the claims that exist. */
  readonly claims: ReadonlySet<string>
  /** The templates of claims on devices, by `namespace/name`. */
  readonly deviceTemplates: ReadonlyMap<string, ResourceClaimTemplate>
}

/** Pods after quotas have divided them, and the quotas after them. */
export interface CountedShares {
  readonly shares: Shares
  readonly account: QuotaAccount
}

/**
 * The shares, each pending workload divided into what the quotas let and what they refuse. A claim
 * that a controller makes is refused like one that a user sends, also without quotas. Claims of
 * ephemeral volumes, and claims on devices by templates, are made after their pod.
 */
export const withinQuota = (shares: Shares, before: QuotaAccount): CountedShares => {
  const { cluster } = before
  if (!refusesAny(before)) return { shares, account: before }
  let used = before.used
  for (const { stored } of [
    ...shares.running.filter(({ isNew }) => !isNew),
    ...shares.repeated,
    ...shares.pending.filter(isStoredPod),
  ])
    if (stored !== undefined) used = withUsage(stored, cluster, used)
  const divide = (workload: PendingWorkload): readonly PendingWorkload[] => {
    if (workload.stored === undefined || workload.refusal !== undefined) return [workload]
    if (workload.count === 'one per node') return [workload]
    const divided = divideByQuota(workload, workload.stored, { ...before, used })
    used = divided.used
    return divided.workloads
  }
  const running = shares.running.map((pod) => {
    const refusal = pod.isNew ? divide(pod)[0]?.refusal : undefined
    return refusal === undefined ? pod : { ...pod, refusal }
  })
  const pending = shares.pending.flatMap(divide)
  return { shares: { ...shares, running, pending }, account: { ...before, used } }
}

/** Pods of a workload that the quotas let, and why no more; the quotas after them. */
export interface CountedPods {
  readonly count: number
  readonly refusal?: string
  readonly account: QuotaAccount
}

/** Counts up to `countMax` pods of a DaemonSet, on as many nodes. */
export const daemonsWithinQuota = (
  workload: PendingWorkload,
  account: QuotaAccount,
  countMax: number,
): CountedPods => {
  const { stored } = workload
  if (workload.refusal !== undefined) return { count: 0, refusal: workload.refusal, account }
  if (stored === undefined || !refusesAny(account)) return { count: countMax, account }
  const divided = divideByQuota({ ...workload, count: countMax }, stored, account)
  const counts = divided.workloads.map(({ count, refusal }) => ({ count: Number(count), refusal }))
  const refusal = counts.find((part) => part.refusal !== undefined)?.refusal
  const count = counts
    .filter((part) => part.refusal === undefined)
    .reduce((sum, part) => sum + part.count, 0)
  return {
    count,
    ...(refusal === undefined ? {} : { refusal }),
    account: { ...account, used: divided.used },
  }
}

/**
 * Counts up to `countMax` pods that replace others in a rollout. Their claims are not counted:
 * those of a StatefulSet's pods exist.
 */
export const podsWithinQuota = (
  workload: PendingWorkload,
  account: QuotaAccount,
  countMax: number,
): CountedPods => {
  const { stored: pod, refusal } = workload
  if (pod === undefined || refusal !== undefined || countMax === 0)
    return { count: countMax, account }
  const { count, used, forbidden } = setsWithinQuotas(
    [pod],
    account.cluster,
    account.used,
    countMax,
  )
  const after = { ...account, used }
  if (forbidden === undefined) return { count, account: after }
  const text = refusalText(forbiddenObject(pod, forbidden.why))
  return { count, refusal: `FailedCreate: ${text}`, account: after }
}

/** The quotas after a pod that exists is gone. */
export const accountWithout = ({ stored }: PendingWorkload, account: QuotaAccount): QuotaAccount =>
  stored === undefined
    ? account
    : { ...account, used: withUsage(stored, account.cluster, account.used, -1) }

/**
 * The usage with the pods that quotas have counted by their status and that are not in the input.
 * `pods` are all that are, also those whose node is taken away.
 */
export const withUnseenPods = (
  used: QuotaUsage,
  pods: readonly PendingWorkload[],
  cluster: AdmissionCluster,
): QuotaUsage => {
  if (cluster.quotas.length === 0) return used
  let seen: QuotaUsage = new Map()
  for (const { kind, stored, template } of pods)
    if (kind === 'Pod' && stored !== undefined && isStored(template))
      seen = withUsage(stored, cluster, seen)
  return withUnseenUsage(used, seen, cluster, 'pods')
}

/** Whether anything of the input may refuse a pod, or a claim that is made for one. */
const refusesAny = ({ cluster, deviceTemplates }: QuotaAccount): boolean =>
  hasBounds(cluster) || deviceTemplates.size > 0

const isStoredPod = ({ named, template }: PendingWorkload): boolean =>
  named !== undefined && isStored(template)

interface DividedWorkload {
  readonly workloads: readonly PendingWorkload[]
  readonly used: QuotaUsage
}

const divideByQuota = (
  workload: PendingWorkload,
  pod: WirePod,
  account: QuotaAccount,
): DividedWorkload => {
  const made = isStoredPod(workload)
    ? { workloads: [workload], used: account.used }
    : divideRuns(workload, account, runsOf(workload, pod, account), (forbidden, index) =>
        controllerRefusal(workload, pod, forbidden, index),
      )
  let { used } = made
  const workloads = made.workloads.flatMap((part) => {
    if (part.refusal !== undefined) return [part]
    const divided = divideRuns(
      part,
      { ...account, used },
      ephemeralRuns(part, pod, account),
      (forbidden) => ephemeralRefusal(part, forbidden),
    )
    used = divided.used
    return divided.workloads.flatMap((one) => {
      if (one.refusal !== undefined) return [one]
      const withDevices = divideRuns(
        one,
        { ...account, used },
        deviceRuns(one, account),
        (forbidden) => deviceRefusal(one, forbidden),
      )
      used = withDevices.used
      return withDevices.workloads
    })
  })
  return { workloads, used }
}

/** An object that is refused, and the message for it when it has its name. */
interface ObjectRefusal {
  readonly object: WireObject
  readonly textFor: (named: WireObject) => string
}

/** Pods one after the other that need the same objects. */
interface PodRun {
  readonly count: number
  readonly set: readonly WireObject[]
}

/** Divides a workload at the first pod that is refused. */
const divideRuns = (
  workload: PendingWorkload,
  { cluster, used: before }: QuotaAccount,
  runs: readonly PodRun[],
  wordRefusal: (forbidden: ObjectRefusal, index: number | undefined) => string,
): DividedWorkload => {
  let used = before
  let made = 0
  for (const { count, set } of runs) {
    const room = roomFor(set, cluster, used, count)
    used = room.used
    made += room.count
    if (room.forbidden === undefined) continue
    const refusal = wordRefusal(room.forbidden, workload.indices?.[made])
    return { used, workloads: splitAt(workload, made, refusal) }
  }
  return { used, workloads: [workload] }
}

interface Room extends Pick<QuotaRoom, 'count' | 'used'> {
  readonly forbidden?: ObjectRefusal
}

/** What is beside a claim forbids it before quotas count it. */
const roomFor = (
  set: readonly WireObject[],
  cluster: AdmissionCluster,
  used: QuotaUsage,
  countMax: number,
): Room => {
  const object = set.find((one) => refusalBeside(one, cluster) !== undefined)
  if (object !== undefined) {
    const textFor = (named: WireObject): string => refusalText(refusalBeside(named, cluster)!)
    return { count: 0, used, forbidden: { object, textFor } }
  }
  const { forbidden, ...room } = setsWithinQuotas(set, cluster, used, countMax)
  if (forbidden === undefined) return room
  const textFor = (named: WireObject): string => refusalText(forbiddenObject(named, forbidden.why))
  return { ...room, forbidden: { object: forbidden.object, textFor } }
}

const isClaim = ({ kind }: WireObject): boolean => kind === 'PersistentVolumeClaim'

/** A pod, and before it those of its claims that do not exist. */
const runsOf = (
  workload: PendingWorkload,
  pod: WirePod,
  { claims }: QuotaAccount,
): readonly PodRun[] => {
  const { namespace, kind, metadata, count, indices, storedClaims = [] } = workload
  if (count === 'one per node') return []
  if (indices === undefined || storedClaims.length === 0) return [{ count, set: [pod] }]
  const runs: { count: number; readonly key: string; readonly set: readonly WireObject[] }[] = []
  for (const index of indices) {
    const name = nameAt(kind, metadata.name, index) ?? ''
    const missing = storedClaims.filter(
      (claim) => !claims.has(`${namespace}/${claimNameAt(claim.metadata?.name ?? '', name)}`),
    )
    const key = missing.map((claim) => claim.metadata?.name).join(' ')
    const last = runs.at(-1)
    if (last?.key === key) last.count++
    else runs.push({ count: 1, key, set: [...missing, pod] })
  }
  return runs
}

const controllerRefusal = (
  { kind, metadata }: PendingWorkload,
  pod: WirePod,
  { object, textFor }: ObjectRefusal,
  index = 0,
): string => {
  if (!isClaim(object)) {
    const text = textFor(pod)
    return kind === 'Pod' ? text : `FailedCreate: ${text}`
  }
  const podName = nameAt(kind, metadata.name, index) ?? ''
  const name = claimNameAt(object.metadata?.name ?? '', podName)
  const text = textFor({ ...object, metadata: { ...object.metadata, name } })
  return `FailedCreate: create Claim ${name} for Pod ${podName} in StatefulSet ${metadata.name} failed error: ${text}`
}

interface EphemeralVolume {
  readonly name?: string
  readonly ephemeral?: { readonly volumeClaimTemplate?: { readonly spec?: WireClaimSpec } }
}

/** The claims of ephemeral volumes that do not exist yet, each by the name of its volume. */
const ephemeralRuns = (
  { named, namespace, count }: PendingWorkload,
  pod: WirePod,
  { cluster, claims }: QuotaAccount,
): readonly PodRun[] => {
  if (count === 'one per node') return []
  const volumes = (pod.spec?.volumes ?? []) as readonly EphemeralVolume[]
  const set = volumes.flatMap(({ name = '', ephemeral }) => {
    const template = ephemeral?.volumeClaimTemplate
    const isThere = named !== undefined && claims.has(`${namespace}/${named.name}-${name}`)
    if (template === undefined || isThere) return []
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...template,
      metadata: { name, namespace },
    }
    return [withStorageClass(claim, cluster)]
  })
  return set.length === 0 ? [] : [{ count, set }]
}

const ephemeralRefusal = (
  { named, metadata }: PendingWorkload,
  { object, textFor }: ObjectRefusal,
): string => {
  const volume = object.metadata?.name ?? ''
  const name = `${named?.name ?? `${metadata.name}-`}-${volume}`
  const text = textFor({ ...object, metadata: { ...object.metadata, name } })
  return `FailedBinding: ephemeral volume ${volume}: create PVC ${name}: ${text}`
}

/** The claims on devices that are made of templates for a pod. */
const deviceRuns = (
  { namespace, count, spec, resourceClaimStatuses = [] }: PendingWorkload,
  { deviceTemplates }: QuotaAccount,
): readonly PodRun[] => {
  if (count === 'one per node') return []
  const set = spec.resourceClaims.flatMap(({ name, resourceClaimTemplateName: template }) => {
    const isMade = resourceClaimStatuses.some((one) => one.name === name)
    const known = deviceTemplates.get(`${namespace}/${template ?? ''}`)
    if (isMade || known === undefined) return []
    return [
      {
        ...{ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim' },
        ...{ metadata: { name, namespace }, spec: known.spec.spec },
      },
    ]
  })
  return set.length === 0 ? [] : [{ count, set }]
}

const deviceRefusal = (
  { named, metadata }: PendingWorkload,
  { object, textFor }: ObjectRefusal,
): string => {
  const claim = object.metadata?.name ?? ''
  const name = `${named?.name ?? `${metadata.name}-`}-${claim}-`
  const text = textFor({ ...object, metadata: { ...object.metadata, name } })
  return `FailedResourceClaimCreation: PodResourceClaim ${claim}: create ResourceClaim ${name}: ${text}`
}

const splitAt = (
  workload: PendingWorkload,
  made: number,
  refusal: string,
): readonly PendingWorkload[] => {
  const count = workload.count === 'one per node' ? 0 : workload.count
  const part = (first: number, last: number): PendingWorkload => ({
    ...workload,
    count: last - first,
    ...(workload.indices === undefined ? {} : { indices: workload.indices.slice(first, last) }),
  })
  const refused = { ...part(made, count), refusal }
  return made === 0 ? [refused] : [part(0, made), refused]
}

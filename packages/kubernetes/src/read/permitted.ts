/**
 * Removes objects that an API server would forbid because of other objects of the input, such as a
 * Service that exceeds a ResourceQuota. A forbidden workload is not removed, but marked with the
 * reason why it gets no pods. Pods are handled in `quotas.ts`.
 *
 * Source: Kubernetes documentation, "Resource Quotas" (object count quota).
 */
import { valueAt } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { refusalBeside } from '../admission/beside.js'
import { admissionCluster, type AdmissionCluster } from '../admission/cluster.js'
import { withinQuotas, withUnseenUsage, withUsage, type QuotaUsage } from '../admission/quota.js'
import { forbiddenObject, refusalText } from '../admission/refusal.js'
import { withStorageClass } from '../admission/storage-class.js'
import type { WireObject } from '../wire/objects.js'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { waitingCronJobs } from '../workload/cron-jobs.js'
import { isWorkload } from '../workload/kind.js'
import { podCountOf } from '../workload/pod-count.js'
import { fullName, titleOf } from '../workload/workload.js'
import { wireOf } from './admitted.js'
import { isGlobal, objectTitle } from './repeated.js'

/** The objects that remain, and what is said of the others. */
export interface PermittedObjects {
  readonly objects: readonly KubernetesObject[]
  /** Why a workload does not come into being, by its title. */
  readonly refusals: ReadonlyMap<string, string>
  readonly warnings: readonly KubernetesWarning[]
  /** What all objects but pods use of quotas. */
  readonly used: QuotaUsage
}

/**
 * Asks the quotas and limits among the objects about all of them but pods.
 *
 * A ResourceQuota counts objects of every kind, a LimitRange bounds claims, and admin access to
 * devices needs a label. Existing objects are counted first, then those that would be made, in the
 * order of their names.
 */
export const permittedObjects = (objects: readonly KubernetesObject[]): PermittedObjects => {
  const texts = new Map(secondDefaults(objects))
  if (texts.size === 0 && !objects.some(({ kind }) => boundingKinds.includes(kind)))
    return { objects, refusals: new Map(), warnings: [], used: new Map() }
  const cluster = admissionCluster(
    objects.filter(isRule).flatMap((found) => wireOf(found).object ?? []),
  )
  const counted = objects.filter(countsAsObject)
  let used: QuotaUsage = new Map()
  for (const found of counted.filter(isExisting))
    used = withUsage(claimOrObject(found, cluster), cluster, used)
  used = withUnseenUsage(used, used, cluster, 'others')
  const waiting = waitingCronJobs(objects)
  for (const found of [...counted].sort(byTitle)) {
    const answer = submission(found, cluster, used, waiting.has(fullName(found.object.metadata)))
    used = answer.used
    if (answer.refusal !== undefined) texts.set(found, answer.refusal)
  }
  const remains = (found: KubernetesObject): boolean => !texts.has(found) || isWorkload(found)
  return {
    objects: objects.filter(remains),
    refusals: new Map(
      [...texts].map(([{ kind, object }, text]) => [
        titleOf({ kind, name: fullName(object.metadata) }),
        text,
      ]),
    ),
    warnings: [...texts].flatMap(([found, text]) =>
      wantsPods(found) ? [] : [forbiddenWarning(found, text)],
    ),
    used,
  }
}

/** The PriorityClasses that would be a second default; of new ones the first by name is stored. */
const secondDefaults = (
  objects: readonly KubernetesObject[],
): readonly (readonly [KubernetesObject, string])[] => {
  const classes = objects.filter(({ kind }) => kind === 'PriorityClass')
  const stored = classes.filter(isExisting).flatMap((found) => wireOf(found).object ?? [])
  return classes
    .filter((found) => !isExisting(found))
    .sort(byTitle)
    .flatMap((found) => {
      const { object } = wireOf(found)
      if (object === undefined) return []
      const refusal = refusalBeside(object, admissionCluster(stored))
      if (refusal === undefined) stored.push(object)
      return refusal === undefined ? [] : [[found, refusalText(refusal)] as const]
    })
}

/** Kinds without which no other object is refused. */
const boundingKinds: readonly string[] = [
  'LimitRange',
  'ResourceClaim',
  'ResourceClaimTemplate',
  'ResourceQuota',
]

/** Whether an object decides about others. */
const isRule = ({ kind }: KubernetesObject): boolean =>
  ['LimitRange', 'Namespace', 'ResourceQuota', 'StorageClass'].includes(kind)

const byTitle = (one: KubernetesObject, other: KubernetesObject): number =>
  byCodeUnit(objectTitle(one), objectTitle(other))

/** Of pods only those are counted here that have ended: no workload counts them. */
const countsAsObject = (found: KubernetesObject): boolean =>
  found.kind === 'Pod'
    ? ['Succeeded', 'Failed'].includes(found.object.status?.phase ?? '')
    : !isGlobal(found.kind)

/** An API server has stored it; what limits others is taken to be there before them. */
const isExisting = ({ kind, raw, object: { metadata } }: KubernetesObject): boolean =>
  metadata.uid !== undefined ||
  typeof valueAt(raw, ['metadata', 'creationTimestamp']) === 'string' ||
  ['LimitRange', 'Pod', 'ResourceQuota'].includes(kind)

/** The object as quotas count it: a claim has its default class. */
const claimOrObject = (found: KubernetesObject, cluster: AdmissionCluster): WireObject => {
  const { kind, object } = found
  if (kind === 'PersistentVolumeClaim')
    return withStorageClass(wireOf(found).object ?? bare(found), cluster)
  if (found.kind === 'Pod') return { ...bare(found), status: { phase: found.object.status?.phase } }
  return wholeKinds.includes(kind) ? (wireOf(found).object ?? bare(found)) : bare({ kind, object })
}

/** Kinds of which more is asked than their names. */
const wholeKinds: readonly string[] = ['ResourceClaim', 'ResourceClaimTemplate', 'Service']

const bare = ({ kind, object: { metadata } }: Pick<KubernetesObject, 'kind' | 'object'>) => ({
  apiVersion: '',
  kind,
  metadata: {
    name: metadata.name,
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  },
})

interface QuotaAnswer {
  readonly used: QuotaUsage
  readonly refusal?: string
}

/** The object itself where it is new, then what its controller makes of it at once. */
const submission = (
  found: KubernetesObject,
  cluster: AdmissionCluster,
  before: QuotaUsage,
  waits: boolean,
): QuotaAnswer => {
  const object = claimOrObject(found, cluster)
  const own = isExisting(found) ? { used: before } : chargeQuotas(object, cluster, before)
  if (own.refusal !== undefined) return own
  const made = madeObject(found, waits)
  if (made === undefined) return own
  const { used, refusal } = chargeQuotas(madeOf(object, made.kind), cluster, own.used)
  return refusal === undefined ? { used } : { used: own.used, refusal: made.event + refusal }
}

const chargeQuotas = (
  object: WireObject,
  cluster: AdmissionCluster,
  used: QuotaUsage,
): QuotaAnswer => {
  const refusal = refusalBeside(object, cluster)
  if (refusal !== undefined) return { used, refusal: refusalText(refusal) }
  const answer = withinQuotas(object, cluster, used)
  return E.isLeft(answer)
    ? { used, refusal: refusalText(forbiddenObject(object, answer.left)) }
    : { used: answer.right }
}

interface MadeObject {
  readonly kind: string
  /** What the event of the controller says before the refusal. */
  readonly event: string
}

/** What a controller makes before any pod: of a CronJob its next Job, of others once. */
const madeObject = (found: KubernetesObject, waits: boolean): MadeObject | undefined => {
  if (found.kind === 'CronJob')
    return waits || podCountOf(found).count === 0
      ? undefined
      : { kind: 'Job', event: 'FailedCreate: Error creating job: ' }
  if (isExisting(found)) return undefined
  switch (found.kind) {
    case 'Deployment': {
      const event = `ReplicaSetCreateError: Failed to create new replica set "${found.object.metadata.name}-": `
      return { kind: 'ReplicaSet', event }
    }
    case 'StatefulSet':
    case 'DaemonSet':
      return { kind: 'ControllerRevision', event: 'FailedCreate: ' }
    default:
      return undefined
  }
}

/** The part of its name that the controller adds is not known. */
const madeOf = ({ metadata }: WireObject, kind: string): WireObject => ({
  apiVersion: '',
  kind,
  metadata: { ...metadata, name: `${metadata?.name ?? ''}-` },
})

/** Whether pods are left without a place, and say why. */
const wantsPods = (found: KubernetesObject): boolean =>
  isWorkload(found) && podCountOf(found).count !== 0

const forbiddenWarning = (found: KubernetesObject, text: string): KubernetesWarning => ({
  code: 'ObjectForbidden',
  from: found.from,
  subject: objectTitle(found),
  text: 'the API server refuses it, so it is left out',
  detail: text,
})

/**
 * Counts pods against the ResourceQuotas of the input: those that exist are counted first, then
 * those that would be made, in the order of names, DaemonSets last. Pods that a quota refuses keep
 * the reason and find no place.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { AdmissionCluster } from '../admission/cluster.js'
import { withinQuotas, withUsage, type QuotaUsage } from '../admission/quota.js'
import { forbiddenObject, refusalText } from '../admission/refusal.js'
import type { WirePod } from '../wire/objects.js'
import type { PendingWorkload, Shares } from '../workload/share.js'

/** The shares, each pending workload split into what the quotas let and what they refuse. */
export const withinQuota = (shares: Shares, cluster: AdmissionCluster, nodes: number): Shares => {
  if (cluster.quotas.length === 0) return shares
  let used: QuotaUsage = new Map()
  const exists = ({ named, stored }: PendingWorkload): boolean =>
    named !== undefined && stored?.metadata?.uid !== undefined
  for (const { stored } of [
    ...shares.running,
    ...shares.repeated,
    ...shares.pending.filter(exists),
  ])
    if (stored !== undefined) used = withUsage(stored, cluster, used)
  const split = new Map<PendingWorkload, readonly PendingWorkload[]>()
  const isDaemon = ({ count }: PendingWorkload): boolean => count === 'one per node'
  for (const workload of [...shares.pending].sort(
    (a, b) => Number(isDaemon(a)) - Number(isDaemon(b)),
  )) {
    if (workload.stored === undefined || workload.refusal !== undefined || exists(workload))
      continue
    const division = divideByQuota(workload, workload.stored, cluster, used, nodes)
    used = division.used
    split.set(workload, division.workloads)
  }
  return { ...shares, pending: shares.pending.flatMap((one) => split.get(one) ?? [one]) }
}

interface QuotaDivision {
  readonly workloads: readonly PendingWorkload[]
  readonly used: QuotaUsage
}

/** A DaemonSet may make as many pods as there are nodes. */
const divideByQuota = (
  workload: PendingWorkload,
  pod: WirePod,
  cluster: AdmissionCluster,
  before: QuotaUsage,
  nodes: number,
): QuotaDivision => {
  const total = workload.count === 'one per node' ? nodes : workload.count
  let used = before
  for (let made = 0; made < total; made++) {
    const counted = withinQuotas(pod, cluster, used)
    if (E.isLeft(counted)) {
      const why = refusalText(forbiddenObject(pod, counted.left))
      const refusal = workload.kind === 'Pod' ? why : `FailedCreate: ${why}`
      return { used, workloads: splitAt(workload, made, refusal) }
    }
    // Where no quota counts the pod, none counts the next one.
    if (made === 0 && isUnlimited(used, counted.right)) return { used, workloads: [workload] }
    used = counted.right
  }
  return { used, workloads: [workload] }
}

const isUnlimited = (before: QuotaUsage, after: QuotaUsage): boolean =>
  after.size === before.size && [...after].every(([name, amounts]) => before.get(name) === amounts)

const splitAt = (
  workload: PendingWorkload,
  made: number,
  refusal: string,
): readonly PendingWorkload[] => {
  const { count } = workload
  if (count === 'one per node') return [{ ...workload, allowed: { pods: made, refusal } }]
  const part = (first: number, last: number): PendingWorkload => ({
    ...workload,
    count: last - first,
    ...(workload.indices === undefined ? {} : { indices: workload.indices.slice(first, last) }),
  })
  const refused = { ...part(made, count), refusal }
  return made === 0 ? [refused] : [part(0, made), refused]
}

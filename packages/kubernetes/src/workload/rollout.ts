/**
 * Finds incomplete rollouts: running pods that were made from an older template than the current
 * one of their controller. The controller is going to replace these pods.
 *
 * Source: Kubernetes documentation, "Deployments", "StatefulSets" (update strategies) and "Perform
 * a Rolling Update on a DaemonSet".
 */
import { isObject, valueAt } from '@stowage/documents'
import { isMadeFrom } from '../template/made-from.js'
import type { KubernetesWarning } from '../words/warning.js'
import type { Revisions } from './revision.js'
import { indexOf, type PendingWorkload, type RunningPod, type Shares } from './share.js'
import { titleOf } from './workload.js'

/** A workload with running pods of an older template. */
export interface Rollout {
  readonly workload: PendingWorkload
  /** Sorted by name. Pods that leave already are not among them. */
  readonly outdated: readonly RunningPod[]
  /** Pods of the present template that run. */
  readonly updated: number
}

/** The rollouts of all workloads, in the order of their names. */
export const rolloutsIn = (
  { pending, running }: Shares,
  { isKnown }: Revisions,
): readonly Rollout[] => {
  const staying = groupByTitle(running.filter(({ leaving }) => !leaving))
  return pending.flatMap((workload) => {
    const { revision, update, kind } = workload
    if (workload.named !== undefined) return []
    if ((revision === undefined || update === undefined) && !leavesPods(kind)) return []
    const own = staying.get(titleOf(workload)) ?? []
    const outdated = own.filter(isOutdated(workload, isKnown))
    const updated = own.length - outdated.length
    return outdated.length === 0 ? [] : [{ workload, outdated, updated }]
  })
}

/** Whether a pod of the workload is of an older template. */
const isOutdated = (
  workload: PendingWorkload,
  isKnown: Revisions['isKnown'],
): ((pod: PendingWorkload) => boolean) => {
  const { revision } = workload
  const title = titleOf(workload)
  const template = withoutReplacedVolumes(workload)
  return (pod) => {
    if (revision === undefined) return !isMadeFrom(pod.template, template)
    const value = pod.labels.get(revision[0])
    if (value === revision[1]) return false
    const isOlder = value !== undefined && isKnown(title, [revision[0], value])
    return isOlder || !isMadeFrom(pod.template, template)
  }
}

/**
 * The shares without the pods of an older template that have no place yet: a Deployment that rolls
 * out removes these before the others, and wants as many more of its present template.
 */
export const withoutOutdatedPending = (shares: Shares, { isKnown }: Revisions): Shares => {
  const dropped = new Set<PendingWorkload>()
  const waiting = groupByTitle(shares.pending.filter(({ named }) => named !== undefined))
  const grown = shares.pending.map((workload): PendingWorkload => {
    const { kind, named, count, update } = workload
    const isRolling = kind === 'Deployment' && named === undefined && update?.paused !== true
    if (!isRolling || count === 'one per node') return workload
    const outdated = (waiting.get(titleOf(workload)) ?? []).filter(isOutdated(workload, isKnown))
    for (const pod of outdated) dropped.add(pod)
    return outdated.length === 0 ? workload : { ...workload, count: count + outdated.length }
  })
  return { ...shares, pending: grown.filter((one) => !dropped.has(one)) }
}

/** The template as it was read, without the volumes that the claims of each pod replace. */
const withoutReplacedVolumes = ({ template, claimTemplates }: PendingWorkload): unknown => {
  const spec = valueAt(template, ['spec'])
  const volumes = valueAt(spec, ['volumes'])
  if (claimTemplates.length === 0 || !isObject(spec) || !Array.isArray(volumes)) return template
  const names: readonly unknown[] = claimTemplates.map(({ metadata }) => metadata.name)
  const left = volumes.filter((volume) => !names.includes(valueAt(volume, ['name'])))
  return { ...(template as object), spec: { ...spec, volumes: left } }
}

const groupByTitle = <Of extends PendingWorkload>(
  pods: readonly Of[],
): ReadonlyMap<string, readonly Of[]> => {
  const groups = new Map<string, Of[]>()
  for (const pod of pods) {
    const title = titleOf(pod)
    const group = groups.get(title)
    if (group === undefined) groups.set(title, [pod])
    else group.push(pod)
  }
  return groups
}

/** Whether a controller never replaces pods of an older template. */
const leavesPods = (kind: string): boolean =>
  kind === 'ReplicaSet' || kind === 'ReplicationController'

/** Whether the controller replaces the pods by itself. */
export const isAutomatic = ({ workload: { kind, update } }: Rollout): boolean =>
  !leavesPods(kind) && update?.strategy?.type !== 'OnDelete' && update?.paused !== true

/** A warning for a rollout that is not planned. */
export const rolloutWarning = (rollout: Rollout): KubernetesWarning => {
  const { workload, outdated, updated } = rollout
  const { indexMin = 0 } = workload.update ?? {}
  const stays = (pod: RunningPod): boolean => indexMin > 0 && indexOf(pod) < indexMin
  const below = isAutomatic(rollout) ? outdated.filter(stays).length : 0
  const replaced = outdated.length - below
  const what = isAutomatic(rollout)
    ? replaced === 0
      ? `they stay, as their ordinals are below the partition of its update strategy`
      : 'a rollout will replace them, and needs room meanwhile'
    : leavesPods(workload.kind)
      ? `they stay until they are deleted, as a ${workload.kind} replaces none`
      : workload.update?.paused === true
        ? 'they stay until it is no longer paused, and its ReplicaSets make what it lacks meanwhile'
        : 'they stay until they are deleted'
  return {
    code: 'RolloutPending',
    from: workload.from,
    subject: titleOf(workload),
    text: `runs pods of an older template: ${what}`,
    detail:
      below === 0 || replaced === 0
        ? `${outdated.length} of ${outdated.length + updated} pods`
        : `${replaced} of ${outdated.length + updated} pods; ${below} below the partition of its update strategy ${below === 1 ? 'stays' : 'stay'}`,
  }
}

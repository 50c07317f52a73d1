/**
 * Finds the rollouts that wait: running pods whose template is no longer that of their controller,
 * which the controller is going to replace.
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
    const title = titleOf(workload)
    const own = staying.get(title) ?? []
    const template = withoutReplacedVolumes(workload)
    const outdated = own.filter((pod) => {
      if (revision === undefined) return !isMadeFrom(pod.template, template)
      const value = pod.labels.get(revision[0])
      if (value === revision[1]) return false
      const isOlder = value !== undefined && isKnown(title, [revision[0], value])
      return isOlder || !isMadeFrom(pod.template, template)
    })
    const updated = own.length - outdated.length
    return outdated.length === 0 ? [] : [{ workload, outdated, updated }]
  })
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

const groupByTitle = (pods: readonly RunningPod[]): ReadonlyMap<string, readonly RunningPod[]> => {
  const groups = new Map<string, RunningPod[]>()
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
  const what = isAutomatic(rollout)
    ? indexMin > 0 && outdated.every((pod) => indexOf(pod) < indexMin)
      ? `they stay, as their ordinals are below the partition of its update strategy`
      : 'a rollout will replace them, and needs room meanwhile'
    : leavesPods(workload.kind)
      ? `they stay until they are deleted, as a ${workload.kind} replaces none`
      : 'they stay until they are deleted, or until it is no longer paused'
  return {
    code: 'RolloutPending',
    from: workload.from,
    subject: titleOf(workload),
    text: `runs pods of an older template: ${what}`,
    detail: `${outdated.length} of ${outdated.length + updated} pods`,
  }
}

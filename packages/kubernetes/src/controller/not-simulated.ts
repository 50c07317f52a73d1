/** Warns of objects that no controller runs over time: a simulation goes on without them. */
import type { KubernetesWarning } from '../words/warning.js'

/** An object as it is written. */
export interface NamedObject {
  readonly from: string
  readonly kind: string
  /** `namespace/name`. */
  readonly name: string
  /** Whether it is a pod with a node. */
  readonly isBound: boolean
}

const otherWorkloads = ['StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicationController']

/** A warning for each workload of another kind, and for each pod that waits for a node. */
export const objectsNotSimulated = (
  objects: readonly NamedObject[],
): readonly KubernetesWarning[] =>
  objects.flatMap(({ from, kind, name, isBound }) => {
    const isWaiting = kind === 'Pod' && !isBound
    if (!isWaiting && !otherWorkloads.includes(kind)) return []
    const text = isWaiting
      ? 'only pods with a node are simulated, and those that a Deployment or a ReplicaSet makes'
      : 'only Deployments and ReplicaSets are simulated: it makes no pods'
    return [{ code: 'NotSimulated', from, subject: `${kind} ${name}`, text }]
  })

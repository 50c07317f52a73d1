/**
 * Warns of rules that select pods by labels for their zone or region. Kubernetes copies these
 * labels from the node to the pod when it binds the pod, but a plan does not. Such a rule therefore
 * counts running pods, and not the pods that the plan places.
 *
 * Source: Kubernetes documentation, "Pod Topology Labels".
 */
import { keysSelected } from '../surroundings/surroundings.js'
import type { KubernetesWarning } from '../words/warning.js'
import type { PendingWorkload } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'

const topologyKeys = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region']

/** A warning for each workload with such a rule; `keys` are those that any selector reads. */
export const topologyWarnings = (
  workloads: readonly PendingWorkload[],
  keys: ReadonlySet<string>,
): readonly KubernetesWarning[] => {
  if (!topologyKeys.some((key) => keys.has(key))) return []
  const warnings = new Map<string, KubernetesWarning>()
  for (const workload of workloads) {
    const own = keysSelected([workload], [])
    const read = topologyKeys.filter((key) => own.has(key))
    const subject = titleOf(workload)
    if (read.length === 0 || warnings.has(subject)) continue
    warnings.set(subject, {
      code: 'TopologyLabelSelected',
      from: workload.from,
      subject,
      text: 'it selects pods by a label that a pod gets from its node: pods that the plan places are not found by it',
      detail: read.join(', '),
    })
  }
  return [...warnings.values()]
}

/**
 * Finds the pods whose node is missing from the input or is to be removed, and decides what becomes
 * of each:
 * 1. A pod with a known controller is left out, and the controller creates a replacement.
 * 2. An existing pod without a known controller becomes pending.
 * 3. A new pod without a known controller stays unplaced, because its own manifest names the
 *    missing node.
 * 4. A pod that belongs to its node (a DaemonSet's pod, or a static pod of the kubelet) disappears,
 *    and so does a pod that is being deleted.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (nodeName) and "Pod Lifecycle"
 * (garbage collection of pods).
 */
import type { KubernetesWarning } from '../words/warning.js'
import { topOwners } from './owners.js'
import { isPlaced, type PendingWorkload } from './share.js'
import { isStored } from './stored.js'
import { titleOf } from './workload.js'

/** Pods that have a node or want one, and what there is to say of those that lost theirs. */
export interface DisplacedPods {
  readonly workloads: readonly PendingWorkload[]
  readonly warnings: readonly KubernetesWarning[]
}

/**
 * `nodes` are the names of the nodes that are there, `withoutNodes` of those taken away. Where
 * there are none at all, nothing is known of nodes, and every pod stays.
 *
 * In case 1 the new pod is of the present template. In case 3 no scheduler looks at a pod that
 * names its node, and the garbage collector of pods deletes it.
 */
export const displacePods = (
  workloads: readonly PendingWorkload[],
  nodes: ReadonlySet<string>,
  withoutNodes: ReadonlySet<string>,
): DisplacedPods => {
  const isKnown = nodes.size > 0 || withoutNodes.size > 0
  const isDisplaced = ({ kind, spec: { nodeName = '' } }: PendingWorkload): boolean =>
    isKnown && kind === 'Pod' && isPlaced(nodeName) && !nodes.has(nodeName)
  const topOf = topOwners(workloads)
  return {
    workloads: workloads.flatMap((workload) => {
      if (!isDisplaced(workload)) return [workload]
      if (goesWithNode(workload) || topOf(workload) !== workload) return []
      return [isNew(workload) ? neverRun(workload) : withoutNode(workload)]
    }),
    warnings: workloads
      .filter((workload) => isDisplaced(workload))
      .filter((workload) => topOf(workload) !== workload || !isNew(workload))
      .filter(({ spec: { nodeName = '' } }) => !withoutNodes.has(nodeName))
      .map(unknownNode),
  }
}

const goesWithNode = ({ metadata }: PendingWorkload): boolean =>
  metadata.deletionTimestamp !== undefined ||
  metadata.ownerReferences.some(
    ({ kind, controller }) => controller === true && (kind === 'DaemonSet' || kind === 'Node'),
  )

/** Its reason says all that a warning would. */
const isNew = (pod: PendingWorkload): boolean => !goesWithNode(pod) && !isStored(pod.template)

const neverRun = (pod: PendingWorkload): PendingWorkload => ({
  ...withoutNode(pod),
  refusal: `there is no node ${pod.spec.nodeName ?? ''}, which its spec.nodeName names, and no scheduler looks for another`,
})

const withoutNode = (pod: PendingWorkload): PendingWorkload => ({
  ...pod,
  spec: { ...pod.spec, nodeName: undefined },
})

const unknownNode = (pod: PendingWorkload): KubernetesWarning => ({
  code: 'PodOnUnknownNode',
  from: pod.from,
  subject: titleOf(pod),
  text: `a pod ${isStored(pod.template) ? 'runs on' : 'names'} node ${pod.spec.nodeName ?? ''}, which is not among the documents: ${
    goesWithNode(pod) ? 'it goes with its node' : 'it wants a place'
  }`,
})

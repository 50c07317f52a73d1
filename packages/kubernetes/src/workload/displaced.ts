/**
 * Determines what becomes of pods whose node is missing from the input or is to be removed:
 * 1. A pod with a known controller is left out, because the controller creates a replacement.
 * 2. An existing pod without a known controller becomes pending.
 * 3. A new pod without a known controller stays unplaced, because its own manifest names the
 *    missing node.
 * 4. A pod that belongs to its node (a DaemonSet's pod, or a static pod of the kubelet) disappears,
 *    and so does a pod that is being deleted.
 *
 * In the middle of a rollout, 1 has an exception: an old ReplicaSet may lack a pod although its
 * Deployment has enough pods in total. The old ReplicaSet would create a pod like the lost one, so
 * the lost pod becomes pending.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (nodeName) and "Pod Lifecycle"
 * (garbage collection of pods).
 */
import type { KubernetesWarning } from '../words/warning.js'
import { controllerRefOf } from '../words/metadata.js'
import { topOwners } from './owners.js'
import { isPlaced, type PendingWorkload } from './share.js'
import { isStored } from './stored.js'
import { fullName, titleOf } from './workload.js'

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
  const replaced = replacedBySets(workloads, isDisplaced, topOf)
  return {
    workloads: workloads.flatMap((workload) => {
      if (!isDisplaced(workload)) return [workload]
      if (replaced.has(workload)) return [withoutNode(workload)]
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

/**
 * The displaced pods that ReplicaSets of a Deployment replace beyond what the Deployment lacks: of
 * each set as many as it lacks beside the pods that stay.
 */
const replacedBySets = (
  workloads: readonly PendingWorkload[],
  isDisplaced: (pod: PendingWorkload) => boolean,
  topOf: (pod: PendingWorkload) => { readonly kind: string; readonly name: string },
): ReadonlySet<PendingWorkload> => {
  const displaced = workloads.filter((pod) => isDisplaced(pod) && !goesWithNode(pod))
  if (displaced.length === 0) return new Set()
  // What a Deployment lacks, and what each of its sets lacks, by title.
  const lacks = new Map<string, number>()
  for (const one of workloads)
    if (typeof one.count === 'number' && ['Deployment', 'ReplicaSet'].includes(one.kind))
      lacks.set(titleOf(one), one.count)
  const take = (title: string, count = 1): void => {
    const lack = lacks.get(title)
    if (lack !== undefined) lacks.set(title, lack - count)
  }
  for (const pod of workloads) {
    if (pod.kind !== 'Pod' || isDisplaced(pod) || goesWithNode(pod)) continue
    take(titleOf(topOf(pod)))
    take(setTitleOf(pod))
  }
  return new Set(
    displaced.filter((pod) => {
      const [top, set] = [titleOf(topOf(pod)), setTitleOf(pod)]
      if (topOf(pod).kind !== 'Deployment' || (lacks.get(set) ?? 0) <= 0) return false
      take(set)
      const isOfDeployment = (lacks.get(top) ?? 0) > 0
      take(top)
      return !isOfDeployment
    }),
  )
}

const setTitleOf = ({ metadata }: PendingWorkload): string => {
  const { kind = '', name = '' } = controllerRefOf(metadata) ?? {}
  return titleOf({ kind, name: fullName({ namespace: metadata.namespace, name }) })
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

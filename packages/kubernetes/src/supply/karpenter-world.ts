/**
 * Converts the input of a plan to the cluster as Karpenter sees it (`KarpenterWorld`): nodes, pods
 * on nodes, waiting pods, one pod of each DaemonSet, storage, and NodePools with the instance types
 * that they may launch.
 */
import { instant } from '@stowage/kernel'
import type { NodeState } from '../karpenter/state.js'
import type { KarpenterStorage } from '../karpenter/storage.js'
import type { KarpenterWorld } from '../karpenter/world.js'
import { momentOf } from '../cluster-autoscaler/pod-state.js'
import { measuresFrom } from '../node-pool/measure.js'
import { initializedKey, nodePoolKey } from '../node-pool/well-known.js'
import type { KarpenterPod } from '../node-pool/words.js'
import type { KubernetesInput } from '../read/input.js'
import type { Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { PodDisruptionBudget } from '../words/preemption.js'
import { typeLabelKeys, unknownTypeLabels } from './instance-labels.js'
import type { SuppliedPool } from './pool-supply.js'
import { templatePod, type ScheduledPods } from './waiting.js'

/** For clusters in which nothing says when it was made. */
const noon = '2026-01-01T12:00:00Z'

/** No clock is read: it is as late as the latest time that a pod names, as the API writes it. */
export const latestMoment = (pods: readonly KarpenterPod[]): string => {
  const texts = pods.flatMap(({ metadata, status }) =>
    [metadata.creationTimestamp, status?.startTime].filter((text) => text !== undefined),
  )
  return texts.length === 0
    ? noon
    : texts.reduce((latest, text) => (momentOf(text) > momentOf(latest) ? text : latest))
}

/** The cluster with these nodes, without the probes of offers. */
export const karpenterWorld = (
  input: KubernetesInput,
  nodes: readonly Node[],
  { bound, waiting }: ScheduledPods,
  pools: readonly SuppliedPool[],
  budgets: readonly PodDisruptionBudget[] = [],
): KarpenterWorld => ({
  now: momentOf(latestMoment([...bound, ...waiting.map(({ pod }) => pod)])),
  options: {
    ...{ preferencePolicy: 'Respect', minValuesPolicy: 'Strict', spotToSpotConsolidation: false },
  },
  pools: pools.map(({ pool }) => pool),
  typesOf: new Map(pools.map(({ pool, types }) => [pool.metadata.name, types])),
  nodes: nodes.map(nodeState),
  pods: [...bound, ...waiting.map(({ pod }) => pod)],
  daemons: input.pending.flatMap((one): readonly KarpenterPod[] =>
    one.count === 'one per node' ? [templatePod(one)] : [],
  ),
  budgets,
  storage: storageOf(input.around.storage),
  namespaces: input.around.namespaces,
  providerLabels: [...typeLabelKeys, ...unknownTypeLabels],
})

/** A cordoned node has a taint that says so. */
const cordonTaint = {
  key: 'node.kubernetes.io/unschedulable',
  value: undefined,
  effect: 'NoSchedule',
}

/** It has been quiet for long enough. */
const nodeState = ({ metadata, spec, status }: Node): NodeState => {
  const { name, labels, annotations } = metadata
  const isManaged = labels.has(nodePoolKey)
  const allocatable = measuresFrom(status?.allocatable ?? new Map())
  const capacity = measuresFrom(status?.capacity ?? new Map())
  const taints = spec?.taints ?? []
  const isCordoned =
    spec?.unschedulable === true && !taints.some(({ key }) => key === cordonTaint.key)
  return {
    ...{ name, labels, taints: isCordoned ? [...taints, cordonTaint] : taints },
    allocatable: allocatable.size > 0 ? allocatable : capacity,
    capacity: capacity.size > 0 ? capacity : allocatable,
    ...{ isManaged, isInitialized: !isManaged || labels.get(initializedKey) === 'true' },
    ...{ isReady: true, quietSince: instant(0) },
    isProtected: annotations.get('karpenter.sh/do-not-disrupt') === 'true',
  }
}

/** A volume of one node has no driver, and its affinity names the node. */
const storageOf = ({ claims, volumes, classes, nodes }: Storage): KarpenterStorage => ({
  ...{ claims, classes, csiNodes: nodes },
  volumes: new Map(
    [...volumes].map(([name, volume]) => [
      name,
      { volume, isLocal: volume.spec.csi === undefined },
    ]),
  ),
})

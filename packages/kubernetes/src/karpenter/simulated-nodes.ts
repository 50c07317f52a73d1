/**
 * Converts the nodes of a cluster to the `ExistingNode`s of Karpenter: nodes with free resources,
 * which a scheduling simulation tries before it adds new ones. They are sorted: initialized nodes
 * first, then by name.
 */
import { runsOnNode, type Daemon } from './daemons.js'
import { nodeRequirements, type ExistingNode } from './existing-node.js'
import { occupyPorts, type HostPortUse } from './host-ports.js'
import {
  noMeasures,
  remainderOf,
  requestedMeasures,
  subtractMeasures,
} from '../node-pool/measure.js'
import { isDaemonPod } from './pod.js'
import type { NodeState } from './state.js'
import { uniteVolumes, volumeLimitsOf, attachedVolumes, type AttachedVolumes } from './storage.js'
import { consolidationDelay } from '../node-pool/consolidation-delay.js'
import { instanceTypeKey, nodePoolKey } from '../node-pool/well-known.js'
import { podsHolding, type KarpenterWorld } from './world.js'
import type { Taint } from '../words/taint.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** The nodes with what is left of them. */
export const simulatedNodes = (
  world: KarpenterWorld,
  nodes: readonly NodeState[],
  daemons: readonly Daemon[],
  isConsolidation: boolean,
): readonly ExistingNode[] =>
  [...nodes]
    .sort((one, other) =>
      one.isInitialized === other.isInitialized
        ? one.name < other.name
          ? -1
          : 1
        : Number(other.isInitialized) - Number(one.isInitialized),
    )
    .map((node) => simulatedNode(world, node, daemons, isConsolidation))

const simulatedNode = (
  world: KarpenterWorld,
  node: NodeState,
  daemons: readonly Daemon[],
  isConsolidation: boolean,
): ExistingNode => {
  const { labels, name } = node
  const taints = lastingTaints(node)
  const holding = podsHolding(world, name)
  const expected = daemons.filter((one) => runsOnNode(one, labels, taints)).map(({ pod }) => pod)
  const there = requestsOfEach(holding.filter(isDaemonPod))
  const available = subtractMeasures(node.allocatable, requestsOfEach(holding))
  const type = typeOfNode(world, node)
  return {
    ...{ node, taints, requirements: nodeRequirements(node), pods: [] },
    left: subtractMeasures(available, remainderOf(requestedMeasures(expected), there)),
    ports: holding.reduce<HostPortUse>(occupyPorts, new Map()),
    volumes: holding.reduce<AttachedVolumes>(
      (sum, pod) => uniteVolumes(sum, attachedVolumes(pod, world.storage)),
      new Map(),
    ),
    volumeLimits: volumeLimitsOf(name, type?.volumeLimits ?? new Map(), world.storage),
    isUnsettled: isConsolidation && isUnsettled(world, node),
  }
}

const requestsOfEach = (pods: readonly KarpenterPod[]) =>
  pods.length === 0 ? noMeasures : requestedMeasures(pods)

/** The type of a node of a pool, where the pool still knows it. */
export const typeOfNode = ({ typesOf }: KarpenterWorld, { labels }: NodeState) =>
  (typesOf.get(labels.get(nodePoolKey) ?? '') ?? []).find(
    ({ name }) => name === labels.get(instanceTypeKey),
  )

const isUnsettled = ({ pools, now }: KarpenterWorld, node: NodeState): boolean => {
  const pool = pools.find(({ metadata }) => metadata.name === node.labels.get(nodePoolKey))
  if (pool === undefined || !node.isManaged || !node.isInitialized) return false
  const delay = consolidationDelay(pool)
  return delay !== undefined && delay > 0 && now - node.quietSince < delay
}

const startTaints: readonly Taint[] = [
  { key: 'node.kubernetes.io/not-ready', value: undefined, effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/not-ready', value: undefined, effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', value: undefined, effect: 'NoSchedule' },
  { key: 'node.cloudprovider.kubernetes.io/uninitialized', value: 'true', effect: 'NoSchedule' },
  { key: 'karpenter.sh/unregistered', value: undefined, effect: 'NoExecute' },
]

/** A node that Karpenter launched loses some taints once it is ready. */
const lastingTaints = ({ taints, isManaged, isInitialized }: NodeState): readonly Taint[] =>
  isManaged && !isInitialized
    ? taints.filter(
        ({ key, effect }) =>
          !key.startsWith('readiness.k8s.io/') &&
          !startTaints.some((one) => one.key === key && one.effect === effect),
      )
    : taints

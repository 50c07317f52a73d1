/**
 * Finds what protects a node from being removed: its annotations or labels, its pods, its NodePool,
 * or a PodDisruptionBudget that now forbids the eviction of one of its pods.
 *
 * Source: Kubernetes documentation, "API-initiated Eviction"; documentation of the Cluster
 * Autoscaler (which pods keep a node) and of Karpenter (pod-level and node-level controls).
 */
import { decodeValue } from '@stowage/documents'
import { instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { podRemoval, type RemovalWorld } from '../cluster-autoscaler/pod-removal.js'
import { isMirrorPod } from '../cluster-autoscaler/pod-state.js'
import { AutoscaledPod } from '../cluster-autoscaler/words.js'
import { evictionAnswer } from '../disruption/eviction.js'
import { budgetsOf } from '../drain/budgets.js'
import { statedController, type NodePod } from '../drain/filter.js'
import type { DrainWorld } from '../drain/world.js'
import type { NodePool } from '../node-pool/words.js'
import type { Labels } from '../words/label-selector.js'
import type { Node } from '../words/node.js'
import { poolHold } from './pool-hold.js'
import type { StayingReason } from './terms.js'

/** What keeps a node, and otherwise the pods that move when it goes. */
export type NodeProtection =
  | { readonly isProtected: true; readonly reason: StayingReason }
  | { readonly isProtected: false; readonly moving: readonly NodePod[] }

/** The status of each budget before anything happens. */
export type StatusOf = Parameters<typeof evictionAnswer>[2]

/** What keeps the node of a world in which nothing has happened yet. */
export const protectionOf = (
  world: DrainWorld,
  { metadata }: Node,
  pools: readonly NodePool[],
  statusOf: StatusOf,
  deletesLocalData: boolean,
): NodeProtection => {
  const text = annotationOf(metadata.annotations) ?? roleOf(metadata.labels)
  if (text !== undefined) return { isProtected: true, reason: { by: 'Node', text } }
  const pods = world.found.filter(
    ({ pod }) => pod.nodeName === metadata.name && !isBoundToNode(pod),
  )
  const removal = removalWorld(deletesLocalData)
  const holds = pods.map((pod) => ({ pod, text: podHoldOf(pod, removal) }))
  const [first] = holds.filter((one) => one.text !== undefined)
  if (first !== undefined) {
    const holding = holds.filter((one) => one.text === first.text)
    const names = holding.map(({ pod }) => pod.name)
    return { isProtected: true, reason: { by: 'Pods', pods: names, text: first.text! } }
  }
  const hold = poolHold(pools, metadata.labels, pods.length === 0)
  if (hold !== undefined) return { isProtected: true, reason: { by: 'Node', text: hold } }
  const reason = pods.reduce<StayingReason | undefined>(
    (before, pod) => before ?? heldByBudget(world, pod, statusOf),
    undefined,
  )
  return reason === undefined ? { isProtected: false, moving: pods } : { isProtected: true, reason }
}

const protectingAnnotations = [
  'cluster-autoscaler.kubernetes.io/scale-down-disabled',
  'karpenter.sh/do-not-disrupt',
]

const annotationOf = (annotations: ReadonlyMap<string, string>): string | undefined =>
  protectingAnnotations
    .filter((key) => annotations.get(key) === 'true')
    .map((key) => `${key} is true`)[0]

const roles = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

const roleOf = (labels: Labels): string | undefined => {
  if (roles.some((role) => labels.has(role))) return 'it is of the control plane'
  return labels.get('eks.amazonaws.com/compute-type') === 'fargate'
    ? 'it is a node of Fargate, which goes with its pod'
    : undefined
}

/** Pods of DaemonSets, and pods that the kubelet runs by itself. */
const isBoundToNode = (pod: NodePod['pod']): boolean => {
  const read = decodeValue(AutoscaledPod, pod.template)
  return statedController(pod)?.kind === 'DaemonSet' || (E.isRight(read) && isMirrorPod(read.right))
}

/** Budgets are asked for themselves, any controller counts, and no clock is read. */
const removalWorld = (deletesLocalData: boolean): RemovalWorld => ({
  ...{ controllers: [], pdbs: [], now: instant(0) },
  options: {
    skipNodesWithSystemPods: false,
    skipNodesWithLocalStorage: !deletesLocalData,
    skipNodesWithCustomControllerPods: false,
    minReplicaCount: 0,
    blockingSystemPodTimeoutSeconds: 0,
  },
})

const holdTexts = {
  ControllerNotFound: 'its controller is not there',
  LocalStorageRequested: 'it has data on its node, which --delete-emptydir-data gives up',
  MinReplicasReached: 'its controller has too few replicas',
  NotEnoughPdb: 'its budget lets no pod go',
  NotReplicated: 'no controller replaces it',
  NotSafeToEvictAnnotation: 'cluster-autoscaler.kubernetes.io/safe-to-evict is false',
  UnmovableKubeSystemPod: 'it is of kube-system',
} as const

/** Why a pod must not be evicted; one that leaves already is not asked. */
const podHoldOf = ({ pod }: NodePod, world: RemovalWorld): string | undefined => {
  if (pod.leaving) return undefined
  const read = decodeValue(AutoscaledPod, pod.template)
  if (E.isLeft(read)) return undefined
  const never = read.right.metadata.annotations.get('karpenter.sh/do-not-disrupt')
  if (never !== undefined && never !== 'false') return `karpenter.sh/do-not-disrupt is ${never}`
  const removal = podRemoval(read.right, world)
  if (removal.outcome === 'wait')
    return 'cluster-autoscaler.kubernetes.io/safe-to-evict is on-completion'
  return removal.outcome === 'block' ? holdTexts[removal.reason] : undefined
}

const heldByBudget = (
  world: DrainWorld,
  one: NodePod,
  statusOf: StatusOf,
): StayingReason | undefined => {
  const known = world.live.get(one.name)
  if (known === undefined) return undefined
  const answer = evictionAnswer(
    { isReady: one.isReady, isIdle: one.isPending || one.pod.leaving },
    budgetsOf(world, known),
    statusOf,
  )
  switch (answer._tag) {
    case 'Evicted':
      return undefined
    case 'TwoBudgets': {
      const names = answer.budgets.map(({ name }) => name).join(' and ')
      const text = `more than one budget covers it, ${names}, so that the eviction API answers 500`
      return { by: 'Pods', pods: [one.name], text }
    }
    case 'TooManyRequests': {
      const { healthy, desiredHealthy } = answer.status
      return { by: 'Budget', pod: one.name, budget: answer.budget.name, healthy, desiredHealthy }
    }
  }
}

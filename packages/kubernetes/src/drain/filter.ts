/**
 * Classifies the pods of a node as `kubectl drain` does: pods to evict, pods to leave on the node,
 * and pods that make kubectl refuse the drain.
 *
 * Source: Kubernetes documentation, "Safely Drain a Node" and the reference of `kubectl drain`.
 */
import { decodeValue } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { PodLife } from '../memory/pod-life.js'
import { controllerRefOf } from '../words/metadata.js'
import type { RunningPod } from '../workload/share.js'
import { fullName, titleOf } from '../workload/workload.js'
import type { DrainedNode, DrainOptions, DrainRefusal } from './terms.js'

/** A pod of a node, with what decides about its eviction. */
export interface NodePod {
  readonly pod: RunningPod
  readonly name: string
  readonly isReady: boolean
  readonly isPending: boolean
}

/** The pods of a node: those to evict, in the order of their names, and the others. */
export interface FilteredPods extends Pick<DrainedNode, 'refusals' | 'staying'> {
  readonly evicted: readonly NodePod[]
}

/**
 * What the document of a pod says of its life. A pod without a Ready condition is ready once it
 * runs.
 */
export const nodePodOf = (pod: RunningPod): NodePod => {
  const life = decodeValue(PodLife, pod.template)
  const status = E.isRight(life) ? life.right.status : undefined
  const condition = status?.conditions.find(({ type }) => type === 'Ready')
  const phase = status?.phase ?? 'Running'
  return {
    ...{ pod, name: fullName(pod.metadata), isPending: phase === 'Pending' },
    isReady: condition === undefined ? phase === 'Running' : condition.status === 'True',
  }
}

type DrainVerdict = 'evict' | 'DaemonSet' | 'mirror pod' | keyof typeof refusals

/** The reasons for which kubectl does not begin, in its words but for `lostDaemonSet`. */
const refusals = {
  daemonSet: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)',
  lostDaemonSet:
    'Pods of a DaemonSet that is not among the documents (add kubectl get daemonsets -A, or use --force to delete them)',
  localStorage: 'Pods with local storage (use --delete-emptydir-data to override)',
  noController: 'Pods that declare no controller (use --force to override)',
} as const

/**
 * Filters the pods of a node. `daemonSets` are the titles of those among the documents.
 *
 * Documents without any DaemonSet are a dump without this kind, so the owner that a pod names
 * counts as there. Otherwise a DaemonSet that is missing was deleted: kubectl evicts its pods under
 * `--force` alone.
 */
export const filterPods = (
  pods: readonly NodePod[],
  daemonSets: ReadonlySet<string>,
  options: DrainOptions,
): FilteredPods => {
  const verdicts = pods.map((pod) => ({ pod, verdict: verdictOf(pod, daemonSets, options) }))
  const named = (verdict: DrainVerdict): readonly string[] =>
    verdicts.filter((one) => one.verdict === verdict).map(({ pod }) => pod.name)
  return {
    evicted: verdicts.filter(({ verdict }) => verdict === 'evict').map(({ pod }) => pod),
    refusals: (Object.keys(refusals) as (keyof typeof refusals)[]).flatMap(
      (key): readonly DrainRefusal[] => {
        const names = named(key)
        return names.length === 0 ? [] : [{ pods: names, why: refusals[key] }]
      },
    ),
    staying: verdicts.flatMap(({ pod: { name }, verdict: why }) =>
      why === 'DaemonSet' || why === 'mirror pod' ? [{ pod: name, why }] : [],
    ),
  }
}

const verdictOf = (
  { pod }: NodePod,
  daemonSets: ReadonlySet<string>,
  { ignoreDaemonsets, force, deleteEmptydirData }: DrainOptions,
): DrainVerdict => {
  const controller = statedController(pod)
  if (isMirror(pod)) return 'mirror pod'
  if (controller?.kind === 'DaemonSet') {
    const isThere = daemonSets.size === 0 || daemonSets.has(titleOf(controller))
    if (isThere) return ignoreDaemonsets ? 'DaemonSet' : 'daemonSet'
    if (!force) return 'lostDaemonSet'
  }
  const isLocal = pod.spec.volumes.some(({ source }) => source === 'emptyDir')
  if (isLocal && !deleteEmptydirData) return 'localStorage'
  return controller === undefined && !force ? 'noController' : 'evict'
}

/** Pods of the kubelet's own manifests. */
const isMirror = (pod: RunningPod): boolean => {
  const life = decodeValue(PodLife, pod.template)
  return E.isRight(life) && life.right.metadata.annotations.has('kubernetes.io/config.mirror')
}

/** The controller that a pod names. */
export const statedController = ({
  metadata,
}: Pick<RunningPod, 'metadata'>): { readonly kind: string; readonly name: string } | undefined => {
  const owner = controllerRefOf(metadata)
  return owner === undefined
    ? undefined
    : { kind: owner.kind, name: fullName({ namespace: metadata.namespace, name: owner.name }) }
}

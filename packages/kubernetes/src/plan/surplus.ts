/**
 * Removes running pods that their workload no longer wants, so that a plan shows the state after a
 * scale-down. For example, if 6 pods run and the Deployment wants 3, then 3 are removed. A
 * ReplicaSet loses pods in its order of deletion; a StatefulSet loses its highest ordinals.
 *
 * If a rollout is in progress, no pod of the workload is removed, because the additional pods are
 * part of the rollout.
 */
import { decodeValue } from '@stowage/documents'
import { instant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { podsToDelete, type RankedPod } from '../controller/deletion-order.js'
import { deletionCostKey } from '../memory/learn-workload.js'
import { deletionCostOf, hasEndedPhase, PodLife, restartsMax } from '../memory/pod-life.js'
import type { KubernetesInput } from '../read/input.js'
import type { KubernetesWarning } from '../words/warning.js'
import { controllerRefOf } from '../words/metadata.js'
import { indexOf, type PendingWorkload, type RunningPod } from '../workload/share.js'
import { fullName, titleOf } from '../workload/workload.js'

/** The input without the surplus, and with a warning for each workload that has some. */
export const withoutSurplus = (input: KubernetesInput): KubernetesInput => {
  const counts = new Map<string, number>()
  for (const workload of input.pending)
    if (workload.replicas !== undefined && workload.named === undefined && isScaled(workload))
      counts.set(titleOf(workload), workload.replicas)
  for (const { workload } of input.rollouts) counts.delete(titleOf(workload))
  const owned = new Map<string, RunningPod[]>()
  for (const pod of input.running) {
    const title = titleOf(pod)
    if (pod.leaving || pod.isNew || !counts.has(title)) continue
    const own = owned.get(title)
    if (own === undefined) owned.set(title, [pod])
    else own.push(pod)
  }
  const surplus = [...owned].flatMap(([title, pods]) => surplusPods(pods, counts.get(title)!))
  if (surplus.length === 0) return input
  const gone = new Set(surplus.flatMap(({ pods }) => pods))
  return {
    ...input,
    running: input.running.filter((pod) => !gone.has(pod)),
    warnings: [...input.warnings, ...surplus.map(surplusWarning)],
  }
}

/**
 * A Job ends its surplus by itself, and a DaemonSet has a pod for each node. The pods of a paused
 * Deployment are those of its ReplicaSets, which keep them.
 */
const isScaled = ({ kind, update }: Pick<PendingWorkload, 'kind' | 'update'>): boolean =>
  ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].includes(kind) &&
  update?.paused !== true

/** The pods of one workload that go, of so many. */
interface Surplus {
  readonly pods: readonly RunningPod[]
  readonly total: number
}

const surplusPods = (own: readonly RunningPod[], replicas: number): readonly Surplus[] => {
  const count = own.length - replicas
  const controllers = new Set(own.map(({ metadata }) => controllerRefOf(metadata)?.name))
  if (count <= 0 || controllers.size > 1) return []
  const pods = own[0]!.kind === 'StatefulSet' ? highestOrdinals(own) : inDeletionOrder(own, count)
  return [{ pods: pods.slice(0, count), total: own.length }]
}

const highestOrdinals = (pods: readonly RunningPod[]): readonly RunningPod[] =>
  [...pods].sort((one, other) => indexOf(other) - indexOf(one))

/** A plan has no clock: the ages of pods are those at the last instant that the pods name. */
const inDeletionOrder = (pods: readonly RunningPod[], count: number): readonly RunningPod[] => {
  const ranked = new Map(pods.map((pod) => [rankedPod(pod), pod]))
  const now = [...ranked.keys()].reduce<number>(
    (last, { created, readyAt = created }) => Math.max(last, created, readyAt),
    0,
  )
  const rows = [...ranked.keys()]
  return podsToDelete(rows, rows, count, instant(now)).map((row) => ranked.get(row)!)
}

/** A pod as the order of deletion reads it; a pod without a Ready condition is ready. */
const rankedPod = (pod: RunningPod): RankedPod => {
  const decoded = decodeValue(PodLife, pod.template)
  const { metadata: about, status } = E.isRight(decoded) ? decoded.right : noLife
  const created: Instant = about.creationTimestamp ?? instant(0)
  const condition = status?.conditions.find(({ type }) => type === 'Ready')
  const isReady = condition === undefined || condition.status === 'True'
  const phase = status?.phase
  return {
    ...{ name: fullName(pod.metadata), uid: pod.metadata.uid ?? pod.metadata.name },
    ...{ node: pod.nodeName, created },
    phase: phase === undefined || hasEndedPhase(phase) ? 'Running' : phase,
    readyAt: isReady ? (condition?.lastTransitionTime ?? created) : undefined,
    deletionCost: deletionCostOf(about.annotations.get(deletionCostKey)),
    restarts: restartsMax(status?.containerStatuses ?? []),
    sidecarRestarts: 0,
  }
}

const noLife: PodLife = {
  metadata: { creationTimestamp: undefined, annotations: new Map() },
  status: undefined,
}

const surplusWarning = ({ pods, total }: Surplus): KubernetesWarning => ({
  code: 'ReplicasSurplus',
  from: pods[0]!.from,
  subject: titleOf(pods[0]!),
  text: 'runs more pods than it wants: those that go are left out',
  detail: `${pods.length} of ${total} pods`,
})

/**
 * Lists the pods of a cluster one by one, after the scheduler has placed waiting pods on the
 * existing nodes:
 * 1. pods that are on a node;
 * 2. pods that found no place, for which an autoscaler would open nodes;
 * 3. pods that no scheduler looks at, such as those that a quota refuses: no node helps them.
 *
 * A pod that a controller has yet to create gets a name and a uid by its position.
 */
import { decodeValue, dictionary, isObject, own, text, valueAt } from '@stowage/documents'
import { nodeName, type Draft } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { KarpenterPod } from '../node-pool/words.js'
import { inTurn, sharedTurns, type AnsweredTurn } from '../plan/play.js'
import { heldIn, rolledOut, type HeldPods } from '../plan/plan.js'
import { playInRounds } from '../plan/rounds.js'
import { unplacedIn } from '../plan/rollout.js'
import type { Stage } from '../plan/stage.js'
import type { KubernetesInput } from '../read/input.js'
import type { PodStatus } from '../words/pod.js'
import { isPodObject, type PendingWorkload, type RunningPod } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import { assumedName } from '../workload/written-labels.js'

/** A pod without a place, and the position of its request. */
export interface UnplacedPod {
  readonly pod: KarpenterPod
  readonly request: number
}

/** The pods of a cluster once the scheduler has looked at all of them. */
export interface ScheduledPods {
  readonly bound: readonly KarpenterPod[]
  readonly waiting: readonly UnplacedPod[]
  /** Outcomes whose pods wait, one for each request. */
  readonly lacking: readonly AnsweredTurn[]
  /** Pods that no scheduler looks at. */
  readonly held: readonly HeldPods[]
  /** How many pods have a place. */
  readonly placed: number
}

/** Places all that waits on the nodes that are there, and lists the pods. */
export const schedulePods = (draft: Draft, stage: Stage, input: KubernetesInput): ScheduledPods => {
  const shared = sharedTurns(stage)
  // A StatefulSet goes on once the nodes are there.
  const turns = shared.map(([, turn]) => turn)
  const played = playInRounds(stage, turns, { isOrdered: false }).flat()
  const nextPod = podsInTurn(stage, shared)
  const bound: KarpenterPod[] = input.running.map(karpenterPodOf)
  const waiting: UnplacedPod[] = []
  const lacking: AnsweredTurn[] = []
  let placed = 0
  const outcomes = rolledOut(stage, input, played)
  for (const outcome of outcomes) {
    if (outcome._tag === 'Held') continue
    const { turn, answer } = outcome
    placed += answer.placed.length
    for (const { node } of answer.placed)
      bound.push(scheduledPod(nextPod(turn.workload), nodeName(draft, node)))
    const count = unplacedIn(outcome)
    // A pod of a DaemonSet that its node refuses gets no other node.
    if (count === 0 || turn.only !== undefined) continue
    for (let i = 0; i < count; i++)
      waiting.push({ pod: nextPod(turn.workload), request: lacking.length })
    lacking.push(outcome)
  }
  return { bound, waiting, lacking, held: heldIn(outcomes), placed }
}

/** The pods of a workload one after the other: objects, or such as its controller will create. */
type NextPod = (workload: PendingWorkload) => KarpenterPod

const podsInTurn = (stage: Stage, shared: ReturnType<typeof sharedTurns>): NextPod => {
  const order = inTurn(stage.turns)
  const starts = shared.map(([first]) => order.indexOf(first))
  const objects = new Map<PendingWorkload, PendingWorkload[]>()
  for (const [i, [, turn]] of shared.entries()) {
    const members = order.slice(starts[i], starts[i + 1]).map((at) => stage.turns[at]!.workload)
    if (members.every(isPodObject)) objects.set(turn.workload, members)
  }
  const counts = new Map<string, number>()
  let serial = 0
  return (workload) => {
    const object = objects.get(workload)?.shift()
    const title = titleOf(workload)
    const count = (counts.get(title) ?? 0) + 1
    counts.set(title, count)
    return futurePod(object ?? workload, object === undefined, count, serial++)
  }
}

const futurePod = (
  workload: PendingWorkload,
  isFuture: boolean,
  count: number,
  serial: number,
): KarpenterPod => {
  const { metadata, named, namespace, labels, spec, nominatedNodeName } = workload
  const name = named?.name ?? `${assumedName(metadata.name)}-${count}`
  const owner = { apiVersion: apiVersions[workload.kind], kind: workload.kind, uid: metadata.uid }
  return {
    metadata: {
      ...{ name, namespace, labels, deletionTimestamp: undefined, ...writtenMetadata(workload) },
      uid: named?.uid ?? `pod-${String(serial).padStart(6, '0')}`,
      ownerReferences: isFuture
        ? [{ ...owner, name: metadata.name, controller: true }]
        : metadata.ownerReferences,
    },
    spec,
    status: {
      ...noStatus,
      ...{ phase: 'Pending', nominatedNodeName },
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    },
  }
}

/** A pod as the controller will create it, of which nothing else is known. */
export const templatePod = (workload: PendingWorkload): KarpenterPod =>
  futurePod(workload, true, 0, 0)

const apiVersions: Readonly<Record<PendingWorkload['kind'], string>> = {
  ...{ Pod: 'v1', ReplicationController: 'v1', Job: 'batch/v1', CronJob: 'batch/v1' },
  ...{ Deployment: 'apps/v1', ReplicaSet: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1' },
}

const scheduledPod = (pod: KarpenterPod, node: string): KarpenterPod => ({
  metadata: pod.metadata,
  spec: { ...pod.spec, nodeName: node },
  status: { ...noStatus, phase: 'Running' },
})

const karpenterPodOf = (running: RunningPod): KarpenterPod => {
  const { metadata, named, namespace, labels, spec, status } = running
  return {
    metadata: {
      ...{ ...metadata, namespace, labels, ...writtenMetadata(running) },
      ...{ name: named?.name ?? metadata.name, uid: metadata.uid ?? running.named?.uid },
    },
    spec: { ...spec, nodeName: running.nodeName },
    status: status ?? { ...noStatus, phase: 'Running' },
  }
}

const noStatus: PodStatus = {
  ...{ phase: undefined, startTime: undefined, nominatedNodeName: undefined, conditions: [] },
  ...{ resources: undefined, allocatedResources: undefined, resourceClaimStatuses: [] },
  ...{ containerStatuses: [], initContainerStatuses: [] },
}

const Annotations = dictionary(text)

/** What the pod, or the template of its controller, says beside what scheduling reads. */
const writtenMetadata = ({
  template,
}: PendingWorkload): Pick<KarpenterPod['metadata'], 'annotations' | 'creationTimestamp'> => {
  const metadata = valueAt(template, ['metadata'])
  const read = decodeValue(Annotations, isObject(metadata) ? own(metadata, 'annotations') : {})
  const created = isObject(metadata) ? own(metadata, 'creationTimestamp') : undefined
  return {
    annotations: E.isRight(read) ? read.right : new Map(),
    creationTimestamp: typeof created === 'string' ? created : undefined,
  }
}

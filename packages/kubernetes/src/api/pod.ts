/**
 * Builds the list of pods that an API server would return, from the state of the workload
 * controllers: first the pods on nodes, then the pods that wait for a node.
 */
import { nodeName, type NodeId, type ReplicaId, type StepState } from '@stowage/kernel'
import type { FailureCondition } from '../job/failure-policy.js'
import type { KubernetesMemory, PodRecord, SlottedRecord } from '../memory/memory.js'
import type { Labels } from '../words/label-selector.js'
import { revisionLabelKey, revisionLabel } from '../controller/revision-label.js'
import { bareName } from './object.js'

/** A pod, or so many that wait for a node and are alike. */
export interface ApiPod {
  /** Namespace and name; absent for a pod of a ReplicaSet or a DaemonSet that waits. */
  readonly name?: string
  readonly namespace: string
  /** Absent for one that waits. */
  readonly replica?: ReplicaId
  /** Kind and name of its controller. */
  readonly owner?: string
  /** The hash of its template. */
  readonly revision: string
  readonly labels: Labels
  /** Its completion index. */
  readonly index?: number
  /** The printed template. */
  readonly text?: string
  readonly phase: string
  readonly isReady: boolean
  readonly isLeaving: boolean
  /** Its node; of a daemon pod also the one that it waits for. */
  readonly node?: string
  readonly count: number
  /** Those that were reported, such as `DisruptionTarget`. */
  readonly conditions: readonly FailureCondition[]
}

/** All pods: those on nodes first, in the order of their replicas. */
export const apiPods = (state: StepState, memory: KubernetesMemory): readonly ApiPod[] => [
  ...[...memory.pods]
    .sort(([a], [b]) => a - b)
    .map(([replica, pod]) => boundPod(state, memory, replica, pod)),
  ...[...memory.replicaSets.values()].flatMap(({ waiting, ...set }) =>
    waiting.map((row) => ({
      ...{ namespace: set.namespace, owner: `ReplicaSet ${bareName(set.name)}`, count: row.count },
      ...{ revision: hashLabel(set.template.labels), labels: set.template.labels },
      ...{ text: set.template.text, phase: 'Pending', isReady: false, isLeaving: false },
      conditions: [],
    })),
  ),
  ...[...memory.slotted.values()].flatMap((record) =>
    [...record.waiting].map(([key, slot]): ApiPod => waitingPod(state, record, key, slot.text)),
  ),
]

const hashLabel = (labels: Labels): string =>
  labels.get('pod-template-hash') ?? labels.get(revisionLabelKey) ?? ''

const boundPod = (
  state: StepState,
  memory: KubernetesMemory,
  replica: ReplicaId,
  pod: PodRecord,
): ApiPod => {
  const { name, namespace, slot, set, labels, phase, isLeaving } = pod
  const record = slot && memory.slotted.get(slot.workload)
  const text =
    slot?.text ?? (set === undefined ? undefined : memory.replicaSets.get(set)?.template.text)
  const node = pod.goneNode ?? nodeName(state.cluster, pod.node)
  return {
    ...{ name, namespace, replica, labels, phase, isLeaving, count: 1 },
    conditions: pod.outcome?.conditions ?? [],
    ...(slot !== undefined
      ? { owner: `${slot.workload.split(' ')[0]!} ${bareName(slot.workload)}` }
      : set !== undefined
        ? { owner: `ReplicaSet ${bareName(set)}` }
        : {}),
    revision:
      slot === undefined || record === undefined ? hashLabel(labels) : revisionLabel(record, slot),
    ...(record?.job?.terms.isIndexed === true ? { index: slot!.key } : {}),
    ...(text === undefined ? {} : { text }),
    isReady: pod.readyAt !== undefined,
    node,
  }
}

const waitingPod = (state: StepState, record: SlottedRecord, key: number, text: string): ApiPod => {
  const { title, name, namespace, ordinals, daemon, job, template, pod } = record
  return {
    ...(pod !== undefined ? { name } : ordinals === undefined ? {} : { name: `${name}-${key}` }),
    ...(pod === undefined ? { owner: `${title.split(' ')[0]!} ${bareName(name)}` } : {}),
    ...{ namespace, labels: template.labels },
    ...{ revision: revisionLabel(record, { text }), text },
    ...{ phase: 'Pending', isReady: false, isLeaving: false, count: 1 },
    conditions: [],
    ...(job?.terms.isIndexed === true ? { index: key } : {}),
    ...(daemon === undefined ? {} : { node: nodeName(state.cluster, key as NodeId) }),
  }
}

/**
 * Implements the `Orchestrator` interface for Kubernetes, so that a rollout can be simulated:
 * converts nodes, workloads and running pods to events for the controllers of the control plane,
 * and describes the state of the workloads.
 */
import {
  isObject,
  own,
  valueAt,
  type Path,
  type SourceDocument,
  type Warning,
} from '@stowage/documents'
import {
  instant,
  pathOf,
  wordPlan,
  type Instant,
  type StepEvent,
  type StepState,
  type UnplacedReplicas,
} from '@stowage/kernel'
import {
  kubernetesController,
  kubernetesStatus,
  kubernetesVocabulary,
  lowerKubernetesNode,
  momentOr,
  objectsNotSimulated,
  probedPod,
  readObjects,
  workloadOfPods,
  type DeploymentStatus,
  type PodCounts,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'
import { kubernetesObjects } from './kubernetes-objects.js'
import type { FactGroup, Orchestrator, WorkloadState } from './orchestrator.js'
import { unplacedText } from './plan.js'

/** From which the orchestrator can be made again: the objects that never change, as they are. */
export interface KubernetesSetting {
  readonly platform: 'kubernetes'
  readonly objects: readonly unknown[]
}

/** An object as it is written, and where. */
interface WrittenObject {
  readonly from: string
  readonly kind: string
  /** `namespace/name`, or the name of a node. */
  readonly name: string
  readonly value: unknown
}

const constantKinds = [
  ...['Namespace', 'Service', 'LimitRange', 'ResourceQuota', 'PriorityClass', 'RuntimeClass'],
  'StorageClass',
]

/** The controllers over the objects of the setting. A `Left` is an object that is malformed. */
export const kubernetesOrchestrator = (
  setting: KubernetesSetting,
): E.Either<Faults, Omit<Orchestrator, 'factsOf'>> => {
  const read = setting.objects.map((value) => readObjects({ from: 'the setting', value }))
  const bad = read.flatMap((one) => one.bad)
  if (bad.length > 0) return E.left(bad)
  const objects = read.flatMap((one) => one.objects)
  return E.right({
    controllers: [kubernetesController({ objects })],
    options: { lowerNode: lowerKubernetesNode },
    pools: [],
    setting,
    latestOf: latestMoment,
    react: (cause, { ready, state }): readonly StepEvent[] => {
      if (cause._tag !== 'ReplicaRunning') return []
      const about = probedPod(state, cause.replica)
      if (about === undefined) return []
      const report = { ready: true }
      return [{ at: ready, _tag: 'Reported', controller: 'kubernetes', about, report }]
    },
    workloads: kubernetesWorkloads,
    workloadOf: workloadOfPods,
    reasonText: kubernetesReason,
    warningsIn: (state) => kubernetesStatus(state).warnings,
    warnings: [],
  })
}

function kubernetesWorkloads(state: StepState): readonly WorkloadState[] {
  const { deployments, replicaSets, slotted } = kubernetesStatus(state)
  const alone = replicaSets.filter(({ deployment }) => deployment === undefined)
  return [
    ...deployments.map((one) => deploymentState(one)),
    ...alone.map((one) => podState(one, one.replicas, one.available === one.desired)),
    ...slotted.map((one) => ({
      ...podState(one, one.updated, one.complete),
      ...(one.complete || one.note === undefined ? {} : { note: one.note }),
    })),
  ]
}

const deploymentState = (status: DeploymentStatus): WorkloadState => ({
  ...podState(status, status.updated, status.complete),
  ...(status.complete ? {} : noteOf(status)),
})

const noteOf = ({ paused, progress, failure }: DeploymentStatus): Pick<WorkloadState, 'note'> => {
  if (failure !== undefined) return { note: failure }
  if (paused) return { note: 'it is paused: its pods stay as they are until spec.paused is false' }
  return progress === undefined ? {} : { note: progress.reason }
}

const podState = (
  { name, desired, replicas, ready, available, waiting }: PodCounts & { readonly name: string },
  updated: number,
  isComplete: boolean,
): WorkloadState => ({
  ...{ name, desired, updated, running: ready, available, waiting },
  pending: Math.max(0, replicas - waiting - ready),
  isComplete: isComplete && replicas === desired && waiting === 0,
})

function kubernetesReason({ cluster }: StepState, row: UnplacedReplicas): string {
  const plan = { nodes: [], unplaced: [{ ...row, name: '' }] }
  const [worded] = wordPlan(plan, kubernetesVocabulary(cluster)).unplaced
  return worded === undefined ? '' : unplacedText(worded)
}

/** The objects of all documents that have a name, the items of lists one by one. */
const writtenObjects = (documents: readonly SourceDocument[]): readonly WrittenObject[] =>
  documents.flatMap((document) =>
    kubernetesObjects.objectsIn(document).flatMap(({ at, value, keys: [key = ''] }) => {
      const [, kind = '', namespace = '', name = ''] = key.split(' ')
      const from = at.length === 0 ? document.from : `${document.from}, ${pathOf(at)}`
      const fullName = kind === 'Node' ? name : `${namespace}/${name}`
      return name === '' ? [] : [{ from, kind, name: fullName, value }]
    }),
  )

const simulatedKinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Pod']

/** When objects were made and last changed; a deletion is announced, and may lie ahead. */
function latestMoment(documents: readonly SourceDocument[]): Instant {
  const times = writtenObjects(documents)
    .filter(({ kind }) => simulatedKinds.includes(kind))
    .flatMap(({ value }) => [
      valueAt(value, ['metadata', 'creationTimestamp']),
      ...listAt(value, ['status', 'conditions']).map((one) => valueAt(one, ['lastTransitionTime'])),
    ])
    .map((text) => momentOr(typeof text === 'string' ? text : undefined, instant(0)))
  return instant(times.reduce<number>((last, time) => (time > last ? time : last), 0))
}

const listAt = (value: unknown, path: Path): readonly unknown[] => {
  const list = valueAt(value, path)
  return Array.isArray(list) ? list : []
}

/** The setting of the objects that never change. */
export const kubernetesSetting = (documents: readonly SourceDocument[]): KubernetesSetting => ({
  platform: 'kubernetes',
  objects: writtenObjects(documents)
    .filter(({ kind }) => constantKinds.includes(kind))
    .map(({ value }) => value),
})

/** The facts of documents: nodes first, then workloads with the pods that run. */
export const kubernetesFacts = (documents: readonly SourceDocument[]): readonly FactGroup[] => {
  const objects = writtenObjects(documents)
  return [
    objects
      .filter(({ kind }) => kind === 'Node')
      .map(({ from, name, value: node }) => ({ from, fact: { _tag: 'NodeJoined', name, node } })),
    objects
      .filter(
        ({ kind, value }) => simulatedKinds.includes(kind) && (kind !== 'Pod' || isBound(value)),
      )
      .map(({ from, kind, name, value: report }) => ({
        from,
        fact: { _tag: 'Reported', controller: 'kubernetes', about: `${kind} ${name}`, report },
      })),
  ]
}

const isBound = (pod: unknown): boolean => {
  const spec = isObject(pod) ? own(pod, 'spec') : undefined
  return isObject(spec) && typeof own(spec, 'nodeName') === 'string'
}

/** What of the documents is not simulated. */
export const kubernetesOmissions = (documents: readonly SourceDocument[]): readonly Warning[] =>
  objectsNotSimulated(
    writtenObjects(documents).map(({ from, kind, name, value }) => ({
      ...{ from, kind, name },
      isBound: isBound(value),
    })),
  )

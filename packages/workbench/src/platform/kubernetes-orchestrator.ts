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
  type TimeZone,
  type Warning,
} from '@stowage/documents'
import {
  instant,
  later,
  pathOf,
  wordPlan,
  type Instant,
  type ReplicaId,
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
  readObjects,
  reportedPod,
  workloadOfPods,
  type DeploymentStatus,
  type PodCounts,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'
import { kubernetesObjects } from './kubernetes-objects.js'
import { jobStates, runOf } from './kubernetes-jobs.js'
import type { FactGroup, Orchestrator, WorkloadState, WorkTerms } from './orchestrator.js'
import { unplacedText } from './plan.js'

/** From which the orchestrator can be made again: the objects that never change, as they are. */
export interface KubernetesSetting {
  readonly platform: 'kubernetes'
  readonly objects: readonly unknown[]
  /** How long pods of Jobs run: of all Jobs, and by name; absent when they run on. */
  readonly run?: number
  readonly runs?: Readonly<Record<string, number>>
  /** The time zones of CronJobs; absent when none runs. */
  readonly zones?: readonly TimeZone[]
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
  ...['StorageClass', 'PodDisruptionBudget'],
]

/** The controllers over the objects of the setting. A `Left` is an object that is malformed. */
export const kubernetesOrchestrator = (
  setting: KubernetesSetting,
): E.Either<Faults, Omit<Orchestrator, 'factsOf'>> => {
  const read = setting.objects.map((value) => readObjects({ from: 'the setting', value }))
  const bad = read.flatMap((one) => one.bad)
  if (bad.length > 0) return E.left(bad)
  const objects = read.flatMap((one) => one.objects)
  const zones = new Map(setting.zones?.map((zone) => [zone.name, zone]))
  const controller = kubernetesController({ objects, zones, isPreempting: true })
  const isVictim = victimTest()
  return E.right({
    controllers: [controller],
    options: { lowerNode: lowerKubernetesNode, placer: controller.placer },
    pools: [],
    setting,
    latestOf: latestMoment,
    react: (cause, { at, ready, state }): readonly StepEvent[] => {
      // The controller of a preempted pod sees at once that it leaves.
      if (cause._tag === 'Stop' && isVictim(state, cause.replica))
        return [{ at, _tag: 'ClockAdvanced' }]
      if (cause._tag !== 'ReplicaRunning') return []
      const { replica } = cause
      const { about, isProbed, jobs } = reportedPod(state, replica) ?? unknownPod
      const run = runOf(setting, jobs)
      const reported = { _tag: 'Reported', controller: 'kubernetes', about } as const
      const isReady = isProbed && (run === undefined || ready < later(at, run))
      return [
        ...(isReady ? [{ ...reported, at: ready, report: { ready: true } }] : []),
        ...(run === undefined ? [] : successOf(reported, { replica, at: later(at, run) })),
      ]
    },
    isSilent: (state, replica) => reportedPod(state, replica)?.isSilent === true,
    endsByItself: (state, replica) =>
      runOf(setting, reportedPod(state, replica)?.jobs ?? []) !== undefined,
    ...(setting.zones === undefined ? {} : { schedulesOf: (own) => scheduleFacts(setting, own) }),
    workloads: (state) => kubernetesWorkloads(setting, state),
    workloadOf: workloadOfPods,
    reasonText: kubernetesReason,
    warningsIn: (state) => kubernetesStatus(state).warnings,
    warnings: [],
  })
}

/** Whether a replica leaves for a reason that its controller has yet to see. */
const victimTest = (): ((state: StepState, replica: ReplicaId) => boolean) => {
  // All orders of a step ask about the state after it: what was found there is kept.
  let last: readonly [StepState, ReadonlySet<ReplicaId>] | undefined
  return (state, replica) => {
    if (last?.[0] !== state) last = [state, victimsIn(state)]
    return last[1].has(replica)
  }
}

const victimsIn = ({ unseen }: StepState): ReadonlySet<ReplicaId> =>
  new Set(
    unseen.replicas
      .filter(({ phase, because }) => phase === 'leaving' && because !== undefined)
      .map(({ replica }) => replica),
  )

const unknownPod: NonNullable<ReturnType<typeof reportedPod>> = {
  ...{ about: '', isProbed: false, isSilent: false, jobs: [] },
}

/** A pod that has succeeded holds its node no more. */
const successOf = (
  reported: { readonly _tag: 'Reported'; readonly controller: string; readonly about: string },
  { replica, at }: { readonly replica: ReplicaId; readonly at: Instant },
): readonly StepEvent[] => [
  { ...reported, at, report: { phase: 'Succeeded' } },
  { at, _tag: 'ReplicaStopped', replica },
]

function kubernetesWorkloads(
  setting: KubernetesSetting,
  state: StepState,
): readonly WorkloadState[] {
  const status = kubernetesStatus(state)
  const { deployments, replicaSets, slotted } = status
  const alone = replicaSets.filter(({ deployment }) => deployment === undefined)
  return [
    ...deployments.map((one) => deploymentState(one)),
    ...alone.map((one) => podState(one, one.replicas, one.available === one.desired)),
    ...slotted.map((one) => ({
      ...podState(one, one.updated, one.complete),
      ...(one.complete || one.note === undefined ? {} : { note: one.note }),
    })),
    ...jobStates(status, (jobs) => runOf(setting, jobs) === undefined),
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

const simulatedKinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Pod']

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
export const kubernetesSetting = (
  documents: readonly SourceDocument[],
  { run, runs, zones }: WorkTerms = {},
): KubernetesSetting => ({
  platform: 'kubernetes',
  ...(run === undefined ? {} : { run }),
  ...(runs === undefined ? {} : { runs }),
  ...(zones === undefined ? {} : { zones: [...zones.values()] }),
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

/**
 * The facts of CronJobs whose runs take a known time. What was due before counts as done: they
 * begin with the moment of the report.
 */
const scheduleFacts = (
  setting: KubernetesSetting,
  documents: readonly SourceDocument[],
): FactGroup =>
  writtenObjects(documents)
    .filter(({ kind, name }) => kind === 'CronJob' && runOf(setting, [name]) !== undefined)
    .map(({ from, kind, name, value }) => {
      const { status: _, metadata: stated, ...rest } = value as Readonly<Record<string, unknown>>
      const { creationTimestamp: __, ...metadata } = stated as Readonly<Record<string, unknown>>
      const [about, report] = [`${kind} ${name}`, { ...rest, metadata }]
      return { from, fact: { _tag: 'Reported', controller: 'kubernetes', about, report } }
    })

/** The names of Jobs and CronJobs. */
export const kubernetesWorkNames = (documents: readonly SourceDocument[]): readonly string[] =>
  writtenObjects(documents)
    .filter(({ kind }) => kind === 'Job' || kind === 'CronJob')
    .map(({ name }) => name)

/** What of the documents is not simulated. */
export const kubernetesOmissions = (
  documents: readonly SourceDocument[],
  terms: WorkTerms = {},
): readonly Warning[] => [
  ...profileOmissions(documents),
  ...objectsNotSimulated(
    writtenObjects(documents).map(({ from, kind, name, value }) => {
      const omission = kind === 'CronJob' ? idleSchedule(terms, name) : undefined
      return {
        ...{ from, kind, name, isBound: isBound(value) },
        ...(omission === undefined ? {} : { omission }),
      }
    }),
  ),
]

const profileOmissions = (documents: readonly SourceDocument[]): readonly Warning[] =>
  documents
    .flatMap((document) => kubernetesObjects.objectsIn(document))
    .filter(({ title }) => title.startsWith('Fargate profile '))
    .map(({ document, title }) => ({
      ...{ code: 'NotSimulated', from: document.from, subject: title },
      text: 'Fargate is not simulated: its pods wait for nodes like any other',
    }))

/** Why no run of a CronJob is played. */
const idleSchedule = (terms: WorkTerms, name: string): string | undefined => {
  if (terms.zones === undefined) return 'its schedule has no end: --for TIME plays its runs'
  return runOf(terms, [name]) === undefined
    ? `how long its runs take is not known: --durations run=TIME or ${name}=TIME says it`
    : undefined
}

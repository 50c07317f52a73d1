/**
 * Applies reports about pods to the controllers' memory (their state). A manifest adds an unknown
 * pod, on its node or waiting for one, or updates a known pod. A short report, which has only
 * changed fields such as `ready`, updates a known pod.
 */
import { decodeValue, int32Max, isObject, own } from '@stowage/documents'
import {
  bind,
  findNode,
  getOrThrow,
  isGone,
  nodeName,
  reclass,
  renderValue,
  withChanges,
  type Draft,
  type Instant,
  type ReportOutcome,
  type MalformedValue,
  type NodeId,
  type Phase,
  type ReplicaId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { isSidecar } from '../words/container.js'
import {
  deletionCostOf,
  hasEndedPhase,
  PodLife,
  PodReport,
  restartsMax,
  type PodPhase,
} from './pod-life.js'
import type { FailedPod } from '../job/failure-policy.js'
import { controllerRefOf, type OwnerReference } from '../words/metadata.js'
import { indexOf } from '../workload/share.js'
import { controllerNameOf, fullName } from '../workload/workload.js'
import { titleOfSet } from './edit.js'
import { deletionCostKey, isProbed } from './learn-workload.js'
import { withoutWaitingPod, withWaitingPod } from './learn-waiting-pod.js'
import { withClass, type ClassSetting } from './lowered-class.js'
import {
  notesIn,
  withNote,
  withWarnings,
  type KubernetesMemory,
  type NotedPod,
  type PodRecord,
  type PodSlot,
} from './memory.js'
import { replicaNamed } from './pod-name.js'
import {
  readReport,
  type ReadingSetting,
  type ReportedObject,
  type ReportSubject,
} from './read-report.js'

type PodSubject = ReportSubject & { readonly kind: 'Pod' }
type LearnResult = E.Either<MalformedValue, ReportOutcome<KubernetesMemory>>

/** What taking in a report on a pod needs beside the report. */
export interface PodSetting extends ClassSetting, ReadingSetting {}

/** Takes in a report on a pod. */
export const learnPod = (
  draft: Draft,
  setting: PodSetting,
  memory: KubernetesMemory,
  subject: PodSubject,
  { report, now }: { readonly report: unknown; readonly now: Instant },
): LearnResult => {
  const replica = replicaOf(memory, subject.name)
  if (!isManifest(report))
    return replica === undefined && !isGonePod(draft, subject)
      ? E.left(unknownPodFault(subject))
      : pipe(
          shortReport(report),
          E.map((short) =>
            replica === undefined ? { memory } : notePod(memory, replica, changeIn(short)),
          ),
        )
  const life = lifeIn(report)
  if (E.isLeft(life)) return life
  const phase = life.right.status?.phase
  if (hasEndedPhase(phase))
    return E.right(
      replica === undefined
        ? { memory }
        : notePod(memory, replica, { phase, outcome: outcomeIn(life.right) }),
    )
  const read = readReport(subject, report, setting)
  if (E.isLeft(read)) return read
  const pod = { ...read.right, life: life.right }
  const warned = withWarnings(memory, subject.title, pod.warnings)
  if (replica === undefined && (read.right.found.object.spec.nodeName ?? '') === '')
    return E.right({ memory: withWaitingPod(draft, setting, warned, read.right) })
  return replica === undefined
    ? bindPod(draft, setting, warned, pod, now)
    : changePod(draft, setting, warned, pod, replica, now)
}

/** The memory in which a pod was deleted; one that is not known is gone already. */
export const withoutPod = (memory: KubernetesMemory, { name }: PodSubject): KubernetesMemory => {
  const replica = replicaOf(memory, name)
  return replica === undefined
    ? withoutWaitingPod(memory, name)
    : notePod(memory, replica, { ending: deletionText }).memory
}

const deletionText = 'the pod was deleted'

const notePod = (
  memory: KubernetesMemory,
  replica: ReplicaId,
  report: NotedPod,
): ReportOutcome<KubernetesMemory> => ({
  memory: withNote(memory, { _tag: 'PodNote', replica, report }),
})

/** A reported pod keeps its name; that of a pod that was started here says which replica it is. */
const replicaOf = (memory: KubernetesMemory, name: string): ReplicaId | undefined => {
  const reported = memory.podNames.get(name)
  if (reported !== undefined) return reported
  const replica = replicaNamed(name)
  if (replica === undefined) return undefined
  return memory.pods.get(replica)?.name === name ? replica : undefined
}

/** Whether a report is a manifest; a short report has no kind. */
const isManifest = (report: unknown): boolean =>
  isObject(report) && own(report, 'kind') !== undefined

/** Whether a pod was started here and is gone: its name tells its replica. */
const isGonePod = (draft: Draft, { name }: PodSubject): boolean => {
  const replica = replicaNamed(name)
  return replica !== undefined && isGone(draft, replica)
}

const unknownPodFault = ({ name }: PodSubject): MalformedValue => ({
  ...{ at: [], found: `a report on ${name}, which is not known` },
  expected: 'a pod that was reported whole, or one that was started here and has its node',
})

const firstFault = E.mapLeft(([first]: readonly MalformedValue[]): MalformedValue => first!)

const shortReport = (report: unknown): E.Either<MalformedValue, PodReport> =>
  firstFault(decodeValue(PodReport, report))

const lifeIn = (report: unknown): E.Either<MalformedValue, PodLife> =>
  firstFault(decodeValue(PodLife, report))

/** What a short report says. */
const changeIn = ({ containers, conditions, ...change }: PodReport): NotedPod => ({
  ...change,
  ...(containers.length + conditions.length === 0 ? {} : { outcome: { containers, conditions } }),
})

/** How the containers of a pod ended, init containers last, and its conditions. */
const outcomeIn = ({ status }: PodLife): FailedPod => ({
  containers: [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].map(
    ({ name, state }) => ({ name, exitCode: state?.terminated?.exitCode }),
  ),
  conditions: status?.conditions ?? [],
})

type LivePod = ReportedObject<'Pod'> & { readonly life: PodLife }

const bindPod = (
  draft: Draft,
  setting: PodSetting,
  memory: KubernetesMemory,
  pod: LivePod,
  now: Instant,
): LearnResult => {
  const { workload, found, life } = pod
  const { metadata, spec } = found.object
  const node = findNode(draft, spec.nodeName ?? '')
  if (O.isNone(node)) return E.left(unknownNodeFault(spec.nodeName))
  const { memory: next, classKey } = withClass(draft, setting, memory, workload)
  const isLeaving = metadata.deletionTimestamp !== undefined
  const isRunning = (life.status?.phase ?? 'Running') !== 'Pending'
  const phase: Phase = isLeaving ? 'leaving' : isRunning ? 'running' : 'assumed'
  const classId = next.classes.get(classKey)!.class
  const replica = getOrThrow(bind(draft, classId, node.value, phase))
  const name = fullName(metadata)
  const owner = controllerRefOf(metadata)
  const controlledBy = controllerNameOf(metadata, 'ReplicaSet')
  const slot = slotOf(workload, owner, node.value)
  const record: PodRecord = {
    ...(slot === undefined ? {} : { slot }),
    ...{ name, namespace: workload.namespace, uid: metadata.uid ?? name, node: node.value },
    ...{ class: classId, labels: workload.labels, set: undefined, controlledBy, isLeaving },
    phase: isRunning ? (life.status?.phase === 'Unknown' ? 'Unknown' : 'Running') : 'Pending',
    readyAt: undefined,
    created: life.metadata.creationTimestamp ?? now,
    ...startTimeOf(life),
    ...{ deletionCost: 0, restarts: 0, sidecarRestarts: 0, restartsTotal: 0, ending: undefined },
    isProbed: isProbed(found, workload),
    ...(workload.stored === undefined ? {} : { stored: workload.stored }),
  }
  const isAdoptable = owner === undefined || controlledBy !== undefined
  const known = { ...next, podNames: withChanges(next.podNames, [[name, replica]]) }
  const withPod = isAdoptable
    ? withNote(known, { _tag: 'BoundNote', replica, pod: record })
    : withNote(known, { _tag: 'BoundNote', replica, pod: { ...record, controlledBy: foreign } })
  const { memory: nextMemory } = notePod(withPod, replica, changeOf(pod, record, now))
  return E.right({
    memory: nextMemory,
    replicas: [{ replica, owner: slot?.workload ?? ownerTitle(name, controlledBy) }],
  })
}

/** When the kubelet accepted a pod, unless that was when it was made. */
const startTimeOf = ({ metadata, status }: PodLife): Pick<PodRecord, 'startedAt'> =>
  status?.startTime === undefined || status.startTime === metadata.creationTimestamp
    ? {}
    : { startedAt: status.startTime }

const ownerTitle = (name: string, controlledBy: string | undefined): string =>
  controlledBy === undefined ? `Pod ${name}` : titleOfSet(controlledBy)

/**
 * The slot of a pod that was found, if it is one of a StatefulSet, a DaemonSet or a Job. A pod
 * without an index in an Indexed Job is beyond all of them.
 */
const slotOf = (
  workload: LivePod['workload'],
  owner: OwnerReference | undefined,
  node: NodeId,
): PodSlot | undefined => {
  const key = slotKey(workload, owner?.kind, node)
  if (owner === undefined || !slottedKinds.includes(owner.kind) || Number.isNaN(key))
    return undefined
  const name = fullName({ namespace: workload.namespace, name: owner.name })
  const label = workload.labels.get('controller-revision-hash') ?? ''
  return { workload: `${owner.kind} ${name}`, key, text: `label ${label}` }
}

const slotKey = (workload: LivePod['workload'], kind: string | undefined, node: NodeId): number => {
  if (kind === 'DaemonSet') return node
  const index = indexOf(workload)
  return kind === 'Job' && Number.isNaN(index) ? int32Max : index
}

const slottedKinds: readonly string[] = ['StatefulSet', 'DaemonSet', 'Job']

/** The ReplicaSet of a pod that something else controls: none has this name. */
const foreign = ''

const unknownNodeFault = (name: string | undefined): MalformedValue => ({
  ...{ at: ['spec', 'nodeName'], found: renderValue(name) },
  expected: 'the name of a node that is there',
})

/** What a whole report says of a pod beside its class. */
const changeOf = (
  { life, found, workload }: LivePod,
  pod: Pick<PodRecord, 'isProbed' | 'readyAt'>,
  now: Instant,
): NotedPod => {
  const { conditions = [], containerStatuses = [], initContainerStatuses = [] } = life.status ?? {}
  const condition = conditions.find(({ type }) => type === 'Ready')
  const phase: PodPhase = life.status?.phase ?? 'Running'
  const ready =
    condition === undefined ? phase === 'Running' && !pod.isProbed : condition.status === 'True'
  const since = condition?.lastTransitionTime ?? pod.readyAt ?? now
  const sidecars = found.object.spec.initContainers.filter(isSidecar).map(({ name }) => name)
  return {
    ...{ phase, ready, labels: workload.labels },
    ...(ready ? { readyAt: since } : {}),
    restarts: restartsMax(containerStatuses),
    restartsTotal: [...containerStatuses, ...initContainerStatuses].reduce(
      (sum, { restartCount = 0 }) => sum + restartCount,
      0,
    ),
    sidecarRestarts: restartsMax(
      initContainerStatuses.filter(({ name }) => sidecars.includes(name)),
    ),
    deletionCost: deletionCostOf(life.metadata.annotations.get(deletionCostKey)),
  }
}

const changePod = (
  draft: Draft,
  setting: PodSetting,
  memory: KubernetesMemory,
  pod: LivePod,
  replica: ReplicaId,
  now: Instant,
): LearnResult => {
  const known = memory.pods.get(replica) ?? boundIn(memory, replica)!
  const { nodeName: found } = pod.found.object.spec
  const node = nodeName(draft, known.node)
  if (found !== node)
    return E.left({
      ...{ at: ['spec', 'nodeName'], found: renderValue(found) },
      expected: `${node}, where the pod is: a pod never moves`,
    })
  const { memory: next, classKey } = withClass(draft, setting, memory, pod.workload)
  const classId = next.classes.get(classKey)!.class
  if (classId !== known.class && known.goneNode === undefined)
    getOrThrow(reclass(draft, replica, classId))
  const leaving = pod.found.object.metadata.deletionTimestamp
  return E.right(
    notePod(next, replica, {
      ...{ ...changeOf(pod, known, now), class: classId },
      ...(leaving === undefined ? {} : { ending: deletionText }),
    }),
  )
}

/** A pod that was bound since the last pass. */
const boundIn = (memory: KubernetesMemory, replica: ReplicaId): PodRecord | undefined => {
  const note = notesIn(memory).find((one) => one._tag === 'BoundNote' && one.replica === replica)
  return note?._tag === 'BoundNote' ? note.pod : undefined
}

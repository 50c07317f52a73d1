/**
 * Defines the memory (the state) of the workload controllers as an immutable value: the objects as
 * an API server would hold them. Reports are queued in an inbox until the next pass (one run of the
 * controllers) applies them.
 */
import {
  byCodeUnit,
  withChanges,
  type ClassId,
  type Instant,
  type NodeId,
  type ReplicaId,
} from '@stowage/kernel'
import type { DaemonAdmittance, DaemonTemplate } from '../daemon-set/admittance.js'
import type { CronTerms, CronTurn } from '../cron-job/cron-turn.js'
import type { FailedPod } from '../job/failure-policy.js'
import type { JobTally, JobTerms } from '../job/job-terms.js'
import type { KnownPod } from '../scheduler/session.js'
import type { CarriedTerm } from '../surroundings/carried.js'
import type { Labels, LabelSelector } from '../words/label-selector.js'
import type { PodPhase, PodReport } from './pod-life.js'
import type { TaintLimit } from '../node-lifecycle/taint-limit.js'
import type { ZoneState } from '../node-lifecycle/zone-state.js'
import type { Taint, Toleration } from '../words/taint.js'
import type { KubernetesWarning } from '../words/warning.js'
import type { UpdateStrategy } from '../words/workload.js'
import type { WireObject, WirePod } from '../wire/objects.js'
import type { ProgressCondition, RolloutStatus } from './progress.js'

/** A pod template: what its pods are, and by which class they are placed. */
export interface TemplateRecord {
  /** The printed template; equal for templates that controllers hold equal. */
  readonly text: string
  /** The label `pod-template-hash` of the pods that a Deployment makes of it. */
  readonly hash: string
  /** The key of its class. */
  readonly classKey: string
  readonly labels: Labels
  /** Whether a pod is ready only when somebody says so. */
  readonly isProbed: boolean
  /** Whether scheduling gates hold its pods, so that they wait for ever. */
  readonly isGated: boolean
  readonly deletionCost: number
  /** Why the API server refuses to make its pods. */
  readonly refusal: string | undefined
  /** A pod of it as the API server stores it, which quotas count. */
  readonly stored?: WirePod
}

/** Pods that a quota refuses. */
export interface PodRefusal {
  /** That of the first attempt. */
  readonly message: string
  /** How many syncs in a row have failed. */
  readonly failures: number
  /** When the next attempt is due. */
  readonly attemptAt: Instant
}

/** The class of pods that are alike, with one of them, to lower it again. */
export interface LoweredClass {
  readonly class: ClassId
  readonly pod: KnownPod
}

/** Pods of a ReplicaSet that wait for a node. */
export interface WaitingPods {
  readonly class: ClassId
  readonly count: number
}

/** A ReplicaSet. Leaving pods are counted apart and are no members. */
export interface ReplicaSetRecord {
  /** Namespace and name: `shop/web`. */
  readonly name: string
  readonly namespace: string
  readonly created: Instant
  /** The wanted number of its pods. */
  readonly replicas: number
  /** The size of its Deployment when it was last scaled, where that is known. */
  readonly desiredReplicas: number | undefined
  /** The same with the surge. */
  readonly maxReplicas: number | undefined
  /** The Deployment that controls it, whether or not it is known. */
  readonly deployment: string | undefined
  /** Whether something controls it. */
  readonly isControlled: boolean
  readonly isDeleted: boolean
  /** Whether what it controls stays behind when it is deleted. */
  readonly isOrphaning?: boolean
  readonly labels: Labels
  readonly selector: LabelSelector | undefined
  readonly minReady: number
  readonly revision: number
  readonly template: TemplateRecord
  readonly members: ReadonlyMap<ReplicaId, true>
  readonly memberCount: number
  readonly ready: number
  /** The members that are ready and not yet available, with when they will be. */
  readonly ripening: ReadonlyMap<ReplicaId, Instant>
  readonly ripeningCount: number
  readonly leaving: number
  readonly waiting: readonly WaitingPods[]
}

/** A Deployment. */
export interface DeploymentRecord {
  readonly name: string
  readonly namespace: string
  readonly isDeleted: boolean
  /** Whether what it controls stays behind when it is deleted. */
  readonly isOrphaning?: boolean
  readonly isPaused: boolean
  readonly replicas: number
  readonly strategy: UpdateStrategy
  /** In milliseconds, as is the deadline. */
  readonly minReady: number
  readonly deadline: number | undefined
  readonly historyLimit: number
  readonly selector: LabelSelector | undefined
  readonly template: TemplateRecord
  readonly revision: number
  readonly status: RolloutStatus
  /** Whether the status is one of the present spec. */
  readonly isObserved: boolean
  readonly progress: ProgressCondition | undefined
  /** When it was resized last so that an old ReplicaSet grew. */
  readonly grownAt?: Instant
  /** Why pods of one of its ReplicaSets are refused, as its last sync of a rollout found it. */
  readonly failure?: string
}

/** The place of a pod in a StatefulSet or a Job, or on a node of a DaemonSet. */
export interface PodSlot {
  /** The title of the workload: `StatefulSet shop/db`. */
  readonly workload: string
  /** The ordinal, the node, the completion index, or the number of a pod in its Job. */
  readonly key: number
  /**
   * The printed template; of a pod that was found, its revision label after `label `, and of one
   * that was adopted and is of no known version, after `revision `.
   */
  readonly text: string
  /** Whether its Job has counted its end, or is not to count it. */
  readonly isCounted?: boolean
}

/** Pods that wait for a node, each in a slot. */
export interface WaitingSlot {
  readonly class: ClassId
  readonly text: string
}

/** A version of a template, which a ControllerRevision holds. */
export interface TemplateRevision {
  /** The printed template. */
  readonly text: string
  /** The label of its pods. */
  readonly label: string
  /** The highest one is the present version. */
  readonly number: number
}

/** A ControllerRevision that its workload has left behind. */
export interface OrphanRevision extends TemplateRevision {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  /** That of its workload. */
  readonly kind: string
  readonly labels: Labels
}

/** The names of the claim templates of a StatefulSet, and what becomes of their claims. */
export interface ClaimTerms {
  readonly templates: readonly string[]
  /** The templates as the API server stores their claims, which quotas count. */
  readonly stored?: readonly WireObject[]
  /** When the StatefulSet is deleted. */
  readonly whenDeleted: 'Delete' | 'Retain'
  /** When their pod is scaled away. */
  readonly whenScaled: 'Delete' | 'Retain'
}

/** A PersistentVolumeClaim. */
export interface ClaimRecord {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  /** The `namespace/name` of the pod of a StatefulSet that it is for. */
  readonly pod: string | undefined
  readonly owner: ClaimOwner | undefined
  /** Whether it was deleted, and goes once no pod uses it. */
  readonly isLeaving: boolean
  /** The claim as the API server stores it, which quotas count. */
  readonly stored?: WireObject
}

/** What a claim goes with: a StatefulSet, or a pod: a replica, or what waits in a slot. */
export interface ClaimOwner {
  readonly title: string
  readonly replica?: ReplicaId
  readonly slot?: Pick<PodSlot, 'workload' | 'key'>
}

/** A StatefulSet, a DaemonSet or a Job: each of its pods has a slot of its own. */
export interface SlottedRecord {
  /** `StatefulSet shop/db`. */
  readonly title: string
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  readonly isDeleted: boolean
  /** Whether what it controls stays behind when it is deleted. */
  readonly isOrphaning?: boolean
  /** In milliseconds. */
  readonly minReady: number
  readonly strategy: UpdateStrategy
  /** The template of new pods, and that of the pods below a partition. */
  readonly template: TemplateRecord
  readonly current: TemplateRecord
  /** The first template that was reported: pods that were found are of it, or of an older one. */
  readonly first: Pick<TemplateRecord, 'text' | 'hash'>
  /** The versions of its template since it was reported; absent for a Job. */
  readonly revisions?: readonly TemplateRevision[]
  /** How many old versions are kept; absent for a Job. */
  readonly revisionHistoryLimit?: number
  /** By which it adopts pods; absent for a Job whose selector is made for it. */
  readonly podSelector?: LabelSelector
  /** What a StatefulSet has beside that; absent for a DaemonSet. */
  readonly ordinals?: {
    readonly replicas: number
    readonly start: number
    readonly isParallel: boolean
  }
  /** The claims that a StatefulSet makes for each of its pods; absent without any. */
  readonly claims?: ClaimTerms
  /** What a DaemonSet has beside that: the nodes are those that may hold a pod. */
  readonly daemon?: {
    readonly template: DaemonTemplate
    readonly nodes: ReadonlyMap<NodeId, DaemonAdmittance>
    /** The nodes as the last sync found them, by which the status counts. */
    readonly countedNodes: ReadonlyMap<NodeId, DaemonAdmittance>
  }
  /** What a Job has beside that. */
  readonly job?: JobPart
  /** What a pod has that waits for a node by itself: its only slot is 0. */
  readonly pod?: Pick<PodRecord, 'uid' | 'controlledBy'>
  readonly members: ReadonlyMap<ReplicaId, true>
  /** By slot. */
  readonly waiting: ReadonlyMap<number, WaitingSlot>
}

/** What is known of a Job alone. */
export interface JobPart {
  readonly terms: JobTerms
  readonly tally: JobTally
  /** The number of its next pod, where pods have no index. */
  readonly serial: number
  /** The `namespace/name` of the CronJob that controls it. */
  readonly cronJob: string | undefined
}

/** A CronJob. */
export interface CronJobRecord {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  readonly isDeleted: boolean
  /** Whether what it controls stays behind when it is deleted. */
  readonly isOrphaning?: boolean
  readonly terms: CronTerms
  /** The template of its Jobs' pods, and the terms of its Jobs. */
  readonly template: TemplateRecord
  readonly jobTerms: JobTerms
  readonly created: Instant
  /** The time of the schedule for which a Job was made last. */
  readonly lastScheduled: Instant | undefined
  readonly missed: CronTurn['missed']
  /** The titles of its Jobs. */
  readonly jobs: readonly string[]
  /** How many of its Jobs have succeeded and failed since it is known; absent for none. */
  readonly succeeded?: number
  readonly failed?: number
}

/** A pod on a node. */
export interface PodRecord {
  readonly name: string
  readonly namespace: string
  readonly uid: string
  readonly node: NodeId
  readonly class: ClassId
  readonly labels: Labels
  /** The ReplicaSet that it is a pod of, if that is known. */
  readonly set: string | undefined
  /** Its slot; absent for a pod of another kind of workload. */
  readonly slot?: PodSlot
  /** The pod as the API server stores it, which quotas count. */
  readonly stored?: WirePod
  /** The ReplicaSet that it says it is of; empty for a pod that nothing controls. */
  readonly controlledBy: string | undefined
  readonly phase: PodPhase
  readonly readyAt: Instant | undefined
  readonly created: Instant
  /** When its kubelet accepted it, where that was reported; otherwise it counts from `created`. */
  readonly startedAt?: Instant
  readonly deletionCost: number
  readonly restarts: number
  readonly sidecarRestarts: number
  /** The sum over all its containers. */
  readonly restartsTotal: number
  /** How its containers ended, and why it was disrupted; absent until either is known. */
  readonly outcome?: FailedPod
  readonly isProbed: boolean
  readonly isLeaving: boolean
  /** The name of its node, when that is gone and the collector of pods has not found it yet. */
  readonly goneNode?: string
  /** Why it has to be ended: it was deleted, or has ended and still holds its node. */
  readonly ending: string | undefined
}

/** A node whose condition Ready is bad. */
export interface LostNode {
  readonly zone: string
  /** Whether its kubelet is silent. */
  readonly isSilent: boolean
  /** Since when it waits for its taint. */
  readonly since: Instant
  readonly isTainted: boolean
}

/** A zone in which nodes are lost. */
export interface ZoneRecord {
  readonly state: ZoneState
  readonly limit: TaintLimit
}

/** What was reported since the last pass. */
export type Note =
  | { readonly _tag: 'DeploymentNote'; readonly name: string }
  | { readonly _tag: 'SetNote'; readonly name: string }
  | { readonly _tag: 'SlottedNote'; readonly title: string }
  | { readonly _tag: 'CronJobNote'; readonly name: string }
  | { readonly _tag: 'ClaimNote'; readonly name: string }
  | { readonly _tag: 'BoundNote'; readonly replica: ReplicaId; readonly pod: PodRecord }
  | { readonly _tag: 'PodNote'; readonly replica: ReplicaId; readonly report: NotedPod }

/** A change of a pod. */
export interface NotedPod extends Partial<Omit<PodReport, 'containers' | 'conditions'>> {
  readonly readyAt?: Instant
  readonly sidecarRestarts?: number
  readonly restartsTotal?: number
  readonly outcome?: FailedPod
  readonly deletionCost?: number
  readonly class?: ClassId
  readonly labels?: Labels
  /** Why the pod has to be ended. */
  readonly ending?: string
}

/** Notes, the last first. A pass with many reports thus copies each map once. */
export interface Inbox {
  readonly note: Note
  readonly before: Inbox | undefined
}

/** The memory of the controller. Objects are found by `namespace/name`. */
export interface KubernetesMemory {
  readonly deployments: ReadonlyMap<string, DeploymentRecord>
  readonly replicaSets: ReadonlyMap<string, ReplicaSetRecord>
  /** StatefulSets, DaemonSets and Jobs, by their titles. */
  readonly slotted: ReadonlyMap<string, SlottedRecord>
  readonly cronJobs: ReadonlyMap<string, CronJobRecord>
  readonly claims: ReadonlyMap<string, ClaimRecord>
  /** ControllerRevisions that nothing controls. */
  readonly orphans: ReadonlyMap<string, OrphanRevision>
  /** The ReplicaSets of each Deployment. */
  readonly setsOf: ReadonlyMap<string, readonly string[]>
  /** ReplicaSets that nothing controls. */
  readonly bareSets: ReadonlyMap<string, true>
  readonly pods: ReadonlyMap<ReplicaId, PodRecord>
  /** The pods that were reported, by name. */
  readonly podNames: ReadonlyMap<string, ReplicaId>
  /** Reported pods without a known ReplicaSet that may yet get one. */
  readonly strayPods: ReadonlyMap<ReplicaId, true>
  readonly classes: ReadonlyMap<string, LoweredClass>
  /** The tolerations of the pods of each class. */
  readonly tolerations: ReadonlyMap<ClassId, readonly Toleration[]>
  /** The taints with the effect `NoExecute` by which pods are evicted, by node. */
  readonly taints: ReadonlyMap<NodeId, readonly Taint[]>
  /** The nodes whose condition Ready is bad. */
  readonly lost: ReadonlyMap<NodeId, LostNode>
  /** How fast lost nodes are tainted, by zone; a zone without an entry is as at the beginning. */
  readonly zones: ReadonlyMap<string, ZoneRecord>
  /** How many classes were made since those were forgotten that nothing uses. */
  readonly classesMade: number
  /** Classes that were replaced when the terms around them changed. */
  readonly oldClasses: readonly ClassId[]
  /** The affinity terms of all pods and templates that were seen, by their texts. */
  readonly carried: ReadonlyMap<string, CarriedTerm>
  readonly inbox: Inbox | undefined
  /** When an object changes by itself, by its title. */
  readonly dues: ReadonlyMap<string, Instant>
  readonly nextDue: Instant | undefined
  /** The objects whose pods a quota refuses, by their titles. */
  readonly refusals: ReadonlyMap<string, PodRefusal>
  /** The quotas of the last pass, printed. */
  readonly limits: string
  /** What is read and not honoured, by the title of the object. */
  readonly warnings: ReadonlyMap<string, readonly KubernetesWarning[]>
}

/** The name of the controller in events, owners and faults. */
export const controllerName = 'kubernetes'

/** The memory before the first report. */
export const emptyMemory: KubernetesMemory = {
  deployments: new Map(),
  replicaSets: new Map(),
  slotted: new Map(),
  cronJobs: new Map(),
  claims: new Map(),
  orphans: new Map(),
  setsOf: new Map(),
  bareSets: new Map(),
  pods: new Map(),
  podNames: new Map(),
  strayPods: new Map(),
  classes: new Map(),
  tolerations: new Map(),
  taints: new Map(),
  lost: new Map(),
  zones: new Map(),
  classesMade: 0,
  oldClasses: [],
  carried: new Map(),
  inbox: undefined,
  dues: new Map(),
  nextDue: undefined,
  refusals: new Map(),
  limits: '[]',
  warnings: new Map(),
}

/** The memory with one more note. */
export const withNote = (memory: KubernetesMemory, note: Note): KubernetesMemory => ({
  ...memory,
  inbox: { note, before: memory.inbox },
})

/** The memory with the warnings of an object, which replace those before. */
export const withWarnings = (
  memory: KubernetesMemory,
  title: string,
  warnings: readonly KubernetesWarning[],
): KubernetesMemory =>
  warnings.length === 0 && !memory.warnings.has(title)
    ? memory
    : {
        ...memory,
        warnings: withChanges(memory.warnings, [
          [title, warnings.length === 0 ? undefined : warnings],
        ]),
      }

/** The notes, the first first. */
export const notesIn = ({ inbox }: Pick<KubernetesMemory, 'inbox'>): readonly Note[] => {
  const notes: Note[] = []
  for (let rest = inbox; rest !== undefined; rest = rest.before) notes.push(rest.note)
  return notes.reverse()
}

/** How many pods of a ReplicaSet wait for a node. */
export const waitingIn = ({ waiting }: Pick<ReplicaSetRecord, 'waiting'>): number =>
  waiting.reduce((sum, { count }) => sum + count, 0)

/** How many pods a ReplicaSet has, those that wait for a node among them. */
export const actualOf = (set: Pick<ReplicaSetRecord, 'memberCount' | 'waiting'>): number =>
  set.memberCount + waitingIn(set)

/** How many members are available. */
export const availableOf = ({
  ready,
  ripeningCount,
}: Pick<ReplicaSetRecord, 'ready' | 'ripeningCount'>): number => ready - ripeningCount

/**
 * The memory as data that JSON can carry. Entries are in the order of their keys. The long texts
 * that tell templates and classes apart are left out, and so are pods as they are stored: the hash
 * of a template and the numbers of the classes say what they say. Logs hold the hash of the data,
 * so that what was added to the memory later is left out while it holds nothing.
 */
export const memoryData = (memory: KubernetesMemory): unknown => {
  const { classes, inbox: _, claims, orphans, refusals, limits, lost, zones, ...rest } = memory
  const added = { claims, orphans, refusals, lost, zones }
  return dataOf({
    ...rest,
    ...Object.fromEntries(Object.entries(added).filter(([, map]) => map.size > 0)),
    ...(limits === emptyMemory.limits ? {} : { limits }),
    classes: [...classes.values()].map((lowered) => lowered.class).sort((a, b) => a - b),
    inbox: notesIn(memory),
  })
}

const isLong = (key: string): boolean => longKeys.includes(key)

const longKeys: readonly string[] = [
  ...['text', 'classKey', 'stored', 'podSelector', 'revisionHistoryLimit'],
]

const dataOf = (value: unknown): unknown => {
  if (value instanceof Map || isReadonlyMap(value))
    return [...(value as ReadonlyMap<unknown, unknown>)]
      .map(([key, inner]): readonly [unknown, unknown] => [key, dataOf(inner)])
      .sort(([a], [b]) => byCodeUnit(String(a), String(b)))
  if (Array.isArray(value)) return value.map(dataOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined || isLong(key) ? [] : [[key, dataOf(inner)] as const],
    ),
  )
}

/** The kernel's map that is cheap to change is no `Map`. */
const isReadonlyMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'entries' in value && 'layers' in value

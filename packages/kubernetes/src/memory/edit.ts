/**
 * Collects the changes that one pass (one run of the controllers) makes to the controllers' memory
 * (their state). Reads see these changes on top of the old memory; `sealedMemory` merges both into
 * the next memory.
 */
import {
  withChanges,
  type ClassId,
  type Instant,
  type MapChange,
  type NodeId,
  type ReplicaId,
} from '@stowage/kernel'
import { admissionCluster, type AdmissionCluster } from '../admission/cluster.js'
import type { QuotaUsage } from '../admission/quota.js'
import type { Taint } from '../words/taint.js'
import { hasEndedPhase } from './pod-life.js'
import type {
  ClaimRecord,
  CronJobRecord,
  DeploymentRecord,
  KubernetesMemory,
  LostNode,
  OrphanRevision,
  PodRecord,
  PodRefusal,
  ReplicaSetRecord,
  SlottedRecord,
  WaitingPods,
  ZoneRecord,
} from './memory.js'

type Changes<Key, Value> = Map<Key, Value | undefined>

/** What a pass knows of ResourceQuotas. */
export interface QuotaEdit extends QuotaLimits {
  /** What is used; absent until a pod is to be made. */
  used: QuotaUsage | undefined
  /** Whether a pod that was counted is gone or has ended. */
  isFreed: boolean
}

/** The quotas, and their text, which tells them from those of another pass. */
export interface QuotaLimits {
  readonly cluster: AdmissionCluster
  readonly limits: string
}

/** No quotas. */
export const noQuotas: QuotaLimits = { cluster: admissionCluster([]), limits: '[]' }

/**
 * The changes of a pass over the memory that it began with.
 *
 * It lives as long as the pass, and keeps the counts of ReplicaSets consistent with their pods.
 */
export interface MemoryEdit {
  readonly before: KubernetesMemory
  readonly now: Instant
  readonly deployments: Changes<string, DeploymentRecord>
  readonly replicaSets: Changes<string, ReplicaSetRecord>
  readonly slotted: Changes<string, SlottedRecord>
  readonly cronJobs: Changes<string, CronJobRecord>
  readonly claims: Changes<string, ClaimRecord>
  readonly orphans: Changes<string, OrphanRevision>
  readonly setsOf: Changes<string, readonly string[]>
  readonly bareSets: Changes<string, true>
  readonly pods: Changes<ReplicaId, PodRecord>
  readonly podNames: Changes<string, ReplicaId>
  readonly strayPods: Changes<ReplicaId, true>
  /** Pods that nothing controls since this pass. */
  readonly freePods: ReplicaId[]
  readonly taints: Changes<NodeId, readonly Taint[]>
  readonly lost: Changes<NodeId, LostNode>
  readonly zones: Changes<string, ZoneRecord>
  readonly members: Map<string, Changes<ReplicaId, true>>
  /** The records of ReplicaSets that this pass copied to count pods in them. */
  readonly ownSets: Set<ReplicaSetRecord>
  readonly ripening: Map<string, Changes<ReplicaId, Instant>>
  readonly dues: Changes<string, Instant>
  readonly refusals: Changes<string, PodRefusal>
  readonly quotas: QuotaEdit
  /** Why the last attempts to make pods were refused, by the titles of their workloads. */
  readonly attempts: Map<string, string>
  /** Objects that are gone, by title: their warnings go too. */
  readonly gone: Set<string>
  /** The objects to look at in this pass, by name. */
  readonly dirtyDeployments: Set<string>
  readonly dirtySets: Set<string>
  /** StatefulSets, DaemonSets and Jobs, by title. */
  readonly dirtySlotted: Set<string>
  /** Those that were reported since the last pass. */
  readonly newSlotted: Set<string>
  readonly dirtyCronJobs: Set<string>
  readonly dirtyClaims: Set<string>
  readonly stops: { readonly replica: ReplicaId; readonly because: string }[]
  /** By how much the pods that wait for a node change, by ReplicaSet and class. */
  readonly starts: Map<string, Map<ClassId, number>>
  /** Pods with a slot that are to wait for a node, or no longer. */
  readonly slotOrders: SlotOrder[]
  /** Rises with each change of an object, so that rest is seen. */
  writes: number
}

/** An order about one pod that waits for a node, or that waits no longer. */
export interface SlotOrder {
  readonly _tag: 'Start' | 'Withdraw'
  readonly owner: string
  readonly class: ClassId
  /** The only nodes that it may get; any when it is absent. */
  readonly only?: readonly NodeId[]
}

/** An edit that has changed nothing. */
export const openEdit = (
  before: KubernetesMemory,
  now: Instant,
  quotas: QuotaLimits = noQuotas,
): MemoryEdit => ({
  before,
  now,
  quotas: { ...quotas, used: undefined, isFreed: false },
  refusals: new Map(),
  attempts: new Map(),
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
  freePods: [],
  taints: new Map(),
  lost: new Map(),
  zones: new Map(),
  members: new Map(),
  ownSets: new Set(),
  ripening: new Map(),
  dues: new Map(),
  gone: new Set(),
  dirtyDeployments: new Set(),
  dirtySets: new Set(),
  dirtySlotted: new Set(),
  newSlotted: new Set(),
  dirtyCronJobs: new Set(),
  dirtyClaims: new Set(),
  stops: [],
  starts: new Map(),
  slotOrders: [],
  writes: 0,
})

const valueIn = <Key, Value>(
  changes: Changes<Key, Value>,
  before: ReadonlyMap<Key, Value>,
  key: Key,
): Value | undefined => {
  const changed = changes.get(key)
  return changed !== undefined || changes.has(key) ? changed : before.get(key)
}

/** A Deployment, as it is now. */
export const deploymentIn = (edit: MemoryEdit, name: string): DeploymentRecord | undefined =>
  valueIn(edit.deployments, edit.before.deployments, name)

/** A ReplicaSet, as it is now. */
export const setIn = (edit: MemoryEdit, name: string): ReplicaSetRecord | undefined =>
  valueIn(edit.replicaSets, edit.before.replicaSets, name)

/** A StatefulSet, a DaemonSet or a Job, as it is now. */
export const slottedIn = (edit: MemoryEdit, title: string): SlottedRecord | undefined =>
  valueIn(edit.slotted, edit.before.slotted, title)

/** A CronJob, as it is now. */
export const cronJobIn = (edit: MemoryEdit, name: string): CronJobRecord | undefined =>
  valueIn(edit.cronJobs, edit.before.cronJobs, name)

/** Changes or removes a CronJob. */
export const putCronJob = (
  edit: MemoryEdit,
  name: string,
  record: CronJobRecord | undefined,
): void => {
  edit.cronJobs.set(name, record)
  edit.writes++
}

/** A claim, as it is now. */
export const claimIn = (edit: MemoryEdit, name: string): ClaimRecord | undefined =>
  valueIn(edit.claims, edit.before.claims, name)

/** Changes, adds or removes a claim. */
export const putClaim = (edit: MemoryEdit, name: string, record: ClaimRecord | undefined): void => {
  edit.claims.set(name, record)
  edit.dirtyClaims.add(name)
  edit.writes++
}

/** The pod of a `namespace/name`, as it is now, where its name was given to it or reported. */
export const podNamed = (edit: MemoryEdit, name: string): PodRecord | undefined => {
  const replica = valueIn(edit.podNames, edit.before.podNames, name)
  return replica === undefined ? undefined : podIn(edit, replica)
}

/** The pods of a StatefulSet, a DaemonSet or a Job, as they are now, the oldest first. */
export const slottedPods = (
  edit: MemoryEdit,
  { title, members }: SlottedRecord,
): readonly (readonly [ReplicaId, PodRecord])[] =>
  [...keysAfter(members, edit.members.get(title))]
    .sort((a, b) => a - b)
    .flatMap((replica) => {
      const pod = podIn(edit, replica)
      return pod === undefined ? [] : [[replica, pod] as const]
    })

/** All pods, as they are now. */
export const allPods = (edit: MemoryEdit): readonly PodRecord[] =>
  keysAfter(edit.before.pods, edit.pods).flatMap((replica) => podIn(edit, replica) ?? [])

/** All claims, as they are now. */
export const allClaims = (edit: MemoryEdit): readonly ClaimRecord[] =>
  keysAfter(edit.before.claims, edit.claims).flatMap((name) => claimIn(edit, name) ?? [])

/** All ReplicaSets, as they are now. */
export const allSets = (edit: MemoryEdit): readonly ReplicaSetRecord[] =>
  keysAfter(edit.before.replicaSets, edit.replicaSets).flatMap((name) => setIn(edit, name) ?? [])

/** All StatefulSets, DaemonSets and Jobs, as they are now. */
export const allSlotted = (edit: MemoryEdit): readonly SlottedRecord[] =>
  keysAfter(edit.before.slotted, edit.slotted).flatMap((title) => slottedIn(edit, title) ?? [])

/** The taints `NoExecute` of a node, as they are now; `undefined` without any. */
export const taintsIn = (edit: MemoryEdit, node: NodeId): readonly Taint[] | undefined =>
  valueIn(edit.taints, edit.before.taints, node)

/** A node whose condition Ready is bad, as it is now. */
export const lostIn = (edit: MemoryEdit, node: NodeId): LostNode | undefined =>
  valueIn(edit.lost, edit.before.lost, node)

/** All nodes whose condition Ready is bad. */
export const allLost = (edit: MemoryEdit): readonly (readonly [NodeId, LostNode])[] =>
  keysAfter(edit.before.lost, edit.lost).map((node) => [node, lostIn(edit, node)!] as const)

/** A zone in which nodes are lost, as it is now. */
export const zoneIn = (edit: MemoryEdit, zone: string): ZoneRecord | undefined =>
  valueIn(edit.zones, edit.before.zones, zone)

/** A pod, as it is now. */
export const podIn = (edit: MemoryEdit, replica: ReplicaId): PodRecord | undefined =>
  valueIn(edit.pods, edit.before.pods, replica)

/** The names of the ReplicaSets of a Deployment, as they are now. */
export const setsOfDeployment = (edit: MemoryEdit, name: string): readonly string[] =>
  valueIn(edit.setsOf, edit.before.setsOf, name) ?? []

/** The members of a ReplicaSet, as they are now. */
export const setMembers = (edit: MemoryEdit, { name, members }: ReplicaSetRecord) =>
  keysAfter(members, edit.members.get(name))

/** The members that become available, each with when, as they are now. */
export const ripeningOf = (
  edit: MemoryEdit,
  { name, ripening }: ReplicaSetRecord,
): readonly (readonly [ReplicaId, Instant])[] => {
  const changes = edit.ripening.get(name) ?? new Map<ReplicaId, Instant | undefined>()
  return [...keysAfter(ripening, changes)].map((replica) => [
    replica,
    valueIn(changes, ripening, replica)!,
  ])
}

const keysAfter = <Key, Value>(
  before: ReadonlyMap<Key, Value>,
  changes: Changes<Key, Value> = new Map(),
): readonly Key[] => [
  ...[...before.keys()].filter((key) => !changes.has(key)),
  ...[...changes].flatMap(([key, value]) => (value === undefined ? [] : [key])),
]

/** Changes or removes a Deployment. */
export const putDeployment = (
  edit: MemoryEdit,
  name: string,
  record: DeploymentRecord | undefined,
): void => {
  edit.deployments.set(name, record)
  edit.writes++
}

/** Changes a ReplicaSet that is there, or adds one. */
export const putSet = (edit: MemoryEdit, record: ReplicaSetRecord): void => {
  const before = setIn(edit, record.name)
  edit.replicaSets.set(record.name, record)
  edit.writes++
  if (before?.deployment === record.deployment && before?.isControlled === record.isControlled)
    return
  unlinkSet(edit, before)
  if (record.deployment !== undefined)
    edit.setsOf.set(record.deployment, [...setsOfDeployment(edit, record.deployment), record.name])
  if (!record.isControlled) edit.bareSets.set(record.name, true)
}

/** Removes a ReplicaSet. */
export const removeSet = (edit: MemoryEdit, record: ReplicaSetRecord): void => {
  unlinkSet(edit, record)
  edit.replicaSets.set(record.name, undefined)
  edit.members.delete(record.name)
  edit.ripening.delete(record.name)
  edit.dues.set(titleOfSet(record.name), undefined)
  edit.refusals.set(titleOfSet(record.name), undefined)
  edit.gone.add(titleOfSet(record.name))
  edit.writes++
}

const unlinkSet = (edit: MemoryEdit, set: ReplicaSetRecord | undefined): void => {
  if (set === undefined) return
  edit.bareSets.set(set.name, undefined)
  if (set.deployment === undefined) return
  const others = setsOfDeployment(edit, set.deployment).filter((name) => name !== set.name)
  edit.setsOf.set(set.deployment, others.length === 0 ? undefined : others)
}

/** The title of a ReplicaSet: what its pods are started for. */
export const titleOfSet = (name: string): string => `ReplicaSet ${name}`

/** The title of a Deployment. */
export const titleOfDeployment = (name: string): string => `Deployment ${name}`

/** Changes, adds or removes a pod, and counts it anew; `before` is the pod as it is now. */
export const putPod = (
  edit: MemoryEdit,
  replica: ReplicaId,
  record: PodRecord | undefined,
  before = podIn(edit, replica),
): void => {
  if (before !== undefined) countPod(edit, replica, before, -1)
  if (isCountedPod(before) && !isCountedPod(record)) edit.quotas.isFreed = true
  for (const pod of [before, record])
    if (pod?.slot !== undefined)
      changesOf(edit.members, pod.slot.workload).set(
        replica,
        record?.slot?.workload === pod.slot.workload ? true : undefined,
      )
  edit.pods.set(replica, record)
  if (record !== undefined) countPod(edit, replica, record, 1)
  if (before?.set !== record?.set || before?.slot !== record?.slot) markPod(edit, before)
  markPod(edit, record)
}

/** Whether quotas count a pod. */
const isCountedPod = (pod: PodRecord | undefined): boolean =>
  pod?.stored !== undefined && !hasEndedPhase(pod.phase)

const markPod = (edit: MemoryEdit, pod: PodRecord | undefined): void => {
  if (pod?.slot !== undefined) edit.dirtySlotted.add(pod.slot.workload)
  if (pod?.set === undefined) return
  edit.dirtySets.add(pod.set)
  const deployment = setIn(edit, pod.set)?.deployment
  if (deployment !== undefined) edit.dirtyDeployments.add(deployment)
}

/** Whether a pod counts as one of its ReplicaSet: it neither leaves nor has ended. */
export const isActivePod = ({ isLeaving, ending }: PodRecord): boolean =>
  !isLeaving && ending === undefined

const countPod = (edit: MemoryEdit, replica: ReplicaId, pod: PodRecord, by: 1 | -1): void => {
  const found = pod.set === undefined ? undefined : setIn(edit, pod.set)
  if (found === undefined) return
  const set = ownSet(edit, found)
  if (!isActivePod(pod)) {
    set.leaving += by
    return
  }
  changesOf(edit.members, set.name).set(replica, by > 0 ? true : undefined)
  const availableAt = pod.readyAt === undefined ? undefined : availableFrom(set, pod.readyAt)
  const wasRipening = isRipening(edit, set, replica)
  const ripens = by > 0 && availableAt !== undefined && availableAt > edit.now
  if (ripens) changesOf(edit.ripening, set.name).set(replica, availableAt)
  else if (wasRipening) changesOf(edit.ripening, set.name).set(replica, undefined)
  set.memberCount += by
  if (pod.readyAt !== undefined) set.ready += by
  set.ripeningCount += Number(ripens) - Number(wasRipening)
}

/** A ReplicaSet whose pods are counted in place. */
type OwnSet = {
  -readonly [Key in keyof ReplicaSetRecord]: ReplicaSetRecord[Key]
}

/**
 * The record of a ReplicaSet as a copy that belongs to the pass alone. A pass may count thousands
 * of pods of one ReplicaSet, and copies its record once.
 */
const ownSet = (edit: MemoryEdit, set: ReplicaSetRecord): OwnSet => {
  if (edit.ownSets.has(set)) return set
  const own = { ...set }
  edit.ownSets.add(own)
  edit.replicaSets.set(set.name, own)
  return own
}

const availableFrom = ({ minReady }: ReplicaSetRecord, readyAt: Instant): Instant =>
  (readyAt + minReady) as Instant

const isRipening = (edit: MemoryEdit, set: ReplicaSetRecord, replica: ReplicaId): boolean =>
  set.ripeningCount > 0 &&
  valueIn(edit.ripening.get(set.name) ?? new Map(), set.ripening, replica) !== undefined

const changesOf = <Value>(
  all: Map<string, Changes<ReplicaId, Value>>,
  name: string,
): Changes<ReplicaId, Value> => {
  const changes = all.get(name) ?? new Map<ReplicaId, Value | undefined>()
  all.set(name, changes)
  return changes
}

/** Lets pods be available that have been ready for long enough by now. */
export const ripenSet = (edit: MemoryEdit, name: string): void => {
  const set = setIn(edit, name)
  if (set === undefined || set.ripeningCount === 0) return
  const ripe = ripeningOf(edit, set).filter(([, at]) => at <= edit.now)
  if (ripe.length === 0) return
  for (const [replica] of ripe) changesOf(edit.ripening, name).set(replica, undefined)
  edit.replicaSets.set(name, { ...set, ripeningCount: set.ripeningCount - ripe.length })
  edit.dirtySets.add(name)
  if (set.deployment !== undefined) edit.dirtyDeployments.add(set.deployment)
}

/** Counts the members of a ReplicaSet anew, whose time to become available has changed. */
export const recountSet = (edit: MemoryEdit, name: string): void => {
  const set = setIn(edit, name)
  if (set === undefined) return
  const changes = changesOf(edit.ripening, name)
  for (const [replica] of ripeningOf(edit, set)) changes.set(replica, undefined)
  let ripeningCount = 0
  for (const replica of setMembers(edit, set)) {
    const readyAt = podIn(edit, replica)?.readyAt
    if (readyAt === undefined || availableFrom(set, readyAt) <= edit.now) continue
    changes.set(replica, availableFrom(set, readyAt))
    ripeningCount++
  }
  edit.replicaSets.set(name, { ...set, ripeningCount })
}

/** Adds pods of a class that wait for a node, or takes some away. */
export const addWaiting = (
  edit: MemoryEdit,
  set: ReplicaSetRecord,
  classId: ClassId,
  count: number,
): ReplicaSetRecord => {
  const own = ownSet(edit, set)
  own.waiting = waitingAfter(set.waiting, classId, count)
  edit.writes++
  return own
}

/** The rows with so many more pods of a class. */
const waitingAfter = (
  rows: readonly WaitingPods[],
  classId: ClassId,
  count: number,
): readonly WaitingPods[] => {
  const before = rows.find((row) => row.class === classId)?.count ?? 0
  const others = rows.filter((row) => row.class !== classId)
  return before + count === 0 ? others : [...others, { class: classId, count: before + count }]
}

/** Notes that the order to start pods changes by so many. */
export const orderStarts = (
  edit: MemoryEdit,
  name: string,
  classId: ClassId,
  count: number,
): void => {
  const counts = edit.starts.get(name) ?? new Map<ClassId, number>()
  edit.starts.set(name, counts)
  counts.set(classId, (counts.get(classId) ?? 0) + count)
}

/** Lets a pod go from its controller; another may adopt it. */
export const releasePod = (edit: MemoryEdit, replica: ReplicaId, pod: PodRecord): void => {
  const { slot: _, ...rest } = pod
  putPod(edit, replica, { ...rest, set: undefined, controlledBy: undefined })
  edit.strayPods.set(replica, true)
  edit.freePods.push(replica)
}

/** Orders a pod to end; from now on it is leaving. */
export const stopPod = (edit: MemoryEdit, replica: ReplicaId, because: string): void => {
  const pod = podIn(edit, replica)
  if (pod === undefined || pod.isLeaving) return
  putPod(edit, replica, { ...pod, isLeaving: true }, pod)
  // Nothing ends the pods of a node that is gone.
  if (pod.goneNode === undefined) edit.stops.push({ replica, because })
  edit.writes++
}

/** The memory after the pass; the notes are taken in. */
export const sealedMemory = (edit: MemoryEdit): KubernetesMemory => {
  const { before } = edit
  for (const title of edit.members.keys()) {
    const record = slottedIn(edit, title)
    if (record !== undefined)
      edit.slotted.set(title, {
        ...record,
        members: mapAfter(record.members, edit.members.get(title)),
      })
  }
  for (const [name, set] of edit.replicaSets)
    if (set !== undefined) edit.replicaSets.set(name, withMembers(edit, set))
  const dues = mapAfter(before.dues, edit.dues)
  return {
    ...before,
    deployments: mapAfter(before.deployments, edit.deployments),
    replicaSets: mapAfter(before.replicaSets, edit.replicaSets),
    slotted: mapAfter(before.slotted, edit.slotted),
    cronJobs: mapAfter(before.cronJobs, edit.cronJobs),
    claims: mapAfter(before.claims, edit.claims),
    orphans: mapAfter(before.orphans, edit.orphans),
    setsOf: mapAfter(before.setsOf, edit.setsOf),
    bareSets: mapAfter(before.bareSets, edit.bareSets),
    pods: mapAfter(before.pods, edit.pods),
    podNames: mapAfter(before.podNames, edit.podNames),
    strayPods: mapAfter(before.strayPods, edit.strayPods),
    taints: mapAfter(before.taints, edit.taints),
    lost: mapAfter(before.lost, edit.lost),
    zones: mapAfter(before.zones, edit.zones),
    warnings: mapAfter(before.warnings, new Map([...edit.gone].map((title) => [title, undefined]))),
    inbox: undefined,
    refusals: mapAfter(before.refusals, edit.refusals),
    limits: edit.quotas.limits,
    dues,
    nextDue: dues === before.dues ? before.nextDue : firstDue(dues),
  }
}

const withMembers = (edit: MemoryEdit, set: ReplicaSetRecord): ReplicaSetRecord => ({
  ...set,
  members: mapAfter(set.members, edit.members.get(set.name)),
  ripening: mapAfter(set.ripening, edit.ripening.get(set.name)),
})

const mapAfter = <Key, Value>(
  before: ReadonlyMap<Key, Value>,
  changes: Changes<Key, Value> = new Map(),
): ReadonlyMap<Key, Value> => {
  const real: MapChange<Key, Value>[] = [...changes].filter(
    ([key, value]) => before.get(key) !== value,
  )
  return real.length === 0 ? before : withChanges(before, real)
}

const firstDue = (dues: ReadonlyMap<string, Instant>): Instant | undefined => {
  let next: Instant | undefined
  for (const at of dues.values()) if (next === undefined || at < next) next = at
  return next
}

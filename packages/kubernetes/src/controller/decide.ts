/**
 * Runs all workload controllers once (a pass), in these steps:
 * 1. It applies the reports since the last pass, the changes of pods, and the timers that are due.
 * 2. It assigns owners to new pods and ReplicaSets, and evicts pods for taints of their nodes.
 * 3. It syncs each affected Deployment, and its ReplicaSets, until nothing changes.
 * 4. It syncs the other affected ReplicaSets, then StatefulSets, DaemonSets and Jobs.
 * 5. It syncs the CronJobs that are due or whose Jobs have ended, and the Jobs that they start.
 */
import {
  byCodeUnit,
  type Decision,
  type Instant,
  type Intent,
  type PassView,
  type ReplicaChange,
  type ReplicaId,
  type Supply,
} from '@stowage/kernel'
import { adoptObjects } from './adoption.js'
import { collectClaims, lookAtClaims } from './claims.js'
import { syncCronJob, titleOfCronJob } from './cron-job.js'
import { setsIn, syncDeployment } from './deployment.js'
import {
  addWaiting,
  noQuotas,
  openEdit,
  podIn,
  putPod,
  releasePod,
  ripeningOf,
  ripenSet,
  sealedMemory,
  setIn,
  setsOfDeployment,
  slottedIn,
  titleOfDeployment,
  titleOfSet,
  type MemoryEdit,
  type QuotaLimits,
} from '../memory/edit.js'
import { notesIn, type KubernetesMemory, type NotedPod, type PodRecord } from '../memory/memory.js'
import { hasEndedPhase } from '../memory/pod-life.js'
import { preemptedOutcome } from '../memory/preempted.js'
import { objectOfAttempt, orderAttempts, refusalIn } from '../memory/quota-use.js'
import { selects } from '../words/label-selector.js'
import { podNameOf } from '../memory/pod-name.js'
import { countGonePod } from './job.js'
import { isLossTitle } from './lost-nodes.js'
import { forgetGarbage, garbageIn, orphanPod } from './pod-garbage.js'
import { endPod, syncReplicaSet } from './replica-set.js'
import { lookAtNodes, takeInSlot } from './slot-change.js'
import { slotOfOwner } from './slot.js'
import { syncSlotted } from './slotted.js'
import { forgetEviction, judgePod, lookAtTaints, takeInEviction } from './taint-eviction.js'

/** What a pass goes by beside the memory. */
interface PassOptions {
  readonly supply?: Supply | undefined
  /** Whether pods of deleted nodes stay until they are collected. */
  readonly hasPodCollector?: boolean
  readonly quotas?: QuotaLimits
}

/**
 * What the controllers want in this pass.
 *
 * Objects of a kind are synced in the order of their names. DaemonSets judge the nodes that changed
 * before they are synced. A pass goes as far as Kubernetes goes without time passing: the pods that
 * it starts are placed after it, and whether they run is reported later. A pass without anything
 * new looks at no object.
 */
export const decidePass = (
  view: Pick<PassView, 'cluster' | 'nodes' | 'now' | 'replicas'>,
  memory: KubernetesMemory,
  { supply, hasPodCollector = false, quotas = noQuotas }: PassOptions = {},
): Decision<KubernetesMemory> => {
  const { now, replicas } = view
  const { nodes } = view
  const { inbox, nextDue } = memory
  const isDue = nextDue !== undefined && nextDue <= now
  const isQuiet = inbox === undefined && replicas.length === 0 && nodes.length === 0
  if (isQuiet && !isDue && memory.limits === quotas.limits)
    return { memory, intents: [], ...wakeAt(nextDue) }
  const edit = openEdit(memory, now, quotas)
  const seen = takeInNotes(edit)
  const gone = new Map(
    nodes.flatMap(({ node, name, change }) =>
      hasPodCollector && change === 'left' ? [[node, name] as const] : [],
    ),
  )
  for (const change of replicas) {
    const node = change.phase === undefined ? gone.get(change.node) : undefined
    if (node !== undefined && change.because === `node ${node} left`)
      orphanPod(edit, change.replica, node)
    else takeInChange(edit, change)
  }
  if (isDue) wakeDue(edit)
  adoptObjects(edit, { ...seen, pods: [...seen.pods, ...edit.freePods] })
  lookAtTaints(edit, view.cluster, nodes)
  if (memory.taints.size > 0)
    for (const replica of [...seen.pods, ...replicas.map((one) => one.replica)])
      judgePod(edit, replica)
  for (const replica of [...edit.pods.keys()]) {
    const pod = podIn(edit, replica)
    if (pod !== undefined) endPod(edit, replica, pod)
  }
  for (const name of [...edit.dirtyDeployments].sort(byCodeUnit)) syncToRest(edit, name)
  const touched = [...edit.dirtySets].sort(byCodeUnit)
  for (const name of touched) syncReplicaSet(edit, name)
  for (const name of [...edit.dirtySets]) setRipeningDue(edit, name)
  lookAtNodes(edit, view.cluster, nodes)
  collectClaims(edit)
  for (const title of [...edit.dirtySlotted].sort(byCodeUnit)) syncSlotted(edit, title)
  syncCronJobs(edit)
  collectClaims(edit)
  orderAttempts(edit)
  const intents = intentsOf(edit, supply === undefined ? {} : { supply })
  const next = sealedMemory(edit)
  return { memory: next, intents, ...wakeAt(next.nextDue) }
}

/** Syncs CronJobs and the Jobs that they start or let go, until no CronJob has anything new. */
const syncCronJobs = (edit: MemoryEdit): void => {
  while (edit.dirtyCronJobs.size > 0) {
    const names = [...edit.dirtyCronJobs].sort(byCodeUnit)
    edit.dirtyCronJobs.clear()
    for (const title of names.flatMap((name) => syncCronJob(edit, name))) syncSlotted(edit, title)
  }
}

const wakeAt = (at: Instant | undefined): { readonly wakeAt?: Instant } =>
  at === undefined ? {} : { wakeAt: at }

/** Syncs a Deployment and its ReplicaSets until a sync changes nothing. */
const syncToRest = (edit: MemoryEdit, name: string): void => {
  for (let before = -1; before !== edit.writes; ) {
    before = edit.writes
    const own = setsOfDeployment(edit, name)
    syncDeployment(edit, name)
    for (const one of new Set([...own, ...setsIn(edit, name).map((set) => set.name)]))
      if (edit.dirtySets.has(one)) syncReplicaSet(edit, one)
  }
}

/** Takes in what was reported; returns what is new. */
const takeInNotes = (edit: MemoryEdit) => {
  const deployments = new Set<string>()
  const sets = new Set<string>()
  const pods = new Set<ReplicaId>()
  for (const note of notesIn(edit.before))
    switch (note._tag) {
      case 'DeploymentNote':
        deployments.add(note.name)
        edit.dirtyDeployments.add(note.name)
        break
      case 'SetNote': {
        sets.add(note.name)
        edit.dirtySets.add(note.name)
        const deployment = setIn(edit, note.name)?.deployment
        if (deployment !== undefined) edit.dirtyDeployments.add(deployment)
        break
      }
      case 'SlottedNote':
        edit.dirtySlotted.add(note.title)
        edit.newSlotted.add(note.title)
        break
      case 'CronJobNote':
        edit.dirtyCronJobs.add(note.name)
        break
      case 'ClaimNote':
        edit.dirtyClaims.add(note.name)
        break
      case 'BoundNote':
        pods.add(note.replica)
        putPod(edit, note.replica, note.pod)
        if (note.pod.slot === undefined) edit.strayPods.set(note.replica, true)
        break
      case 'PodNote':
        takeInReport(edit, note.replica, note.report)
    }
  return { deployments: [...deployments], sets: [...sets], pods: [...pods] }
}

const takeInReport = (edit: MemoryEdit, replica: ReplicaId, report: NotedPod): void => {
  const pod = podIn(edit, replica)
  if (pod === undefined) return
  const { ready, phase, restarts, ...rest } = report
  const hasEnded = hasEndedPhase(phase)
  const readyAt = report.readyAt ?? pod.readyAt ?? edit.now
  putPod(edit, replica, {
    ...{ ...pod, ...withoutReady(rest) },
    restarts: restarts ?? pod.restarts,
    restartsTotal: report.restartsTotal ?? restarts ?? pod.restartsTotal,
    phase: hasEndedPhase(pod.phase)
      ? pod.phase
      : ready === true && !hasEnded
        ? 'Running'
        : (phase ?? pod.phase),
    readyAt: ready === undefined ? pod.readyAt : ready ? readyAt : undefined,
    ...(hasEnded ? { ending: `the pod is ${phase}` } : {}),
  })
  const set = pod.set === undefined ? undefined : setIn(edit, pod.set)
  const isReleased =
    report.labels !== undefined && set !== undefined && !selects(set.selector, report.labels)
  const slotted = pod.slot === undefined ? undefined : slottedIn(edit, pod.slot.workload)
  const isStray =
    report.labels !== undefined &&
    slotted?.podSelector !== undefined &&
    !selects(slotted.podSelector, report.labels)
  if (isReleased || isStray) releasePod(edit, replica, podIn(edit, replica)!)
  else if (report.labels !== undefined && pod.controlledBy === undefined)
    edit.freePods.push(replica)
}

const withoutReady = ({ readyAt: _, ...rest }: Omit<NotedPod, 'ready' | 'phase'>) => rest

/** Takes in what became of a pod: it was given a node, runs, leaves or is gone. */
const takeInChange = (edit: MemoryEdit, change: ReplicaChange): void => {
  const pod = podIn(edit, change.replica)
  switch (change.phase) {
    case undefined:
      takeInGone(edit, change.replica)
      return
    case 'assumed':
      if (pod === undefined) takeInPlaced(edit, change)
      else putLife(edit, change.replica, pod, { ...pod, isLeaving: false })
      return
    case 'running':
      if (pod !== undefined) putLife(edit, change.replica, pod, runningPod(pod, edit.now))
      return
    default:
      if (pod !== undefined) takeInLeaving(edit, change, pod)
  }
}

/** A pod leaves. A reason is that of the scheduler, which preempts it. */
const takeInLeaving = (
  edit: MemoryEdit,
  { replica, because }: ReplicaChange,
  pod: PodRecord,
): void => {
  const next =
    because === undefined ? pod : { ...pod, outcome: preemptedOutcome(pod.outcome, because) }
  putLife(edit, replica, pod, { ...next, isLeaving: true })
}

/** A pod is gone. */
const takeInGone = (edit: MemoryEdit, replica: ReplicaId): void => {
  const pod = podIn(edit, replica)
  if (pod === undefined) return
  countGonePod(edit, pod)
  lookAtClaims(edit, pod)
  // A name is free again.
  if (pod.set === undefined && pod.slot === undefined) edit.quotas.isFreed = true
  putPod(edit, replica, undefined, pod)
  forgetEviction(edit, replica)
  forgetGarbage(edit, replica)
  edit.strayPods.set(replica, undefined)
  edit.gone.add(`Pod ${pod.name}`)
  if (edit.before.podNames.get(pod.name) === replica) edit.podNames.set(pod.name, undefined)
}

const putLife = (edit: MemoryEdit, replica: ReplicaId, pod: PodRecord, next: PodRecord): void => {
  const isSame =
    pod.isLeaving === next.isLeaving && pod.phase === next.phase && pod.readyAt === next.readyAt
  if (!isSame) putPod(edit, replica, next, pod)
}

/** A pod without a readiness probe is ready as soon as it runs. One that has ended stays so. */
const runningPod = (pod: PodRecord, now: Instant): PodRecord => {
  if (hasEndedPhase(pod.phase)) return { ...pod, isLeaving: false }
  const readyAt = pod.isProbed || pod.phase === 'Running' ? pod.readyAt : now
  return { ...pod, isLeaving: false, phase: 'Running', readyAt }
}

/** A pod that waited has a node. */
const takeInPlaced = (
  edit: MemoryEdit,
  { replica, owner, class: classId, node }: ReplicaChange,
): void => {
  const slot = slotOfOwner(owner)
  if (slot !== undefined) return takeInSlot(edit, slot, { replica, class: classId, node })
  const name = owner.slice(titleOfSet('').length)
  const found = setIn(edit, name)
  if (found === undefined) return
  const { namespace, template } = addWaiting(edit, found, classId, -1)
  const podName = podNameOf(name, replica)
  // A plain literal: thousands of pods may be placed in a pass, and spreads would cost most of it.
  const pod: PodRecord = {
    name: podName,
    namespace,
    uid: podName,
    node,
    class: classId,
    labels: template.labels,
    set: name,
    controlledBy: name,
    phase: 'Pending',
    readyAt: undefined,
    created: edit.now,
    deletionCost: template.deletionCost,
    restarts: 0,
    sidecarRestarts: 0,
    restartsTotal: 0,
    isProbed: template.isProbed,
    isLeaving: false,
    ending: undefined,
  }
  putPod(edit, replica, template.stored === undefined ? pod : { ...pod, stored: template.stored })
}

/** Marks the objects whose time has come. */
const wakeDue = (edit: MemoryEdit): void => {
  for (const [title, at] of edit.before.dues) {
    if (at > edit.now) continue
    if (takeInEviction(edit, title) || isLossTitle(title)) continue
    const garbage = garbageIn(title)
    if (garbage !== undefined) {
      takeInGone(edit, garbage)
      continue
    }
    const attempted = objectOfAttempt(title)
    if (attempted !== undefined) edit.dues.set(title, undefined)
    wakeObject(edit, attempted ?? title)
  }
}

const wakeObject = (edit: MemoryEdit, title: string): void => {
  const name = title.slice(title.indexOf(' ') + 1)
  if (title === titleOfDeployment(name)) edit.dirtyDeployments.add(name)
  else if (title === titleOfSet(name)) {
    ripenSet(edit, name)
    if (refusalIn(edit, title) !== undefined) edit.dirtySets.add(name)
  } else if (title === titleOfCronJob(name)) edit.dirtyCronJobs.add(name)
  else edit.dirtySlotted.add(title)
}

/** Wakes a ReplicaSet when its next pod becomes available. */
const setRipeningDue = (edit: MemoryEdit, name: string): void => {
  const set = setIn(edit, name)
  const title = titleOfSet(name)
  if (set === undefined || set.ripeningCount === 0) {
    edit.dues.set(title, undefined)
    return
  }
  const [first] = ripeningOf(edit, set)
    .map(([, at]) => at)
    .sort((a, b) => a - b)
  edit.dues.set(title, first)
}

/** Stops first, then what waits no longer, then what is to wait for a node. */
const intentsOf = (edit: MemoryEdit, more: { readonly supply?: Supply }): readonly Intent[] => {
  const counts = [...edit.starts]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([name, byClass]) =>
      [...byClass].map(([classId, count]) => ({ name, owner: titleOfSet(name), classId, count })),
    )
  return [
    ...edit.stops.map(({ replica, because }) => ({ _tag: 'Stop' as const, replica, because })),
    ...edit.slotOrders
      .filter(({ _tag }) => _tag === 'Withdraw')
      .map(({ owner, class: classId }) => ({
        ...{ _tag: 'Withdraw' as const, owner, class: classId, count: 1 },
      })),
    ...counts
      .filter(({ count }) => count < 0)
      .map(({ owner, classId, count }) => ({
        ...{ _tag: 'Withdraw' as const, owner, class: classId, count: -count },
      })),
    ...counts
      .filter(({ count }) => count > 0)
      .map(({ name, owner, classId, count }) => ({
        ...{ _tag: 'Start' as const, owner, class: classId, count, ...more },
        ...(setIn(edit, name)?.template.isGated === true ? { only: [] } : {}),
      })),
    ...edit.slotOrders
      .filter(({ _tag }) => _tag === 'Start')
      .map(({ owner, class: classId, only }) => ({
        ...{ _tag: 'Start' as const, owner, class: classId, count: 1, ...more },
        ...(only === undefined ? {} : { only }),
      })),
  ]
}

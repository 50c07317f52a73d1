/**
 * Reconciles a Job. A sync has two steps:
 * 1. It counts the pods that have ended since the last sync.
 * 2. It starts and ends pods, and adds conditions, by the rules in `job/job-turn.ts`.
 */
import { later, type Instant, type ReplicaId } from '@stowage/kernel'
import { countFailure, countSuccess, type FinishedPod } from '../job/count-pod.js'
import { endOf, type JobTally } from '../job/job-terms.js'
import { jobTurn, type JobPod } from '../job/job-turn.js'
import {
  cronJobIn,
  podIn,
  putCronJob,
  putPod,
  slottedIn,
  slottedPods,
  stopPod,
  type MemoryEdit,
} from '../memory/edit.js'
import type { JobPart, PodRecord, SlottedRecord } from '../memory/memory.js'
import { hasEndedPhase } from '../memory/pod-life.js'
import { startSlot, withdrawSlot } from './slot.js'

/** A pod of a Job that runs or waits for a node; a waiting one has no replica. */
interface KnownJobPod extends JobPod {
  readonly replica: ReplicaId | undefined
}

/** One sync of a Job; whether it did anything. */
export const jobSync = (edit: MemoryEdit, record: SlottedRecord, found: JobPart): boolean => {
  const { title, template } = record
  const counted = countEnded(edit, record, found)
  const turn = jobTurn(counted.terms, counted.tally, jobPods(edit, record), edit.now)
  const tally = turn.failed.reduce(
    (before, pod) => countFailure(counted.terms, before, endedPod(edit, record, pod), edit.now),
    turn.tally,
  )
  putJob(edit, title, { ...counted, tally })
  for (const pod of [...turn.failed, ...turn.removed]) setCounted(edit, pod.replica)
  for (const pod of turn.removed) endJobPod(edit, slottedIn(edit, title)!, pod)
  const made = turn.made.filter((index) => {
    const key = counted.terms.isIndexed ? index : counted.serial + index
    return startSlot(edit, title, key, template)
  })
  const present = slottedIn(edit, title)!.job!
  if (made.length > 0) putJob(edit, title, { ...present, serial: counted.serial + made.length })
  setJobDue(edit, title, tally, turn.wakeIn)
  if (endOf(found.tally) === undefined) countRun(edit, counted.cronJob, tally)
  const hasNewCondition = tally.conditions.length !== found.tally.conditions.length
  return made.length + turn.removed.length > 0 || hasNewCondition
}

/** A CronJob counts its Jobs that have ended, and lets old ones go. */
const countRun = (edit: MemoryEdit, name: string | undefined, tally: JobTally): void => {
  const end = endOf(tally)
  if (name === undefined || end === undefined) return
  edit.dirtyCronJobs.add(name)
  const record = cronJobIn(edit, name)
  if (record === undefined) return
  const count = end.type === 'Complete' ? 'succeeded' : 'failed'
  putCronJob(edit, name, { ...record, [count]: (record[count] ?? 0) + 1 })
}

/** Counts a pod of a Job that is gone without a word about its end: it has failed. */
export const countGonePod = (edit: MemoryEdit, pod: PodRecord): void => {
  const { slot } = pod
  const record = slot && slottedIn(edit, slot.workload)
  if (slot === undefined || record?.job === undefined || slot.isCounted === true) return
  const { terms, tally } = record.job
  const count = pod.phase === 'Succeeded' ? countSuccess : countFailure
  putJob(edit, slot.workload, {
    ...record.job,
    tally: count(terms, tally, endedFrom(pod, slot.key), edit.now),
  })
}

const putJob = (edit: MemoryEdit, title: string, job: JobPart): void => {
  edit.slotted.set(title, { ...slottedIn(edit, title)!, job })
  edit.writes++
}

const endedFrom = ({ name, outcome }: PodRecord, index: number): FinishedPod => ({
  ...{ name, index },
  containers: outcome?.containers ?? [],
  conditions: outcome?.conditions ?? [],
})

const endedPod = (
  edit: MemoryEdit,
  { name }: SlottedRecord,
  { replica, index }: KnownJobPod,
): FinishedPod => {
  const pod = replica === undefined ? undefined : podIn(edit, replica)
  return pod === undefined ? { name, index, containers: [], conditions: [] } : endedFrom(pod, index)
}

const setCounted = (edit: MemoryEdit, replica: ReplicaId | undefined): void => {
  const pod = replica === undefined ? undefined : podIn(edit, replica)
  if (pod?.slot !== undefined)
    putPod(edit, replica!, { ...pod, slot: { ...pod.slot, isCounted: true } })
}

/**
 * Counts the pods that have ended, successes first.
 *
 * A pod that is deleted counts as failed at once, unless the Job waits for its end to replace it; a
 * pod that the Job itself ends counts only when the Job fails.
 */
const countEnded = (edit: MemoryEdit, record: SlottedRecord, job: JobPart): JobPart => {
  const { terms } = job
  const open = slottedPods(edit, record).filter(([, { slot }]) => slot!.isCounted !== true)
  const succeeded = open.filter(([, { phase }]) => phase === 'Succeeded')
  const failed = open.filter(
    ([, { phase, isLeaving }]) =>
      phase === 'Failed' || (isLeaving && phase !== 'Succeeded' && !terms.replacesFailedOnly),
  )
  let { tally } = job
  for (const [, pod] of succeeded)
    tally = countSuccess(terms, tally, { index: pod.slot!.key }, edit.now)
  for (const [, pod] of failed)
    tally = countFailure(terms, tally, endedFrom(pod, pod.slot!.key), edit.now)
  for (const [replica] of [...succeeded, ...failed]) setCounted(edit, replica)
  return tally === job.tally ? job : { ...job, tally }
}

const jobPods = (edit: MemoryEdit, record: SlottedRecord): readonly KnownJobPod[] => [
  ...slottedPods(edit, record).flatMap(([replica, pod]): readonly KnownJobPod[] =>
    hasEndedPhase(pod.phase)
      ? []
      : [
          {
            ...{ replica, index: pod.slot!.key, hasNode: true, serial: replica },
            ...{ phase: pod.phase, readyAt: pod.readyAt, created: pod.created },
            ...{ restarts: pod.restarts, restartsTotal: pod.restartsTotal },
            ...{ isLeaving: pod.isLeaving, isCounted: pod.slot!.isCounted === true },
          },
        ],
  ),
  ...[...record.waiting.keys()].map((key) => ({
    ...{ replica: undefined, index: key, hasNode: false, serial: key },
    ...{ phase: 'Pending', readyAt: undefined, created: edit.now },
    ...{ restarts: 0, restartsTotal: 0, isLeaving: false, isCounted: false },
  })),
]

const endJobPod = (edit: MemoryEdit, record: SlottedRecord, pod: KnownJobPod): void => {
  if (pod.replica === undefined) withdrawSlot(edit, record, pod.index)
  else stopPod(edit, pod.replica, `${record.title} needs it no more`)
}

/** Wakes the Job when its back-off, its deadline or its time to live is over. */
const setJobDue = (
  edit: MemoryEdit,
  title: string,
  tally: JobTally,
  wakeIn: number | undefined,
): void => {
  const { terms } = slottedIn(edit, title)!.job!
  const end = endOf(tally)
  const due: Instant | undefined =
    end !== undefined && terms.ttl !== undefined
      ? later(end.at, terms.ttl)
      : wakeIn === undefined
        ? undefined
        : later(edit.now, wakeIn)
  edit.dues.set(title, due)
}

/** Whether a Job has outlived its time to live. */
export const isExpired = (edit: MemoryEdit, { job }: SlottedRecord): boolean => {
  const end = job && endOf(job.tally)
  return end !== undefined && job!.terms.ttl !== undefined && end.at + job!.terms.ttl <= edit.now
}

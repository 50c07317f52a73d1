/**
 * Computes the statuses of all objects in the memory (the state) of the workload controllers, with
 * the pod counts that `kubectl get` would print at this moment.
 */
import { byCodeUnit, type ReplicaId, type StepState } from '@stowage/kernel'
import type { KubernetesWarning } from '../words/warning.js'
import { sumOver } from './deployment.js'
import { cronJobStatus, jobStatus, type CronJobStatus, type JobStatus } from './job-status.js'
import { slotOfOwner } from './slot.js'
import type { PodCounts } from './pod-counts.js'
import { slottedStatus, type SlottedStatus } from './slotted-status.js'
import { titleOfSet } from '../memory/edit.js'
import {
  actualOf,
  availableOf,
  controllerName,
  emptyMemory,
  type KubernetesMemory,
  type ReplicaSetRecord,
  type SlottedRecord,
} from '../memory/memory.js'
import type { ProgressCondition } from '../memory/progress.js'

/** A ReplicaSet. */
export interface ReplicaSetStatus extends PodCounts {
  /** Namespace and name. */
  readonly name: string
  readonly deployment?: string
  readonly revision: number
  /** Whether its pods are ready only when that is reported. */
  readonly needsReadiness: boolean
  /** The replicas of its pods that have a node and do not leave, in the order of their numbers. */
  readonly pods: readonly ReplicaId[]
}

/** A Deployment. */
export interface DeploymentStatus extends PodCounts {
  /** Namespace and name. */
  readonly name: string
  /** Those of the present template. */
  readonly updated: number
  /** Those that its ReplicaSets want and that are not available. */
  readonly unavailable: number
  readonly revision: number
  readonly paused: boolean
  /** Whether all its pods are of the present template and available, and none is left over. */
  readonly complete: boolean
  /** The condition `Progressing`; none without a deadline. */
  readonly progress?: ProgressCondition
  /** Why the API server refuses pods of it. */
  readonly failure?: string
}

/** All objects, each list in the order of the names. */
export interface KubernetesStatus {
  readonly deployments: readonly DeploymentStatus[]
  readonly replicaSets: readonly ReplicaSetStatus[]
  readonly slotted: readonly SlottedStatus[]
  readonly jobs: readonly JobStatus[]
  readonly cronJobs: readonly CronJobStatus[]
  /** What was read and is not honoured. */
  readonly warnings: readonly KubernetesWarning[]
}

/**
 * The status of all objects that `kubernetesController` knows in a state. A pod that was placed in
 * the last pass waits no more, and is among the `pods` from the next one on.
 */
export const kubernetesStatus = (state: StepState): KubernetesStatus => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const waitingOf = pendingByOwner(state)
  const titles = inNameOrder([...memory.slotted.keys()])
  return {
    deployments: inNameOrder([...memory.deployments.keys()]).map((name) =>
      deploymentStatus(memory, name, waitingOf),
    ),
    replicaSets: inNameOrder([...memory.replicaSets.keys()]).map((name) =>
      replicaSetStatus(memory.replicaSets.get(name)!, waitingOf),
    ),
    slotted: titles
      .filter((title) => isController(memory.slotted.get(title)!))
      .map((title) =>
        slottedStatus(memory, memory.slotted.get(title)!, {
          now: state.now,
          withoutNode: pendingInSlots(state, title),
        }),
      ),
    jobs: titles
      .filter((title) => memory.slotted.get(title)!.job !== undefined)
      .map((title) => jobStatus(memory, memory.slotted.get(title)!, pendingInSlots(state, title))),
    cronJobs: inNameOrder([...memory.cronJobs.keys()]).map((name) =>
      cronJobStatus(memory, memory.cronJobs.get(name)!),
    ),
    warnings: inNameOrder([...memory.warnings.keys()]).flatMap(
      (title) => memory.warnings.get(title)!,
    ),
  }
}

/**
 * What a world has to report of a pod that runs: what the report is about (`Pod namespace/name`),
 * whether the pod is ready by report only, whether its node does not answer, and the
 * `namespace/name` of its Job, if it has one, and of its CronJob. `undefined` for a replica that is
 * no known pod.
 */
export const reportedPod = (
  state: StepState,
  replica: ReplicaId,
):
  | {
      readonly about: string
      readonly isProbed: boolean
      readonly isSilent: boolean
      readonly jobs: readonly string[]
    }
  | undefined => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const pod = memory.pods.get(replica)
  if (pod === undefined) return undefined
  const { name, node, isProbed, slot } = pod
  const record = slot === undefined ? undefined : memory.slotted.get(slot.workload)
  const jobs = record?.job === undefined ? [] : [record.name, record.job.cronJob]
  const isSilent = memory.lost.get(node)?.isSilent === true
  return { about: `Pod ${name}`, isProbed, isSilent, jobs: jobs.filter((one) => one !== undefined) }
}

/**
 * The `namespace/name` of the Deployment or the CronJob of pods, if it is known, else that of what
 * controls them.
 */
export const workloadOfPods = (state: StepState, owner: string): string => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const slot = slotOfOwner(owner)
  if (slot !== undefined) return workloadOfSlot(memory, slot.title)
  const set = owner.slice(owner.indexOf(' ') + 1)
  return memory.replicaSets.get(set)?.deployment ?? set
}

/** A Job that is gone was one of a CronJob when its name ends with the minute of a run. */
const workloadOfSlot = (memory: KubernetesMemory, title: string): string => {
  const name = title.slice(title.indexOf(' ') + 1)
  const job = memory.slotted.get(title)?.job
  const cronJob = job === undefined ? name.replace(/-\d+$/, '') : (job.cronJob ?? '')
  return title.startsWith('Job ') && memory.cronJobs.has(cronJob) ? cronJob : name
}

/** How many pods of a workload with slots wait for a node. */
const pendingInSlots = ({ pending }: StepState, title: string): number =>
  pending
    .filter(({ owner }) => owner.controller === controllerName)
    .filter(({ owner }) => slotOfOwner(owner.name)?.title === title)
    .reduce((sum, { count }) => sum + count, 0)

/** A StatefulSet or a DaemonSet. */
const isController = ({ job, pod }: SlottedRecord): boolean =>
  job === undefined && pod === undefined

type WaitingOf = (set: ReplicaSetRecord) => number

const pendingByOwner = ({ pending }: StepState): WaitingOf => {
  const counts = new Map<string, number>()
  for (const { owner, count } of pending)
    if (owner.controller === controllerName)
      counts.set(owner.name, (counts.get(owner.name) ?? 0) + count)
  return ({ name }) => counts.get(titleOfSet(name)) ?? 0
}

const inNameOrder = (names: readonly string[]): readonly string[] => [...names].sort(byCodeUnit)

const replicaSetStatus = (set: ReplicaSetRecord, waitingOf: WaitingOf): ReplicaSetStatus => ({
  name: set.name,
  ...(set.deployment === undefined ? {} : { deployment: set.deployment }),
  ...countsOf([set], set.replicas, waitingOf),
  revision: set.revision,
  needsReadiness: set.template.isProbed,
  pods: [...set.members.keys()].sort((a, b) => a - b),
})

const deploymentStatus = (
  memory: KubernetesMemory,
  name: string,
  waitingOf: WaitingOf,
): DeploymentStatus => {
  const deployment = memory.deployments.get(name)!
  const sets = (memory.setsOf.get(name) ?? []).map((one) => memory.replicaSets.get(one)!)
  const counts = countsOf(sets, deployment.replicas, waitingOf)
  const present = sets.filter((set) => set.template.text === deployment.template.text)
  const updated = sumOver(present, actualOf)
  const { desired, replicas, available } = counts
  return {
    name,
    ...counts,
    updated,
    unavailable: Math.max(0, sumOver(sets, (set) => set.replicas) - available),
    ...{ revision: deployment.revision, paused: deployment.isPaused },
    complete: updated === desired && replicas === desired && available === desired,
    ...(deployment.progress === undefined ? {} : { progress: deployment.progress }),
    ...(deployment.failure === undefined ? {} : { failure: deployment.failure }),
  }
}

const countsOf = (
  sets: readonly ReplicaSetRecord[],
  desired: number,
  waitingOf: WaitingOf,
): PodCounts => ({
  desired,
  replicas: sumOver(sets, actualOf),
  ready: sumOver(sets, ({ ready }) => ready),
  available: sumOver(sets, availableOf),
  waiting: sumOver(sets, waitingOf),
  leaving: sumOver(sets, ({ leaving }) => leaving),
})

/**
 * Computes the statuses of all objects in the memory (the state) of the workload controllers, with
 * the pod counts that `kubectl` would print at this moment.
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
 * What a report on the readiness of a pod is about, when the pod is ready by report only;
 * `undefined` for any other replica.
 */
export const probedPod = (state: StepState, replica: ReplicaId): string | undefined => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const pod = memory.pods.get(replica)
  return pod?.isProbed === true ? `Pod ${pod.name}` : undefined
}

/** The `namespace/name` of the Deployment of pods, else that of their ReplicaSet. */
export const workloadOfPods = (state: StepState, owner: string): string => {
  const memory = (state.memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  const slot = slotOfOwner(owner)
  if (slot !== undefined) return slot.title.slice(slot.title.indexOf(' ') + 1)
  const set = owner.slice(owner.indexOf(' ') + 1)
  return memory.replicaSets.get(set)?.deployment ?? set
}

/** How many pods of a StatefulSet or a DaemonSet wait for a node. */
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

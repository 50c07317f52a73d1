/**
 * Reads and sets the replica count of a workload, such as a Deployment, in the controllers' memory
 * (their state). Also lists the pods of the workload as a HorizontalPodAutoscaler sees them: pods
 * that wait for a node are pending.
 */
import { withChanges } from '@stowage/kernel'
import { scaledDemand } from '../autoscale/request.js'
import type { ScaledPod } from '../autoscale/sample.js'
import {
  waitingIn,
  withNote,
  type KubernetesMemory,
  type PodRecord,
  type ReplicaSetRecord,
  type SlottedRecord,
  type TemplateRecord,
} from '../memory/memory.js'

/** The kinds of workloads that have a scale. */
export const scaledKinds = ['Deployment', 'ReplicaSet', 'StatefulSet'] as const

/** A workload as an autoscaler sees it. */
export interface ScaledWorkload {
  readonly namespace: string
  /** The count in its spec. */
  readonly replicas: number
  readonly pods: readonly ScaledPod[]
}

/** The workload of a title, such as `StatefulSet shop/db`; `undefined` when it is not there. */
export const scaledWorkload = (
  memory: KubernetesMemory,
  title: string,
): ScaledWorkload | undefined => {
  const { kind, name } = partsOf(title)
  if (kind === 'StatefulSet') {
    const set = memory.slotted.get(title)
    if (set?.ordinals === undefined || set.isDeleted) return undefined
    const { namespace, ordinals } = set
    return { namespace, replicas: ordinals.replicas, pods: podsOfSlots(memory, set) }
  }
  const found = kind === 'Deployment' ? memory.deployments.get(name) : memory.replicaSets.get(name)
  if (found === undefined || found.isDeleted) return undefined
  const sets = kind === 'Deployment' ? (memory.setsOf.get(name) ?? []) : [name]
  return {
    namespace: found.namespace,
    replicas: found.replicas,
    pods: sets.flatMap((set) => podsOfSet(memory, set)),
  }
}

/** The memory in which a workload has another count in its spec, which the next sync sees. */
export const withScale = <Memory extends KubernetesMemory>(
  memory: Memory,
  title: string,
  replicas: number,
): Memory => ({ ...memory, ...memoryWithCount(memory, title, replicas) })

const memoryWithCount = (
  memory: KubernetesMemory,
  title: string,
  replicas: number,
): KubernetesMemory => {
  const { kind, name } = partsOf(title)
  const slotted = memory.slotted.get(title)
  if (slotted?.ordinals !== undefined) {
    const resized = { ...slotted, ordinals: { ...slotted.ordinals, replicas } }
    return withNote(
      { ...memory, slotted: withChanges(memory.slotted, [[title, resized]]) },
      { _tag: 'SlottedNote', title },
    )
  }
  const deployment = kind === 'Deployment' ? memory.deployments.get(name) : undefined
  if (deployment !== undefined) {
    const resized = { ...deployment, replicas, isObserved: false }
    return withNote(
      { ...memory, deployments: withChanges(memory.deployments, [[name, resized]]) },
      { _tag: 'DeploymentNote', name },
    )
  }
  const set = kind === 'ReplicaSet' ? memory.replicaSets.get(name) : undefined
  if (set === undefined) return memory
  return withNote(
    { ...memory, replicaSets: withChanges(memory.replicaSets, [[name, { ...set, replicas }]]) },
    { _tag: 'SetNote', name },
  )
}

const partsOf = (title: string): { readonly kind: string; readonly name: string } => {
  const at = title.indexOf(' ')
  return { kind: title.slice(0, at), name: title.slice(at + 1) }
}

const podsOfSet = (memory: KubernetesMemory, name: string): readonly ScaledPod[] => {
  const set = memory.replicaSets.get(name)
  return set === undefined ? [] : podsOf(memory, set, waitingIn(set))
}

const podsOfSlots = (memory: KubernetesMemory, record: SlottedRecord): readonly ScaledPod[] =>
  podsOf(memory, record, record.waiting.size)

const podsOf = (
  memory: KubernetesMemory,
  { name, members, template }: Pick<ReplicaSetRecord, 'name' | 'members' | 'template'>,
  waitingCount: number,
): readonly ScaledPod[] => {
  const demand = demandOf(memory, template)
  return [
    ...[...members.keys()].flatMap((replica) => {
      const pod = memory.pods.get(replica)
      return pod === undefined ? [] : [podOfRecord(pod, demand)]
    }),
    ...Array.from({ length: waitingCount }, (_, i) => ({
      ...{ name: `${name} waiting ${i}`, phase: 'Pending' as const, isLeaving: false, demand },
      ...{ startedAt: undefined, ready: undefined },
    })),
  ]
}

const demandOf = (
  memory: KubernetesMemory,
  { classKey }: Pick<TemplateRecord, 'classKey'>,
): ScaledPod['demand'] => {
  const lowered = memory.classes.get(classKey)
  return lowered === undefined
    ? { containers: [], podRequests: new Map(), overhead: new Map() }
    : scaledDemand(lowered.pod.spec)
}

const podOfRecord = (
  { name, phase, isLeaving, created, readyAt }: PodRecord,
  demand: ScaledPod['demand'],
): ScaledPod => ({
  ...{ name, phase, isLeaving, demand, startedAt: created },
  ready: { status: readyAt === undefined ? 'False' : 'True', since: readyAt ?? created },
})

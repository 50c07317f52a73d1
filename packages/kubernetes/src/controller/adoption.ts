/**
 * Assigns owners to pods and ReplicaSets:
 * 1. A pod that names its ReplicaSet joins this ReplicaSet.
 * 2. A pod without a controller is adopted by a ReplicaSet whose selector matches the pod.
 * 3. A ReplicaSet without a controller is adopted by a Deployment whose selector matches it.
 * 4. A pod that no ReplicaSet adopts may be adopted by a StatefulSet, a DaemonSet or a Job.
 *
 * If several match, the first by name adopts.
 *
 * Source: Kubernetes documentation, "ReplicaSet" (non-template pod acquisitions) and "Deployments".
 */
import { byCodeUnit, type ReplicaId } from '@stowage/kernel'
import { selects } from '../words/label-selector.js'
import { deploymentIn, podIn, putPod, putSet, setIn, type MemoryEdit } from '../memory/edit.js'
import { adoptIntoSlots } from './slot-adoption.js'
import type { DeploymentRecord, PodRecord, ReplicaSetRecord } from '../memory/memory.js'

/** Names of what changed since the last pass. */
export interface NewObjects {
  readonly deployments: readonly string[]
  readonly sets: readonly string[]
  readonly pods: readonly ReplicaId[]
}

/** Gives what was left without an owner to the owners that are known now. */
export const adoptObjects = (edit: MemoryEdit, { deployments, sets, pods }: NewObjects): void => {
  adoptSets(edit, deployments, sets)
  if (sets.length > 0) adoptStrays(edit, sets)
  for (const replica of pods) adoptPod(edit, replica)
  adoptIntoSlots(edit, pods)
}

const adoptSets = (
  edit: MemoryEdit,
  deployments: readonly string[],
  sets: readonly string[],
): void => {
  const bare = [...edit.before.bareSets.keys(), ...edit.bareSets.keys()]
  if (bare.length === 0) return
  const isNew = new Set(deployments)
  const candidates = sets.some((name) => isBare(edit, name))
    ? [...new Set([...edit.before.deployments.keys(), ...edit.deployments.keys()])]
    : deployments
  const owners = [...candidates].sort(byCodeUnit).flatMap((name) => deploymentIn(edit, name) ?? [])
  for (const name of new Set(bare)) {
    if (!isBare(edit, name)) continue
    const set = setIn(edit, name)!
    const owner = owners.find((one) => ownsSet(one, set))
    if (owner === undefined || !(isNew.has(owner.name) || sets.includes(name))) continue
    putSet(edit, { ...set, deployment: owner.name, isControlled: true })
    edit.dirtyDeployments.add(owner.name)
  }
}

const isBare = (edit: MemoryEdit, name: string): boolean =>
  setIn(edit, name)?.isControlled === false

const ownsSet = (
  { isDeleted, namespace, selector }: DeploymentRecord,
  set: ReplicaSetRecord,
): boolean => !isDeleted && namespace === set.namespace && selects(selector, set.labels)

/** Gives stray pods to ReplicaSets that are new. */
const adoptStrays = (edit: MemoryEdit, sets: readonly string[]): void => {
  const strays = [...edit.before.strayPods.keys(), ...edit.strayPods.keys()]
  if (strays.length === 0) return
  const names = new Set(sets)
  const found = [...names].sort(byCodeUnit).flatMap((name) => setIn(edit, name) ?? [])
  for (const replica of new Set(strays)) {
    const pod = podIn(edit, replica)
    if (pod === undefined || pod.set !== undefined) continue
    const { controlledBy } = pod
    if (controlledBy !== undefined && names.has(controlledBy))
      join(edit, replica, pod, controlledBy)
    const adopter = controlledBy === undefined ? found.find((set) => adopts(set, pod)) : undefined
    if (adopter !== undefined) join(edit, replica, pod, adopter.name)
  }
}

/** Gives a pod that is new to a ReplicaSet that is known. */
const adoptPod = (edit: MemoryEdit, replica: ReplicaId): void => {
  const pod = podIn(edit, replica)
  if (pod === undefined || pod.set !== undefined) return
  const { controlledBy } = pod
  if (controlledBy !== undefined) {
    if (setIn(edit, controlledBy) !== undefined) join(edit, replica, pod, controlledBy)
    return
  }
  const names = [...new Set([...edit.before.replicaSets.keys(), ...edit.replicaSets.keys()])]
  const adopter = names
    .sort(byCodeUnit)
    .flatMap((name) => setIn(edit, name) ?? [])
    .find((set) => adopts(set, pod))
  if (adopter !== undefined) join(edit, replica, pod, adopter.name)
}

/** A pod that leaves is not adopted. */
const adopts = (set: ReplicaSetRecord, pod: PodRecord): boolean =>
  !set.isDeleted &&
  !pod.isLeaving &&
  set.namespace === pod.namespace &&
  selects(set.selector, pod.labels)

const join = (edit: MemoryEdit, replica: ReplicaId, pod: PodRecord, set: string): void => {
  edit.strayPods.set(replica, undefined)
  putPod(edit, replica, { ...pod, set, controlledBy: set })
}

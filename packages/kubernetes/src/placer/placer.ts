/**
 * Places the pods that wait for a node as kube-scheduler does, for the kernel's `step`: pods of
 * higher priority first, with preemption. If a pod finds no node, pods of lower priority are
 * evicted for it from one node, and this node is reserved for the pod (a nomination) while they
 * end.
 *
 * Pods of equal priority are placed in the order of the names of their owners. kube-scheduler
 * places them in the order of their arrival, which is not known here.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import {
  findClass,
  place,
  type ClassId,
  type ClassSpec,
  type Draft,
  type Placer,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { Configuration } from '../config/configuration.js'
import { slotOfOwner } from '../controller/slot.js'
import { titleOfSet } from '../memory/edit.js'
import { controllerName, emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { disruptionBudgetsIn } from '../read/budgets.js'
import type { KnownPod } from '../scheduler/session.js'
import { worldOf } from '../scheduler/world.js'
import type { KubernetesObject } from '../words/object.js'
import type { Budget } from '../preempt/budget.js'
import { currentBudgets } from './current-budgets.js'
import { placeRow } from './place-row.js'
import type { PendingRequest, PlacerPass, PlacerRow } from './placer-pass.js'

/** What the placer knows beside the memory of `kubernetesController`. */
export interface KubernetesPlacerOptions {
  /** Objects that never change: PodDisruptionBudgets. Objects of other kinds are not looked at. */
  readonly objects?: readonly KubernetesObject[]
  /** The scheduler's configuration; without one, the only profile is kube-scheduler's default. */
  readonly configuration?: Configuration
}

/** The placer for `step`, beside `kubernetesController`; victims are pods of that controller. */
export const kubernetesPlacer = ({
  objects = [],
  configuration,
}: KubernetesPlacerOptions = {}): Placer => {
  const { profiles } = worldOf([], { configuration })
  const budgets = disruptionBudgetsIn(objects)
  return (draft, requests, { now, memoryOf }) => {
    const memory = (memoryOf(controllerName) ?? emptyMemory) as KubernetesMemory
    const specs = requests.map((request) => specOf(draft, request.class))
    if (!isPreemptionPossible(draft, memory, requests, specs)) return place(draft, requests).answers
    const rows = requests.map((request, i): PlacerRow => {
      const { nominations = [] } = request
      const pod = podOfRequest(memory, request)
      return { request, spec: specs[i]!, pod, nominations: [...nominations], victims: [] }
    })
    let allowances: readonly Budget[] | undefined
    const pass: PlacerPass = {
      ...{ draft, memory, profiles, rows },
      budgets: () => (allowances ??= currentBudgets(budgets, memory, now)),
      priorityOf: (id) => specOf(draft, id).priority,
      preempted: new Set(),
    }
    const answers = new Map(inFallingPriority(rows).map((row) => [row, placeRow(pass, row)]))
    return rows.map((row) => ({
      ...answers.get(row)!,
      ...(row.victims.length === 0 ? {} : { victims: row.victims }),
      ...(row.nominations.length === 0 ? {} : { nominations: row.nominations }),
    }))
  }
}

/**
 * One of the pods. Pods with one class may differ in what is no rule, such as the preemption
 * policy, so the template of their owner tells what they are.
 */
const podOfRequest = (
  { classes, replicaSets, slotted }: KubernetesMemory,
  { class: classId, owner: { name } }: PendingRequest,
): KnownPod | undefined => {
  const slot = slotOfOwner(name)
  const record = slot === undefined ? undefined : slotted.get(slot.title)
  const set = replicaSets.get(name.slice(titleOfSet('').length))
  const templates = [set?.template, record?.template, record?.current]
  const known = templates.flatMap((one) => classes.get(one?.classKey ?? '') ?? [])
  return known.find((one) => one.class === classId)?.pod
}

/** The class of a pod that waits or is on a node is always known. */
const specOf = (draft: Draft, id: ClassId): ClassSpec => O.toUndefined(findClass(draft, id))!

/** Whether a node is kept for a pod, or pods may be there that one that waits could preempt. */
const isPreemptionPossible = (
  draft: Draft,
  { classes, oldClasses }: KubernetesMemory,
  requests: readonly PendingRequest[],
  specs: readonly ClassSpec[],
): boolean => {
  if (requests.some(({ nominations }) => nominations !== undefined)) return true
  const highest = specs.reduce((most, { priority }) => Math.max(most, priority), -Infinity)
  for (const { pod } of classes.values()) if ((pod.spec.priority ?? 0) < highest) return true
  return oldClasses.some((id) => specOf(draft, id).priority < highest)
}

/** Falling priorities; rows of equal priority keep their order. */
const inFallingPriority = (rows: readonly PlacerRow[]): readonly PlacerRow[] =>
  [...rows].sort((one, other) => other.spec.priority - one.spec.priority)

/**
 * Defines the mutable state of a simulated drain: the clock, the pods on nodes, the pods to evict,
 * and their replacements. It lives as long as the simulation.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Draft } from '@stowage/kernel'
import type { Outcome } from '../plan/play.js'
import type { Stage, Turn } from '../plan/stage.js'
import type { KubernetesInput } from '../read/input.js'
import type { Labels } from '../words/label-selector.js'
import type { PendingWorkload } from '../workload/share.js'
import { fullName, titleOf } from '../workload/workload.js'
import { statedController, nodePodOf, type NodePod } from './filter.js'
import type { DrainedPod, DrainOptions, Replacement } from './terms.js'

/** A pod that is there, as budgets count it. */
export interface CountedPod {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  readonly labels: Labels
  readonly isReady: boolean
  readonly isLeaving: boolean
  /** The title of the workload at the top of its owners, and whether it names a controller. */
  readonly workload: string
  readonly controller: string | undefined
}

/** A pod that is to go, as far as it has come. */
export interface LeavingPod {
  readonly found: NodePod
  answer: DrainedPod
  /** When it is tried next; `undefined` when it is not. */
  nextTry: number | undefined
}

/** A pod in the place of another, as far as it has come. */
export interface NewPod {
  readonly of: LeavingPod
  readonly name: string
  readonly workload: PendingWorkload
  answer: Replacement
  outcome: Outcome | undefined
}

/** Pods of a turn that wait for a node when the drain begins, as far as they have come. */
export interface WaitingTurn {
  readonly turn: Turn
  left: number
  readonly placed: PodPlacement[]
  outcome: Outcome | undefined
}

/** A pod that waited and has a node, and when it was given to it. */
export interface PodPlacement {
  readonly name: string
  readonly node: string
  readonly at: number
}

/** A drain that is played. */
export interface DrainWorld {
  readonly input: KubernetesInput
  readonly options: DrainOptions
  readonly draft: Draft
  readonly stage: Stage
  /** In milliseconds after the beginning, as are all times. */
  now: number
  /** When something happened last that is no attempt to evict. */
  lastChange: number
  /** All pods on the nodes, in the order of their names. */
  readonly found: readonly NodePod[]
  readonly live: Map<string, CountedPod>
  readonly leaving: LeavingPod[]
  readonly replacements: NewPod[]
  readonly waiting: readonly WaitingTurn[]
}

/** The world before anything is evicted. */
export const openWorld = (
  stage: Stage,
  input: KubernetesInput,
  options: DrainOptions,
  waiting: readonly WaitingTurn[] = [],
): DrainWorld => {
  const found = input.running.map(nodePodOf).sort((a, b) => byCodeUnit(a.name, b.name))
  return {
    ...{ input, options, draft: stage.session.draft, stage, now: 0, lastChange: 0, found },
    live: new Map(found.map((one) => [one.name, countedPodOf(one.pod, one)])),
    leaving: [],
    replacements: [],
    waiting,
  }
}

/** A pod as budgets count it. */
export const countedPodOf = (
  pod: PendingWorkload & { readonly leaving?: boolean },
  { name, isReady }: Pick<CountedPod, 'name' | 'isReady'>,
): CountedPod => ({
  ...{ name, isReady, namespace: pod.namespace, labels: pod.labels },
  isLeaving: pod.leaving === true,
  workload: titleOf(pod),
  controller: statedTitleOf(pod),
})

/** The title of what controls a pod, whether or not it is among the documents. */
export const statedTitleOf = (pod: PendingWorkload): string | undefined =>
  pod.kind === 'Pod' ? titleOrNone(statedController(pod)) : titleOf(pod)

const titleOrNone = (
  controller: { readonly kind: string; readonly name: string } | undefined,
): string | undefined => (controller === undefined ? undefined : titleOf(controller))

/** Whether a pod has gone, or never will. */
export const hasSettled = ({ now }: DrainWorld, { answer }: LeavingPod): boolean =>
  answer.error !== undefined || (answer.goneAt !== undefined && answer.goneAt <= now)

/** When a new pod is ready; `undefined` while it has no node. */
export const readyAtOf = (
  { options: { durations } }: DrainWorld,
  { answer: { placedAt } }: NewPod,
): number | undefined =>
  placedAt === undefined ? undefined : placedAt + durations.start + durations.ready

/** The name of the pod that a workload makes in the place of another. */
export const newPodName = (workload: PendingWorkload, old: NodePod): string =>
  workload.kind === 'StatefulSet'
    ? old.name
    : `${fullName(workload.metadata)}, in the place of ${old.name}`

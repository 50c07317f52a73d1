/**
 * Sorts placed pods by importance, for preemption: higher priority first, then the earlier start.
 */
import type { ClassId, Phase, ReplicaId } from '@stowage/kernel'
import type { Labels } from '../words/label-selector.js'

/** A pod on a node, as preemption sees it. */
export interface PlacedPod {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  readonly labels: Labels
  readonly priority: number
  /** As the API writes it, in UTC to the second; a pod without it counts as just started. */
  readonly startTime: string | undefined
  readonly class: ClassId
  readonly replica: ReplicaId
  readonly phase: Phase
  /** Whether it leaves because it was preempted. */
  readonly isPreempted: boolean
}

/** Sorts by importance, the most important first; equal pods keep their order. */
export const byImportance = (one: PlacedPod, other: PlacedPod): number =>
  other.priority - one.priority || byStart(one.startTime, other.startTime)

/** Sorts by start, the earlier first; no start is the latest. */
export const byStart = (one: string | undefined, other: string | undefined): number => {
  if (one === other) return 0
  if (one === undefined) return 1
  return other === undefined || one < other ? -1 : 1
}

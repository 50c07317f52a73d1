/**
 * Which of two pods matters more: the one of higher priority, or else the one that has run for
 * longer.
 */
import type { ClassId, Phase, ReplicaId } from '@stowage/kernel'
import type { Labels } from '../words/label-selector.js'

/** A pod on a node. */
export interface PlacedPod {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  readonly labels: Labels
  readonly priority: number
  /** As the API writes it, in UTC to the second; a pod without has only just begun. */
  readonly startTime: string | undefined
  readonly class: ClassId
  readonly replica: ReplicaId
  readonly phase: Phase
  /** Leaving because a scheduler told it to, in favour of another pod. */
  readonly isPreempted: boolean
}

/** The more important first; those that are alike stay in their order. */
export const byImportance = (one: PlacedPod, other: PlacedPod): number =>
  other.priority - one.priority || byStart(one.startTime, other.startTime)

/** The earlier first. */
export const byStart = (one: string | undefined, other: string | undefined): number => {
  if (one === other) return 0
  if (one === undefined) return 1
  return other === undefined || one < other ? -1 : 1
}

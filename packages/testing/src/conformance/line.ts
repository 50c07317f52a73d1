/**
 * Scenarios and what a scheduler says of them, a line of JSON each: the form in which answers of
 * the upstream scheduler are recorded, and in which those of any other can be compared with them.
 */
import type { Nomination, Rejection, Verdict } from '@stowage/kubernetes'

/** Kubernetes objects as an API server returns them, and pods to place one after the other. */
export interface ScenarioLine {
  readonly id: string
  readonly family?: string
  /** A KubeSchedulerConfiguration; none for the default one. */
  readonly config?: unknown
  readonly objects: readonly unknown[]
  /** `namespace/name`, each placed pod staying for those after it. */
  readonly pending: readonly string[]
  /** Beside `pending`: where to go instead of a scheduler's own choice, where that is feasible. */
  readonly picks?: readonly string[]
}

/** A verdict for each pending pod, in their order, or why there are none. */
export interface AnswerLine {
  readonly id: string
  readonly family?: string
  readonly verdicts?: readonly Verdict[]
  readonly error?: string
}

/**
 * What is under test: besides its answer, for each pod, all nominations that it holds equally good.
 */
export interface Answered extends AnswerLine {
  readonly nominations?: readonly (readonly Nomination[])[]
}

export type { Nomination, Rejection, Verdict }

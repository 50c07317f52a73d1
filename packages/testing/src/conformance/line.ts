/**
 * Defines the types of the lines of conformance files, each one JSON value: (1) a scenario, which
 * is Kubernetes objects and the pods to schedule; (2) a scheduler's answer to a scenario.
 */
import type { Nomination, Verdict } from '@stowage/kubernetes'

/** Kubernetes objects as an API server returns them, and the pods to schedule in order. */
export interface ScenarioLine {
  readonly id: string
  readonly family?: string
  /** A KubeSchedulerConfiguration. Default: the scheduler's default configuration. */
  readonly config?: unknown
  readonly objects: readonly unknown[]
  /** Pods as `namespace/name`; each scheduled pod stays for the pods after it. */
  readonly pending: readonly string[]
  /** For each pending pod: the node to take instead of the scheduler's choice, if feasible. */
  readonly picks?: readonly string[]
}

/**
 * A verdict for each pending pod, in order, or an error. An answer is recorded from kube-scheduler
 * or given by a scheduler under test.
 */
export interface AnswerLine {
  readonly id: string
  readonly family?: string
  readonly verdicts?: readonly Verdict[]
  readonly error?: string
}

/** The answer of a scheduler under test: for each pod also all nominations that it finds equal. */
export interface SchedulerAnswer extends AnswerLine {
  readonly nominations?: readonly (readonly Nomination[])[]
}

export type { Nomination, Verdict }

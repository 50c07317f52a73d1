/**
 * Defines the types of the lines of history files, each one JSON value:
 *
 * 1. a history: nodes, and the steps to perform on a cluster;
 * 2. its answer: the state in which the cluster settles after each step.
 */

/** What becomes of bound pods; the first rule that matches a pod counts. */
export interface KubeletRule {
  readonly labels?: Readonly<Record<string, string>>
  readonly image?: string
  readonly name?: string
  readonly node?: string
  /** `Ready`, `Unready` (it runs), `Waiting` (it never starts), `Succeeded` or `Failed`. */
  readonly then: string
  /** Default: 1. */
  readonly exitCode?: number
  /** The rule holds for so many pods; 0 or absent for all. */
  readonly times?: number
}

/** Objects: one by its name, or the first of those with the labels and on the node. */
export interface SettleTarget {
  readonly kind?: string
  readonly name?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly node?: string
  /** 0 or absent for all. */
  readonly count?: number
  readonly propagation?: string
}

/** What is done, in the order of the fields. */
export interface SettleStep {
  readonly rules?: readonly KubeletRule[]
  /** The states of nodes: `Ready`, `NotReady`, `Silent`, `Cordoned` or `Uncordoned`. */
  readonly nodes?: Readonly<Record<string, string>>
  readonly delete?: readonly SettleTarget[]
  readonly apply?: readonly unknown[]
  readonly evict?: readonly SettleTarget[]
  /** For how many milliseconds nothing must change. Default: 2000. */
  readonly quietMs?: number
}

/** A history. `docs/command-line.md` describes its form. */
export interface SettleLine {
  readonly id: string
  readonly nodes: readonly unknown[]
  readonly rules?: readonly KubeletRule[]
  readonly steps: readonly SettleStep[]
}

/** What the API server answered to one request. */
export interface SettleRequest {
  readonly verb: string
  readonly kind: string
  readonly name?: string
  readonly refused?: { readonly code: number; readonly reason: string; readonly message: string }
}

/** The cluster at rest. */
export interface SettledStep {
  readonly requests?: readonly SettleRequest[]
  readonly restless?: boolean
  readonly objects: readonly object[]
  readonly pods: readonly object[]
  readonly nodes?: readonly object[]
}

/** A state for each step. */
export interface SettledLine {
  readonly id: string
  readonly steps: readonly SettledStep[]
}

/**
 * Defines the types of the options and the result of a simulated drain. Times are milliseconds
 * after its beginning.
 */
import type { WordedPlan } from '@stowage/kernel'
import type { KubernetesWarning } from '../words/warning.js'

/** What `kubectl drain` is asked to do; the fields are its options. */
export interface DrainOptions {
  /** Names of nodes, in the order in which they are drained. */
  readonly nodes: readonly string[]
  readonly ignoreDaemonsets: boolean
  readonly force: boolean
  readonly deleteEmptydirData: boolean
  /** Whether pods are deleted, so that no budget is asked. */
  readonly disableEviction: boolean
  /** The pods that are looked at, as `--pod-selector` takes it; all when it is absent. */
  readonly podSelector?: string
  /** After so long kubectl gives up a node; never when it is absent. */
  readonly timeout?: number
  /** How long a pod takes to start, to become ready, and to stop. */
  readonly durations: Readonly<Record<'start' | 'ready' | 'stop', number>>
}

/** A drain: all nodes are cordoned at once, and then drained one after the other. */
export interface Drain {
  readonly nodes: readonly DrainedNode[]
  /** The pods that are to go, in the order of the first attempts. */
  readonly pods: readonly DrainedPod[]
  /** The pods that waited for a node when it began, by workload. */
  readonly waiting: readonly WaitingRow[]
  readonly warnings: readonly KubernetesWarning[]
}

/** Pods of a workload that waited for a node when the drain began. */
export interface WaitingRow {
  readonly name: string
  readonly count: number
  /** Those that got a node, and when. */
  readonly placed: readonly { readonly node: string; readonly at: number }[]
  /** Why no node takes the others at the end. */
  readonly unplaced?: WordedPlan['unplaced'][number]
  /** Why no scheduler looks at them. */
  readonly held?: string
}

/** A node of a drain. */
export interface DrainedNode {
  readonly name: string
  /**
   * `Drained`: all its pods are gone. `Refused`: kubectl evicts none, for the reasons of
   * `refusals`. `Failed`: an eviction is an error. `TimedOut`, `Stuck`: pods are left, and in the
   * latter case for ever. `NotReached`: kubectl waits for a node before it for ever.
   */
  readonly outcome: 'Drained' | 'Refused' | 'Failed' | 'TimedOut' | 'Stuck' | 'NotReached'
  /** When kubectl begins with it, and when it is done with it. */
  readonly from?: number
  readonly to?: number
  readonly refusals: readonly DrainRefusal[]
  /** Pods that stay: those of DaemonSets, and those that the kubelet runs by itself. */
  readonly staying: readonly { readonly pod: string; readonly why: 'DaemonSet' | 'mirror pod' }[]
}

/** Why kubectl does not begin, in its own words, and the option that lets it. */
export interface DrainRefusal {
  readonly pods: readonly string[]
  readonly why: string
}

/** A pod that is to go. */
export interface DrainedPod {
  /** Namespace and name. */
  readonly name: string
  readonly node: string
  /** The controller that replaces it; absent when nothing does. */
  readonly workload?: string
  /** When its eviction was allowed; absent when it is not. */
  readonly evictedAt?: number
  /** When it is gone. */
  readonly goneAt?: number
  /** The budget that held it back at first, or to the end. */
  readonly heldBy?: HeldBy
  /** Why its eviction is an error: two budgets over one pod. */
  readonly error?: string
  readonly replacement?: Replacement
}

/** A budget that holds a pod back, and what it counted at the last refusal. */
export interface HeldBy {
  readonly budget: string
  readonly until?: number
  readonly healthy: number
  readonly desiredHealthy: number
  readonly failure?: string
}

/** The pod that comes in the place of another. */
export interface Replacement {
  /** When it is made. */
  readonly at: number
  /** The node, and when it is given to it. */
  readonly node?: string
  readonly placedAt?: number
  /** Why no node takes it at the end. */
  readonly unplaced?: WordedPlan['unplaced'][number]
  /** Why no scheduler looks at it. */
  readonly held?: string
}

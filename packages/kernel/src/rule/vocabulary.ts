/**
 * Defines the types of (1) plans, explanations and remedies in words; (2) the `Vocabulary`, which
 * translates the kernel's results to words. The kernel knows plugins, reasons and dimensions only
 * as numbers; an adapter (the Kubernetes or ECS package) gives their names and units.
 */
import type { DimensionId, PluginId, ReasonId } from './id.js'
import type { Holding } from './plan.js'

/** The adapter's words for the kernel's numbers. */
export interface Vocabulary {
  readonly pluginName: (plugin: PluginId) => string
  readonly reasonOf: (reason: ReasonId) => WordedReason
  /**
   * The dimensions that are shown, in order. `per` is how many of the kernel's units make one
   * `unit`, such as 128,000 ticks for one vCPU.
   */
  readonly resources: readonly {
    readonly dimension: DimensionId
    readonly resource: string
    readonly unit: string
    readonly per: number
  }[]
}

/** A reason and the plugin that gives it. */
export interface WordedReason {
  readonly plugin: string
  readonly reason: string
}

/** What a node has (`of`) and uses of a resource, in the resource's unit. */
export interface Gauge {
  readonly resource: string
  readonly unit: string
  readonly of: number
  readonly used: number
}

/** A node of a plan, worded. */
export interface WordedNode {
  readonly name: string
  readonly gauges: readonly Gauge[]
  readonly holds: readonly Holding[]
}

/**
 * A row of a plan for replicas that found no feasible node: among how many candidates (`nodes`),
 * and how many of them gave each reason in their first refusal.
 */
export interface WordedUnplaced {
  readonly name: string
  readonly count: number
  readonly nodes: number
  readonly reasons: readonly (WordedReason & { readonly nodes: number })[]
}

/** A `Plan` in the adapter's words. */
export interface WordedPlan {
  readonly nodes: readonly WordedNode[]
  readonly unplaced: readonly WordedUnplaced[]
}

/**
 * A `Refusal` in the adapter's words. `removable` means that evicting replicas from the node could
 * cure it.
 */
export interface WordedRefusal {
  readonly plugin: string
  readonly reasons: readonly string[]
  readonly removable: boolean
  /** What exactly refuses, such as the name of an attribute; an adapter that knows it adds it. */
  readonly details?: readonly string[]
}

/** One score of one node, worded; see `NodeExplanation`. */
export interface WordedScore {
  readonly plugin: string
  readonly raw?: number
  readonly weighted: number
}

/** An `Explanation` in the adapter's words, with nodes by name. */
export interface WordedExplanation {
  readonly nodes: readonly {
    readonly name: string
    readonly first?: WordedRefusal
    readonly all: readonly WordedRefusal[]
    readonly scores: readonly WordedScore[]
  }[]
  readonly best: readonly string[]
  readonly chosen?: string
  readonly runnerUp?: string
}

/** An amount of a resource, in the resource's unit. */
export interface WordedAmount {
  readonly resource: string
  readonly unit: string
  readonly amount: number
}

/** `Remedies` in the adapter's words. `rules` are all refusals of the node. */
export interface WordedRemedies {
  readonly drop?: { readonly node: string; readonly rules: readonly WordedRefusal[] }
  readonly add?: { readonly node: string; readonly amounts: readonly WordedAmount[] }
  /** How many replicas to evict, and those of them that have a name, by name. */
  readonly remove?: {
    readonly node: string
    readonly count: number
    readonly holds: readonly Holding[]
  }
  readonly cut: boolean
}

/**
 * Why one replica of a plan is placed where it is, and, when it finds no node, what would have to
 * change.
 */
export interface WordedReplay {
  readonly replica: number
  readonly explanation: WordedExplanation
  readonly remedies?: WordedRemedies
}

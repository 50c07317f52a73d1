/**
 * Answers in an adapter's words. The kernel has numbers for plugins, reasons and dimensions; an
 * adapter hands in the table that raises them, and gets its plans and explanations worded.
 */
import type { DimensionId, PluginId, ReasonId } from './id.js'
import type { Holding } from './plan.js'

export interface Vocabulary {
  readonly pluginName: (plugin: PluginId) => string
  readonly reasonOf: (reason: ReasonId) => WordedReason
  /**
   * The dimensions that are shown, in order; `per` is how many of the kernel's units make one of
   * `unit`.
   */
  readonly resources: readonly {
    readonly dimension: DimensionId
    readonly resource: string
    readonly unit: string
    readonly per: number
  }[]
}

export interface WordedReason {
  readonly plugin: string
  readonly reason: string
}

/** How much of a resource a node has, and how much of it is used, in the resource's unit. */
export interface Gauge {
  readonly resource: string
  readonly unit: string
  readonly of: number
  readonly used: number
}

export interface WordedNode {
  readonly name: string
  readonly gauges: readonly Gauge[]
  readonly holds: readonly Holding[]
}

/**
 * `nodes` were looked at; each reason with the number of nodes that gave it in their first refusal.
 */
export interface WordedUnplaced {
  readonly name: string
  readonly count: number
  readonly nodes: number
  readonly reasons: readonly (WordedReason & { readonly nodes: number })[]
}

export interface WordedPlan {
  readonly nodes: readonly WordedNode[]
  readonly unplaced: readonly WordedUnplaced[]
}

/** `removable`: removing replicas from the node could turn the refusal into a yes. */
export interface WordedRefusal {
  readonly plugin: string
  readonly reasons: readonly string[]
  readonly removable: boolean
}

export interface WordedScore {
  readonly plugin: string
  readonly raw?: number
  readonly weighted: number
}

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

/** So much of a resource, in the resource's unit. */
export interface WordedAmount {
  readonly resource: string
  readonly unit: string
  readonly amount: number
}

/**
 * The smallest change of each kind, as `Remedies` has them. `rules` are all that refuses on the
 * node.
 */
export interface WordedRemedies {
  readonly drop?: { readonly node: string; readonly rules: readonly WordedRefusal[] }
  readonly add?: { readonly node: string; readonly amounts: readonly WordedAmount[] }
  /** So many replicas, and those of them that have a name, by it. */
  readonly remove?: {
    readonly node: string
    readonly count: number
    readonly holds: readonly Holding[]
  }
  readonly cut: boolean
}

/** Why one replica goes where it goes, and, where it finds no place, what would have to change. */
export interface WordedReplay {
  readonly replica: number
  readonly explanation: WordedExplanation
  readonly remedies?: WordedRemedies
}

/**
 * Defines what Karpenter or the Cluster Autoscaler would do with the nodes that are there: steps,
 * one after the other until nothing changes, and why each node that is left stays.
 */
import type { SupplyMind, SupplyOffer } from './terms.js'

/** What a mind does at once. */
export interface ReleaseStep {
  /** Karpenter's method, or what the Cluster Autoscaler does with nodes. */
  readonly method: 'emptiness' | 'multi' | 'single' | 'empty' | 'drain'
  readonly gone: readonly string[]
  /** A node in their place: its offer by position, and how many types it may be of. */
  readonly opened?: { readonly offer: number; readonly name: string; readonly options: number }
  /** How many pods move. */
  readonly moved: number
  /** What the nodes cost, less what the new one costs. */
  readonly saving: number
}

/** All that a mind does. */
export interface MindRelease {
  readonly mind: Exclude<SupplyMind, 'best'>
  readonly offers: readonly SupplyOffer[]
  readonly steps: readonly ReleaseStep[]
  readonly staying: readonly { readonly node: string; readonly text: string }[]
}

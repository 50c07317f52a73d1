/**
 * Defines the types of what Karpenter or the Cluster Autoscaler does with existing nodes: the
 * steps, one after the other, with the nodes that are removed or opened, the pods that move and the
 * money that is saved; and why each remaining node stays.
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

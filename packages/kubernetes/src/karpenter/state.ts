/**
 * Defines the state of a running node as Karpenter knows it: its labels, taints, resources and
 * conditions.
 */
import type { Instant } from '@stowage/kernel'
import type { Taint } from '../words/taint.js'
import type { Measures } from '../node-pool/measure.js'

/** A node, of a NodePool or not. */
export interface NodeState {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly Taint[]
  readonly capacity: Measures
  readonly allocatable: Measures
  /** Whether a NodeClaim stands for the node. */
  readonly isManaged: boolean
  readonly isInitialized: boolean
  readonly isReady: boolean
  /** Whether an annotation forbids its disruption. */
  readonly isProtected: boolean
  /** Since when nothing has been placed on the node or taken off it. */
  readonly quietSince: Instant
}

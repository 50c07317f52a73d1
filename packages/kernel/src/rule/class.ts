/**
 * Defines the class, a workload as the scheduler sees it: what a replica occupies, which nodes it
 * accepts, and how the best node is chosen. Replicas that no rule can distinguish share a class, so
 * that work is done once per class and not once per replica.
 */
import type { Vector } from './dimension.js'
import type { Filter } from './filter.js'
import type { WordId } from './id.js'
import type { Choice } from './score.js'

/** What one replica occupies, which nodes it accepts, and how one of them is chosen. */
export interface ClassSpec {
  readonly facts: readonly WordId[]
  /** What one replica adds to its node's load; may differ from what its *fit* filters demand. */
  readonly occupies: Vector
  readonly filters: readonly Filter[]
  readonly choice: Choice
  /**
   * Requests of higher priority are placed first; only replicas of lower priority may be evicted.
   */
  readonly priority: number
}

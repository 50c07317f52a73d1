/**
 * A class is a workload as the scheduler sees it: what one replica takes, what it asks of a node,
 * and how to choose. Replicas that no rule can tell apart share one, and work is done once per
 * class. Only facts that some rule reads belong in it.
 */
import type { Vector } from './dimension.js'
import type { Filter } from './filter.js'
import type { WordId } from './id.js'
import type { Choice } from './score.js'

export interface ClassSpec {
  readonly facts: readonly WordId[]
  /** What one replica adds to its node's load; may differ from what *fit* asks for. */
  readonly occupies: Vector
  readonly filters: readonly Filter[]
  readonly choice: Choice
  /** Placed before all of lower priority. */
  readonly priority: number
}

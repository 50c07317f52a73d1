/** Defines what all passes of a step use: the controllers, and how nodes are read. */
import type { LowerNode } from '../provision/lower-node.js'
import type { AnyController } from './controller.js'

/** What folding needs to know beside the pass. */
export interface Folding {
  readonly controllers: readonly AnyController[]
  readonly lowerNode: LowerNode
}

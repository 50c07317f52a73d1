/**
 * Defines the parameters of an orchestrator that do not change between steps:
 * 1. the controllers;
 * 2. the function that converts the nodes of events to the kernel's form.
 */
import type { LowerNode } from '../provision/lower-node.js'
import type { AnyController } from './controller.js'

/** What folding needs to know beside the pass. */
export interface FoldSetting {
  readonly controllers: readonly AnyController[]
  readonly lowerNode: LowerNode
}

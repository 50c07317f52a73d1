/**
 * A node as it joins: its name, what it has, and how it is described. A mark is a description of
 * its own, such as a taint, that a class must tolerate.
 */
import type { Vector } from './dimension.js'
import type { Attributes } from './expr.js'

export interface NodeSpec {
  readonly name: string
  readonly capacity: Vector
  readonly attributes: Attributes
  readonly marks: readonly Attributes[]
}

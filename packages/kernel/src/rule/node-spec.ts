/**
 * Defines the description with which a node joins a cluster: name, capacity, attributes and marks
 * (taints).
 */
import type { Vector } from './dimension.js'
import type { Attributes } from './expr.js'

/**
 * A node's name, capacity, attributes and marks. A mark is a set of attributes of its own, such as
 * a Kubernetes taint, that a class must tolerate.
 */
export interface NodeSpec {
  readonly name: string
  readonly capacity: Vector
  readonly attributes: Attributes
  readonly marks: readonly Attributes[]
}

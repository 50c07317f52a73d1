/**
 * Whether a class or a node can be let in: its shape is that of its type, every word, dimension,
 * mask and column in it is known, and every number is in its range. The first thing that is wrong
 * is given with its place, or nothing.
 */
import type { ClassSpec } from '../rule/class.js'
import type { Malformed } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { attributes, finite, nodeId, signed, text, vector, word } from './amounts.js'
import { choice } from './choice.js'
import { expr } from './expr.js'
import { filter } from './filter.js'
import { list, pair, record, type At, type Known } from './shape.js'

const classSpec = record<ClassSpec>({
  facts: list(word),
  occupies: vector,
  filters: list(filter),
  choice,
  priority: finite,
})

const spec = record<NodeSpec>({
  name: text,
  capacity: vector,
  attributes,
  marks: list(attributes),
})

const nodeIds = list(nodeId)
const nodeNumbers = list(pair(nodeId, signed))

export const checkClass = (value: unknown, known: Known): Malformed | undefined =>
  classSpec(value, [], known)

export const checkNode = (value: unknown, known: Known): Malformed | undefined =>
  spec(value, [], known)

export const checkExpr = (value: unknown, known: Known): Malformed | undefined =>
  expr(value, [], known)

/** Nodes that an adapter names. */
export const checkNodeIds = (value: unknown, known: Known): Malformed | undefined =>
  nodeIds(value, [], known)

/** A number for each of some nodes. */
export const checkNumbers = (value: unknown, known: Known): Malformed | undefined =>
  nodeNumbers(value, [], known)

/** A number that an adapter gives a node. */
export const checkNumber = (value: unknown, at: At, known: Known): Malformed | undefined =>
  signed(value, at, known)

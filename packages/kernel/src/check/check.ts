/**
 * Whether a class or a node can be let in: its shape is that of its type, every word, dimension,
 * mask and column in it is known, and every number is in its range. The first thing that is wrong
 * is given with its place, or nothing.
 */
import type { ClassSpec } from '../rule/class.js'
import type { Malformed } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { attributes, finite, nodeId, signed, anyText, vector, word } from './amounts.js'
import { choice } from './choice.js'
import { expr } from './expr.js'
import { filter } from './filter.js'
import { list, pair, record, type At, type Symbols } from './shape.js'

const classShape = record<ClassSpec>({
  facts: list(word),
  occupies: vector,
  filters: list(filter),
  choice,
  priority: finite,
})

const nodeShape = record<NodeSpec>({
  name: anyText,
  capacity: vector,
  attributes,
  marks: list(attributes),
})

const listOfNodeIds = list(nodeId)
const listOfNumbers = list(pair(nodeId, signed))

export const checkClass = (value: unknown, symbols: Symbols): Malformed | undefined =>
  classShape(value, [], symbols)

export const checkNode = (value: unknown, symbols: Symbols): Malformed | undefined =>
  nodeShape(value, [], symbols)

export const checkExpr = (value: unknown, symbols: Symbols): Malformed | undefined =>
  expr(value, [], symbols)

/** Nodes that an adapter names. */
export const checkNodeIds = (value: unknown, symbols: Symbols): Malformed | undefined =>
  listOfNodeIds(value, [], symbols)

/** A number for each of some nodes. */
export const checkNumbers = (value: unknown, symbols: Symbols): Malformed | undefined =>
  listOfNumbers(value, [], symbols)

/** A number that an adapter gives a node. */
export const checkNumber = (value: unknown, at: At, symbols: Symbols): Malformed | undefined =>
  signed(value, at, symbols)

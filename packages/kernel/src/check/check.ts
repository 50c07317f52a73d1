/**
 * Checks a class (a workload as the scheduler sees it), a node or an expression before it enters a
 * cluster. Every field has its type, every id is known, and every number is in its range. Returns
 * the first error, with its path, or `undefined`.
 */
import type { ClassSpec } from '../rule/class.js'
import type { MalformedValue } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { attributes, finite, nodeId, signedNumber, anyText, vector, word } from './amounts.js'
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
const listOfNumbers = list(pair(nodeId, signedNumber))

/** A class that `define` is to let in. */
export const checkClass = (value: unknown, symbols: Symbols): MalformedValue | undefined =>
  classShape(value, [], symbols)

/** A node that is to join. */
export const checkNode = (value: unknown, symbols: Symbols): MalformedValue | undefined =>
  nodeShape(value, [], symbols)

/** An expression about nodes. */
export const checkExpr = (value: unknown, symbols: Symbols): MalformedValue | undefined =>
  expr(value, [], symbols)

/** The nodes that a mask is given. */
export const checkNodeIds = (value: unknown, symbols: Symbols): MalformedValue | undefined =>
  listOfNodeIds(value, [], symbols)

/** The numbers that a column is given, a node each. */
export const checkNumbers = (value: unknown, symbols: Symbols): MalformedValue | undefined =>
  listOfNumbers(value, [], symbols)

/** One number of a column, at its path. */
export const checkNumber = (value: unknown, at: At, symbols: Symbols): MalformedValue | undefined =>
  signedNumber(value, at, symbols)

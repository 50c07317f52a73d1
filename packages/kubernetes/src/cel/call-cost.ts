/**
 * Estimates what a call of a function costs, and how large its result is. The cost of the arguments
 * is not part of it.
 *
 * Sources: the cost estimates of cel-go (operators, functions on texts) and of the libraries of
 * Kubernetes 1.37 (lists, extended texts).
 */
import type { Overload } from './overload.js'
import { anySize, exactly, productOf, roundedMultiple, boundsSum, type CostBounds } from './size.js'
import type { CelType } from './type.js'

/** What is known of an argument. */
export interface CostedArgument {
  readonly type: CelType
  readonly size: CostBounds
  /** The size of the items of a list. */
  readonly itemSize: CostBounds
  /** The value of a whole number that is written out. */
  readonly literal: bigint | undefined
}

/** The cost of a call, and the size of its result where one is known. */
export interface CallCost {
  readonly cost: CostBounds
  readonly size?: CostBounds
}

/** To go through a text costs a unit for ten characters. */
const traversal = 0.1
/** A regular expression has an operation for every four characters. */
const ofRegex = 0.25

/** The cost of a call by one overload. */
export const callCost = (
  name: string,
  overload: Overload,
  args: readonly CostedArgument[],
): CallCost =>
  functionCost(name, args) ?? operatorCost(name, overload, args) ?? { cost: exactly(1) }

const sizeAt = (args: readonly CostedArgument[], place: number): CostBounds =>
  args[place]?.size ?? anySize

const isText = (type: CelType | undefined): boolean => type === 'string' || type === 'bytes'

/** Operators whose cost depends on what they take. */
const operatorCost = (
  name: string,
  { args: [type] }: Overload,
  args: readonly CostedArgument[],
): CallCost | undefined => {
  const [one, other] = [sizeAt(args, 0), sizeAt(args, 1)]
  switch (name) {
    case '==': {
      const isObject = args.every(({ type: each }) => each === 'quantity' || each === 'semver')
      if (isObject && args[0]?.type === args[1]?.type) return { cost: exactly(1) }
      return { cost: comparisonCost(one, other) }
    }
    case '!=':
      return { cost: comparisonCost(one, other) }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isText(type) ? { cost: comparisonCost(one, other) } : undefined
    case 'string': {
      // What may be bytes has up to four of them for a character.
      if (type !== 'bytes') return undefined
      const size = { min: Math.floor(one.min / 4), max: one.max }
      return { cost: roundedMultiple(one, traversal), size }
    }
    case 'in':
      return isList(args[1]?.type) ? { cost: other } : undefined
    case '+': {
      const size = boundsSum(one, other)
      if (isText(type)) return { cost: roundedMultiple(size, traversal), size }
      return isList(type) ? { cost: exactly(1), size } : undefined
    }
    default:
      return undefined
  }
}

const isList = (type: CelType | undefined): boolean =>
  typeof type === 'object' && type._tag === 'List'

const comparisonCost = (one: CostBounds, other: CostBounds): CostBounds => {
  const max = Math.min(one.max, other.max)
  return roundedMultiple({ min: max > 0 ? 1 : 0, max }, traversal)
}

/** Functions and methods whose cost depends on what they take. */
const functionCost = (name: string, args: readonly CostedArgument[]): CallCost | undefined => {
  const [subject, first] = [sizeAt(args, 0), sizeAt(args, 1)]
  switch (name) {
    case 'quantity':
    case 'isQuantity':
    case 'semver':
    case 'isSemver':
      return { cost: roundedMultiple(subject, traversal) }
    case 'startsWith':
    case 'endsWith':
      return { cost: roundedMultiple(first, traversal) }
    case 'contains':
      return {
        cost: productOf(roundedMultiple(subject, traversal), roundedMultiple(first, traversal)),
      }
    case 'matches': {
      const text = roundedMultiple(boundsSum(subject, exactly(1)), traversal)
      return { cost: productOf(text, roundedMultiple(first, ofRegex)) }
    }
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return { cost: roundedMultiple(subject, traversal), size: subject }
    case 'indexOf':
    case 'lastIndexOf':
      return { cost: searchCost(args[0]!) }
    case 'replace':
      return {
        cost: roundedMultiple(subject, 2 * traversal),
        size: replacedSize(subject, first, sizeAt(args, 2)),
      }
    case 'split': {
      const limit = args[2]?.literal
      const max = limit === undefined ? subject.max : limit < 0n ? Infinity : Number(limit)
      return { cost: roundedMultiple(subject, 2 * traversal), size: { min: 0, max } }
    }
    case 'join': {
      const size = joinedSize(args[0]!, args.length > 1 ? first : undefined)
      return { cost: roundedMultiple(size, traversal), size }
    }
    default:
      return undefined
  }
}

/** Each item of a list is compared; a text is gone through. */
const searchCost = ({ type, size, itemSize }: CostedArgument): CostBounds => {
  if (typeof type !== 'object' || type._tag !== 'List') return roundedMultiple(size, traversal)
  const each = isText(type.of)
    ? boundsSum(exactly(1), roundedMultiple(itemSize, traversal))
    : exactly(1)
  return productOf(size, each)
}

const joinedSize = ({ type, size, itemSize }: CostedArgument, between: CostBounds | undefined) => {
  const items = isList(type) ? productOf(size, itemSize) : exactly(0)
  if (between === undefined) return items
  const gaps = { min: Math.max(0, size.min - 1), max: Math.max(0, size.max - 1) }
  return boundsSum(items, productOf(between, gaps))
}

/**
 * The size of a text in which one text is replaced by another: the most is that of the shortest
 * pieces replaced by the longest text, and the least the other way round.
 */
const replacedSize = (text: CostBounds, from: CostBounds, to: CostBounds): CostBounds => {
  const most =
    from.min === 0
      ? [text.max + 1, text.max]
      : to.max <= from.min
        ? [0, text.max]
        : [Math.ceil(text.max / from.min), 0]
  const least =
    from.max === 0
      ? [text.min + 1, text.min]
      : from.max <= to.min
        ? [0, text.min]
        : [Math.ceil(text.min / from.max), 0]
  const [counts, rest] = [0, 1].map((i) => ({ min: least[i]!, max: most[i]! })) as [
    CostBounds,
    CostBounds,
  ]
  return boundsSum(productOf(counts, to), rest)
}

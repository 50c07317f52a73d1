/**
 * Checks single numbers and ids from a caller:
 * 1. an amount, weight or percentage is in its range;
 * 2. the cluster knows the id of a word (interned name), dimension (resource), mask (set of nodes)
 *    or column (number per node).
 */
import { isAmount } from '../rule/dimension.js'
import { among, table, fromPredicate } from './shape.js'

/** A whole amount from 0 to `amountMax`. */
export const amount = fromPredicate(
  (value) => isAmount(value as number),
  'a whole number from 0 to below 2^53/100',
)

const isBetween = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most

/** The largest weight; beyond it a weighted sum would no longer be exact. */
const weightMax = 1_000_000

/** A weight of a score, fractions allowed. */
export const weight = fromPredicate(isBetween(0, weightMax), `a weight from 0 to ${weightMax}`)

/** A weight by whose sum an integer is divided, which must be exact. */
export const wholeWeight = fromPredicate(
  (value) => Number.isInteger(value) && isBetween(0, weightMax)(value),
  `a whole number from 0 to ${weightMax}`,
)

/** A number that may be negative, such as a score. */
export const signedNumber = fromPredicate(
  isBetween(-weightMax, weightMax),
  `a number from -${weightMax} to ${weightMax}`,
)

/** The maximum skew of soft spreading: at least 1. */
export const positive = fromPredicate(
  (value) => isAmount(value as number) && (value as number) > 0,
  'a whole number from 1 to below 2^53/100',
)

/** A whole percentage. */
export const percentage = fromPredicate(
  (value) => Number.isInteger(value) && isBetween(0, 100)(value),
  'a whole number from 0 to 100',
)

/** Any number but NaN and the infinities, such as a priority. */
export const finite = fromPredicate(Number.isFinite, 'a finite number')

/** A whole number that a double holds exactly. */
export const wholeNumber = fromPredicate(Number.isSafeInteger, 'a whole number')

/** A plugin or a reason, which the adapter numbers from 0. */
export const id = fromPredicate(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'a whole number from 0 upwards',
)

/** The id of any node, also of one that has left: such an id names no node. */
export const nodeId = wholeNumber

/** A boolean. */
export const flag = fromPredicate((value) => typeof value === 'boolean', 'true or false')

/** A text. */
export const anyText = fromPredicate((value) => typeof value === 'string', 'a text')

/** An interned word. */
export const word = among('words', 'a word of this cluster')
/** A dimension. */
export const dimension = among('dimensions', 'a dimension of this cluster')
/** A mask. */
export const mask = among('masks', 'a mask of this cluster')
/** A column. */
export const column = among('columns', 'a column of this cluster')

/** Amounts per dimension, each dimension once. */
export const vector = table('dimensions', dimension, amount)

/** Values per key, each key once. */
export const attributes = table('words', word, word)

/**
 * The numbers in a description, each in its range.
 */
import { isAmount } from '../rule/dimension.js'
import { among, table, which } from './shape.js'

export const amount = which(
  (value) => isAmount(value as number),
  'a whole number from 0 to below 2^53/100',
)

const isBetween = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most

/** Beyond it, weighted sums would lose what they add up. */
const weightMax = 1_000_000

export const weight = which(isBetween(0, weightMax), `a weight from 0 to ${weightMax}`)

/** Of what is divided by the sum of weights, which must be exact. */
export const wholeWeight = which(
  (value) => Number.isInteger(value) && isBetween(0, weightMax)(value),
  `a whole number from 0 to ${weightMax}`,
)

export const signed = which(
  isBetween(-weightMax, weightMax),
  `a number from -${weightMax} to ${weightMax}`,
)

/** What soft spreading allows a domain to be ahead. */
export const positive = which(
  (value) => isAmount(value as number) && (value as number) > 0,
  'a whole number from 1 to below 2^53/100',
)

export const percentage = which(
  (value) => Number.isInteger(value) && isBetween(0, 100)(value),
  'a whole number from 0 to 100',
)

export const finite = which(Number.isFinite, 'a finite number')

export const wholeNumber = which(Number.isSafeInteger, 'a whole number')

/** A number that the adapter gives out. */
export const id = which(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'a whole number from 0 upwards',
)

/** The id of a node that is there, was there, or was never there: the last two name nobody. */
export const nodeId = wholeNumber

export const flag = which((value) => typeof value === 'boolean', 'true or false')

export const anyText = which((value) => typeof value === 'string', 'a text')

export const word = among('words', 'a word of this cluster')
export const dimension = among('dimensions', 'a dimension of this cluster')
export const mask = among('masks', 'a mask of this cluster')
export const column = among('columns', 'a column of this cluster')

/** Amounts per dimension. */
export const vector = table('dimensions', dimension, amount)

export const attributes = table('words', word, word)

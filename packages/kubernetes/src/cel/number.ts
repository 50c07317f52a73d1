/**
 * Implements the arithmetic of CEL: 64-bit integers, which overflow with an error, and doubles. `+`
 * also concatenates strings and lists.
 *
 * Source: the Common Expression Language specification, "Numeric Values" and "Standard
 * Definitions".
 */
import { celError, celList, noOverload, type CelResult, type CelValue } from './value.js'

/** The largest whole number. */
export const intMax = (1n << 63n) - 1n

const overflow = celError('integer overflow')

/** A whole number, or the error that it does not fit 64 bits. */
export const checkedInt = (value: bigint): CelResult =>
  BigInt.asIntN(64, value) === value ? value : overflow

/** `-value`. */
export const negate = (value: CelValue): CelResult =>
  typeof value === 'bigint' ? checkedInt(-value) : typeof value === 'number' ? -value : noOverload

/** The result of an arithmetic operator; both sides must have the same type. */
export const arithmetic = (
  operator: '+' | '-' | '*' | '/' | '%',
  left: CelValue,
  right: CelValue,
): CelResult => {
  if (typeof left === 'bigint' && typeof right === 'bigint') return ofInts(operator, left, right)
  if (typeof left === 'number' && typeof right === 'number') return ofDoubles(operator, left, right)
  if (operator !== '+') return noOverload
  if (typeof left === 'string' && typeof right === 'string') return left + right
  const isList = (value: CelValue) =>
    typeof value === 'object' && value !== null && value._tag === 'List' ? value.items : undefined
  const [head, tail] = [isList(left), isList(right)]
  return head === undefined || tail === undefined ? noOverload : celList([...head, ...tail])
}

const ofInts = (operator: '+' | '-' | '*' | '/' | '%', left: bigint, right: bigint): CelResult => {
  switch (operator) {
    case '+':
      return checkedInt(left + right)
    case '-':
      return checkedInt(left - right)
    case '*':
      return checkedInt(left * right)
    case '/':
      return right === 0n ? celError('division by zero') : checkedInt(left / right)
    case '%':
      return right === 0n ? celError('modulus by zero') : left % right
  }
}

const ofDoubles = (
  operator: '+' | '-' | '*' | '/' | '%',
  left: number,
  right: number,
): CelResult => {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return noOverload
  }
}
